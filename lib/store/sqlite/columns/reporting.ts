import type { Range } from '#lib/store/reads.ts'
import type { Reading } from './parts.ts'

/** All time that a date can be in, in milliseconds. */
const ever: { from: number; to: number } = { from: -8.64e15, to: 8.64e15 }

/** Counts the hosts that reported anything in a range. What the logs of hosts say is asked for again only if an upload has ended. */
export function openReporting() {
  let known = { key: '', dests: [] as string[] }

  /** `reporting`: 1 for each host, by its number, that has an event in the range. */
  return ({ columns, source, uploads }: Reading, { from, to }: Range, reporting: Uint8Array): number => {
    const range = { from: from ?? ever.from, to: to ?? ever.to }
    const key = JSON.stringify([range, uploads.map(({ seq, state }) => [seq, state])])
    if (known.key !== key) {
      const rows = source.rows<[key: string]>(
        'SELECT DISTINCT dest_key FROM upload_continuity WHERE last_time >= ? AND first_time <= ?',
        [range.from, range.to],
      )
      known = { key, dests: rows.map(([dest]) => dest) }
    }
    const silent = known.dests.filter((dest) => reporting[columns.destNumbers.get(dest) ?? -1] !== 1)
    return reporting.reduce((sum, is) => sum + is, 0) + silent.length
  }
}
