import assert from 'node:assert/strict'
import { test } from 'node:test'
import { event } from '#lib/ingest/testing.ts'
import { openMemory } from '#lib/store/memory/memory.ts'
import { selectChanges } from './changes.ts'
import { selectDetection } from './detection.ts'
import { ask } from './question.ts'
import { paramsOf } from './testing.ts'

const lsass = '9E6C4E1F-7D60-472F-BA1A-A39EF669E4B2'
const defender = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender'
const setting = (dest: string, hour: number, name: string) =>
  event(5007, dest, `2026-03-02T0${hour}:00:00Z`, { 'Old Value': `${defender}\\${name} = 0x1`, 'New Value': '' })
const rule = `${defender}\\Windows Defender Exploit Guard\\ASR\\Rules\\${lsass}`
const log = [
  setting('PC-1', 1, 'A'),
  setting('pc-1', 2, 'B'),
  event(5007, 'PC-1', '2026-03-02T03:00:00Z', { 'Old Value': `${rule} = 0x1`, 'New Value': `${rule} = 0x0` }),
  setting('PC-2', 4, 'C'),
  event(1121, 'PC-2', '2026-03-02T05:00:00Z', { ID: lsass, 'Process Name': 'a.exe' }),
]

/** The old values behind each stack of configuration changes, by its host and rule. */
async function changesOf(query: string): Promise<Record<string, (string | null)[]>> {
  const { reads, add } = openMemory()
  add({ id: 'log', events: log })
  const question = await ask(reads, paramsOf('stacking', query), Date.parse('2026-03-03T00:00:00Z'))
  const { rows } = await selectDetection(reads, 'stacking', question)
  const found = await selectChanges(reads, question, rows)
  return Object.fromEntries(
    rows.flatMap(({ stack, dest, ID }) => {
      const events = found.get(stack)
      const values = events?.map(({ Old_Value }) => Old_Value?.split('\\').at(-1) ?? null).sort()
      return values === undefined ? [] : [[`${dest} ${ID}`, values] as const]
    }),
  )
}

test('each stack of configuration changes has its own events, whatever the case of the host, and no other stack has any', async () => {
  assert.deepEqual(await changesOf(''), {
    'PC-1 NULL': ['A = 0x1', 'B = 0x1'],
    [`PC-1 ${lsass}`]: [`${lsass} = 0x1`],
    'PC-2 NULL': ['C = 0x1'],
  })
})

test('they are those of the range and the filter of the table', async () => {
  assert.deepEqual(await changesOf('from=2026-03-02T01:30:00Z&dest=PC-1&ID=NULL'), { 'PC-1 NULL': ['B = 0x1'] })
  assert.deepEqual(await changesOf('EventCode=1121'), {})
})
