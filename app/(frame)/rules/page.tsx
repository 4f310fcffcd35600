import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { WhenReady } from '#components/frame/when-ready.tsx'
import { RuleTable } from '#components/rule/rule-table.tsx'
import { NoEventsYet } from '#components/table/empty.tsx'
import { ExportMenu } from '#components/table/export-menu.tsx'
import { chipsOf } from '#components/table/filter-chips.tsx'
import { FilterLine } from '#components/table/filter-line.tsx'
import { rulesById } from '#components/table/rules-by-id.ts'
import { TableScreen } from '#components/table/table-screen.tsx'
import { TableSkeleton } from '#components/table/table-skeleton.tsx'
import { context } from '#lib/access/context.ts'
import { tablePath } from '#lib/params/hrefs.ts'
import { pageOf, pageRange } from '#lib/params/page.ts'
import { readScreen } from '#lib/params/read-screen.ts'
import type { Screen } from '#lib/params/screen.ts'
import { ask, type Question } from '#lib/query/question.ts'
import { selectRules } from '#lib/query/rules.ts'

export const metadata = { title: 'Rules' }

export default async function RulesPage({ searchParams }: PageProps<'/rules'>) {
  const { screen, problems } = readScreen(tablePath('rules'), 'rules', await searchParams)
  if (showsNothing(problems)) return <NothingShown title="Rules" screen={screen} problems={problems} />
  const { reads, now } = await context()
  const question = await ask(reads, screen.params, now)
  return (
    <>
      <Bar title="Rules" screen={screen} window={question.window} has={{ time: true, search: true }} />
      <Problems problems={problems} />
      <WhenReady fallback={<TableSkeleton />}>{Rules({ screen, question })}</WhenReady>
    </>
  )
}

async function Rules({ screen, question }: { screen: Screen; question: Question }) {
  const { reads } = await context()
  const [rows, names] = await Promise.all([selectRules(reads, question), reads.ruleNames()])
  const rules = rulesById(names)
  const page = pageOf(rows, pageRange(screen.params))
  const fired = rows.filter(({ events }) => events > 0)
  const unknown = rows.filter(({ known }) => !known)
  return (
    <TableScreen
      screen={screen}
      page={page}
      noun="rule"
      line={
        <FilterLine screen={screen} params={screen.params} rules={rules} chips={chipsOf(screen.params, rules)}>
          <p className="text-12 text-dim">
            {fired.length} of {rows.length} rules have events here
            {unknown.length > 0 && ` · ${unknown.length} with no name in the lookup`}
          </p>
          <ExportMenu table="rules" params={screen.params} />
        </FilterLine>
      }
      none={<NoEventsYet />}
    >
      <RuleTable screen={screen} rows={page.rows} />
    </TableScreen>
  )
}
