import { HostTable } from '#components/host/host-table.tsx'
import { NoEventsYet, NoRows } from '#components/table/empty.tsx'
import { ExportMenu } from '#components/table/export-menu.tsx'
import { chipsOf } from '#components/table/filter-chips.tsx'
import { FilterLine } from '#components/table/filter-line.tsx'
import { Pager } from '#components/table/pager.tsx'
import { rulesById } from '#components/table/rules-by-id.ts'
import { context } from '#lib/access/context.ts'
import type { Screen } from '#lib/params/screen.ts'
import { selectHosts } from '#lib/query/hosts.ts'
import { ifAnchored } from '#lib/query/older.ts'
import type { Question } from '#lib/query/question.ts'

type Props = {
  screen: Screen
  /** What the screen asks: with the filters that it stands for, such as its rule, beside those of its URL. */
  question: Question
  /** Whether the table is the whole screen, and not a part below others. */
  fills?: boolean
}

/** Hosts under the screen's filter, asked for from the store. */
export async function HostList({ screen, question, fills = false }: Props) {
  const { params, window } = question
  if (window.newest === null) return <NoEventsYet />
  const { reads } = await context()
  const [page, names] = await Promise.all([selectHosts(reads, question), reads.ruleNames()])
  const { total, rows } = page
  const older = await ifAnchored(question, page, (older) => selectHosts(reads, older))
  const rules = rulesById(names)
  const chips = chipsOf(screen.params, rules)
  return (
    <>
      <FilterLine screen={screen} rules={rules} chips={chips}>
        <p className="text-12 text-dim">
          score and riskEvents: 7 days to {params.anchor === 'newest' ? 'the newest event' : 'now'}
        </p>
        <ExportMenu table="hosts" params={params} />
      </FilterLine>
      {rows.length > 0 ? (
        <HostTable screen={screen} window={window} rows={rows} fills={fills} />
      ) : (
        <NoRows screen={screen} window={window} chips={chips} ifAnchored={older} noun="hosts" />
      )}
      {rows.length > 0 && <Pager screen={screen} total={total} noun={total === 1 ? 'host' : 'hosts'} />}
    </>
  )
}
