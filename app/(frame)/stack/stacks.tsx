import { hiddenAtFirst, stackColumnNames } from '#components/stack/column-names.ts'
import { NoStacks } from '#components/stack/no-stacks.tsx'
import { RareLine } from '#components/stack/rare-line.tsx'
import { StackExport } from '#components/stack/stack-export.tsx'
import { StackSums } from '#components/stack/stack-sums.tsx'
import { StackTable } from '#components/stack/stack-table.tsx'
import { ColumnsMenu } from '#components/table/columns-menu.tsx'
import { NoEventsYet, NoRows } from '#components/table/empty.tsx'
import { chipsOf } from '#components/table/filter-chips.tsx'
import { FilterLine } from '#components/table/filter-line.tsx'
import { rulesById } from '#components/table/rules-by-id.ts'
import { TableScreen } from '#components/table/table-screen.tsx'
import { context } from '#lib/access/context.ts'
import type { Screen } from '#lib/params/screen.ts'
import { selectDecided } from '#lib/query/decided.ts'
import { whyNone } from '#lib/query/older.ts'
import type { Question } from '#lib/query/question.ts'
import { selectStacks } from '#lib/query/stacks.ts'

/** Uploads that newness can be counted from the start of. */
const offered = 20

/** One page of stacks with its filters, its limits and the sums that account for every event. */
export async function Stacks({ screen, question }: { screen: Screen; question: Question }) {
  const { window } = question
  if (window.newest === null) return <NoEventsYet />
  const { reads, now } = await context()
  const decided = await selectDecided(reads, now)
  const [page, names, uploads] = await Promise.all([
    selectStacks(reads, question, decided),
    reads.ruleNames(),
    reads.uploads({ sort: [{ column: 'createdAt', descending: true }], page: { offset: 0, limit: offered } }),
  ])
  const why = await whyNone(reads, question, page, (other) => selectStacks(reads, other, decided))
  const rules = rulesById(names)
  const { params } = screen
  const chips = chipsOf(params, rules)
  const all = stackColumnNames(params)
  const hidden = hiddenAtFirst(params, page.rows)
  return (
    <TableScreen
      screen={screen}
      page={page}
      noun="stack"
      line={
        <>
          <FilterLine screen={screen} params={params} rules={rules} chips={chips}>
            <StackSums screen={screen} page={page} />
            <div className="flex">
              <ColumnsMenu screen={screen} all={all} hiddenAtFirst={hidden} />
              <StackExport screen={screen} hiddenAtFirst={hidden} />
            </div>
          </FilterLine>
          <RareLine
            screen={screen}
            isDecided={decided.decisions.length > 0}
            since={page.since}
            uploads={uploads.rows
              .filter(({ stored }) => stored > 0)
              .map(({ id, name, createdAt }) => ({ id, name, createdAt }))}
          />
        </>
      }
      none={
        page.stacks > 0 || page.hidden.events > 0 ? (
          <NoStacks screen={screen} page={page} />
        ) : (
          <NoRows screen={screen} window={window} chips={chips} why={why} noun="stacks" />
        )
      }
    >
      <StackTable rows={page.rows} page={page} context={{ screen, window, rules }} hiddenAtFirst={hidden} />
    </TableScreen>
  )
}
