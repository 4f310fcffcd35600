import type { DetectionRow, EventRow } from '#lib/model/rows.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import { literal } from '#lib/params/link.ts'
import type { EventReads } from '#lib/store/reads.ts'
import { selectEvents } from './events.ts'
import { ask, type Question } from './question.ts'

const keyOf = ({ dest, ID }: { dest: string; ID?: string | null }): string => `${dest.toLowerCase()} ${ID ?? 'NULL'}`

/** Events that are read for the stacks of a page; as many again may belong to other stacks of the same hosts. */
const mostEvents = 2000

/**
 * Returns the events behind the stacks of configuration changes among some rows of ASR Rules Stacking, by the key of the
 * stack. All such events of a host and rule are one stack, so one question answers for all rows; stacks beyond the events
 * that are read are left out.
 */
export async function selectChanges(
  reads: EventReads,
  question: Question,
  rows: readonly DetectionRow[],
): Promise<Map<string, EventRow[]>> {
  const stacks: DetectionRow[] = []
  let events = 0
  for (const row of rows) {
    if (row.EventCode !== 5007 || events + row.count > mostEvents) continue
    events += row.count
    stacks.push(row)
  }
  if (stacks.length === 0) return new Map()
  const { params, window } = question
  const filters = {
    ...params.filters,
    EventCode: ['5007'],
    dest: [...new Set(stacks.map(({ dest }) => literal(dest)))],
  }
  const asked = {
    ...defaultParams('events'),
    filters,
    q: params.q,
    from: window.from,
    to: window.to,
    limit: 2 * mostEvents,
  }
  const page = await selectEvents(reads, await ask(reads, asked, window.now, window))
  const found = Map.groupBy(page.rows, keyOf)
  return new Map(
    stacks.flatMap((row) => {
      const own = found.get(keyOf(row)) ?? []
      // Events of other stacks of these hosts may have taken the place of some.
      return own.length === row.count ? [[row.stack, own] as const] : []
    }),
  )
}
