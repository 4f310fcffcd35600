import { HostTable } from '#components/host/host-table.tsx'
import { KnownGoodSwitch, LeftOutLine } from '#components/risk/left-out.tsx'
import { ExportMenu } from '#components/table/export-menu.tsx'
import { FilteredTable } from '#components/table/filtered-table.tsx'
import { rulesById } from '#components/table/rules-by-id.ts'
import { context } from '#lib/access/context.ts'
import type { Screen } from '#lib/params/screen.ts'
import { applyDecisions } from '#lib/query/decided.ts'
import { selectHosts, selectLeftOutOfAll } from '#lib/query/hosts.ts'
import { selectNamesakes } from '#lib/query/namesakes.ts'
import { whyNone } from '#lib/query/older.ts'
import type { Question } from '#lib/query/question.ts'

type Props = {
  screen: Screen
  /** The question of the screen. Its filter includes what the screen is about, such as one rule. */
  question: Question
  /** Whether the risk of each host is shown, which is that of all its events. */
  hasRisk?: boolean
  /** Whether the table is the complete screen, and not a part below others. */
  fills?: boolean
}

/** Hosts under the screen's filter, asked for from the store. */
export async function HostList({ screen, question: asked, hasRisk = false, fills = false }: Props) {
  const { params, window } = asked
  const { reads } = await context()
  const question = hasRisk ? await applyDecisions(reads, asked) : asked
  const [page, names, leftOut] = await Promise.all([
    selectHosts(reads, question),
    reads.ruleNames(),
    selectLeftOutOfAll(reads, question),
  ])
  const namesakes = await selectNamesakes(
    reads,
    page.rows.map(({ dest }) => dest),
  )
  const why = await whyNone(reads, question, page, (other) => selectHosts(reads, other), screen.params.filters)
  return (
    <FilteredTable
      screen={screen}
      params={params}
      window={window}
      rules={rulesById(names)}
      page={page}
      noun="host"
      why={why}
      line={
        <>
          {hasRisk && (
            <p className="text-12 text-dim">
              score and riskEvents: all events of the 7 days to{' '}
              {params.anchor === 'newest' ? 'the newest event' : 'now'}
            </p>
          )}
          {hasRisk && <KnownGoodSwitch screen={screen} isApplied={leftOut !== null} />}
          <LeftOutLine leftOut={leftOut} />
          <ExportMenu table="hosts" params={params} />
        </>
      }
    >
      <HostTable
        screen={screen}
        window={window}
        params={params}
        rows={page.rows}
        namesakes={namesakes}
        hasRisk={hasRisk}
        fills={fills}
      />
    </FilteredTable>
  )
}
