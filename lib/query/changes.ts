import type { DetectionRow, EventRow } from '#lib/model/rows.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import { longestPage } from '#lib/params/limits.ts'
import { literal } from '#lib/params/link.ts'
import type { Reads } from '#lib/store/reads.ts'
import { selectEvents } from './events.ts'
import { ask, type Question } from './question.ts'

const keyOf = ({ dest, ID }: { dest: string; ID?: string | null }): string => `${dest.toLowerCase()} ${ID ?? 'NULL'}`

/**
 * Returns the events behind the stacks of configuration changes among some rows of ASR Rules Stacking, by the key of the
 * stack. All such events of a host and rule are one stack, so one question answers for all rows; stacks beyond the events
 * that a page can have are left out.
 */
export async function selectChanges(
  reads: Reads,
  question: Question,
  rows: readonly DetectionRow[],
): Promise<Map<string, EventRow[]>> {
  const stacks: DetectionRow[] = []
  let events = 0
  for (const row of rows) {
    if (row.EventCode !== 5007 || events + row.count > longestPage.page) continue
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
    limit: longestPage.page,
  }
  const page = await selectEvents(reads, await ask(reads, asked, window.now, window))
  const found = Map.groupBy(page.rows, keyOf)
  return new Map(
    stacks.flatMap((row) => {
      const own = found.get(keyOf(row)) ?? []
      // Events of other stacks of these hosts may have filled the page.
      return own.length === row.count ? [[row.stack, own] as const] : []
    }),
  )
}
