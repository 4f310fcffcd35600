import type { Condition } from '../reads/condition.ts'
import type { Columns } from './columns.ts'
import type { Pace } from './pace.ts'
import type { Source } from './source.ts'

/** Filters whose events are kept. */
const kept = 4
/** Rows after which messages are looked at: a filter can be slow. */
const stretch = 16

type Fitting = { key: string; columns: Columns; edits: number; places: number; isFit: Uint8Array }

/** Finds the events of a filter, by SQL. Those of the last few filters are kept, and only what was stored meanwhile is asked for. */
export function openFilters() {
  let known: Fitting[] = []

  /** Returns 1 for each place whose event fits; null if the filter lets everything through. */
  return async (
    columns: Columns,
    source: Source,
    pace: Pace,
    { sql, values }: Condition,
  ): Promise<Uint8Array | null> => {
    if (sql === 'true') return null
    const key = JSON.stringify([sql, values])
    const found = known.find((each) => each.key === key && each.columns === columns && each.edits === columns.edits)
    const fitting = found ?? { key, columns, edits: columns.edits, places: 0, isFit: new Uint8Array(0) }
    if (fitting.places < columns.length) {
      const { id } = columns.events
      const isFit = new Uint8Array(columns.length)
      isFit.set(fitting.isFit)
      const after = fitting.places === 0 ? 0 : (id[fitting.places - 1] as number)
      await pace.during('filter', null, async () => {
        let [place, count] = [fitting.places, 0]
        for (const [event] of source.each<[event: number]>(
          `SELECT v.event FROM asr_event v WHERE ${sql} AND v.event > ?`,
          [...values, after],
        )) {
          if (id[place] !== event) place = columns.placeFrom(event)
          isFit[place++] = 1
          count += 1
          if (count % stretch !== 0) continue
          pace.advance(stretch)
          await pace.breathe()
        }
      })
      fitting.isFit = isFit
      fitting.places = columns.length
    }
    known = [fitting, ...known.filter((each) => each !== fitting && each.columns === columns)].slice(0, kept)
    return fitting.isFit
  }
}
