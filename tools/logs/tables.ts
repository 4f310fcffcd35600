import { csvTable } from '#tools/logs/csv.ts'
import * as forensic from '#tools/logs/forensic.ts'
import type { SampleLog } from '#tools/logs/logs.ts'
import * as siem from '#tools/logs/siem.ts'
import * as windows from '#tools/logs/windows.ts'
import type { SimulatedEvent } from '#tools/simulate/event.ts'

/** An object as a row of a table, its columns named by the way to each value (`data.win.system.eventID`). */
function rowOf(object: object, path = ''): Record<string, string> {
  const cells = Object.entries(object).map(([key, value]): Record<string, string> => {
    const name = path + key
    if (value !== null && typeof value === 'object') return rowOf(value, `${name}.`)
    return { [name]: value === null ? '' : String(value) }
  })
  return Object.assign({}, ...cells)
}

/** The documents of NDJSON as a CSV report has them, with the columns of all. */
function csvOf(ndjson: string): string {
  const rows = ndjson
    .trimEnd()
    .split('\n')
    .map((line) => rowOf(JSON.parse(line)))
  const columns = Object.assign({}, ...rows) as Record<string, string>
  const blank = Object.fromEntries(Object.keys(columns).map((name) => [name, '']))
  return csvTable(rows.map((row) => ({ ...blank, ...row })))
}

/** Exports in the less usual of their two shapes: CSV if most are JSON, and JSON if most are CSV. */
export function tableLogs(events: readonly SimulatedEvent[]): SampleLog[] {
  const hunting = events.filter(({ EventCode }) => windows.huntingCodes.includes(EventCode)).map(windows.huntingRow)
  const logs: [name: string, format: SampleLog['format'], log: string][] = [
    ['evtx_dump as CSV', 'evtx-csv', csvOf(forensic.evtxDumpLines(events))],
    ['Wazuh as CSV', 'wazuh-csv', csvOf(siem.wazuh(events))],
    ['Velociraptor as CSV', 'velociraptor-csv', csvOf(forensic.velociraptor(events))],
    ['advanced hunting as JSON', 'defender-hunting-json', JSON.stringify(hunting)],
    ['advanced hunting', 'defender-hunting-csv', windows.huntingCsv(events)],
  ]
  return logs.map(([name, format, log]) => ({ name, format, tz: 'UTC', bytes: Buffer.from(log), losses: [] }))
}
