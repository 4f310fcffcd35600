import type { ResolvedWindow } from '#components/frame/resolved-window.ts'
import { tableColumns } from '#components/table/column-names.ts'
import { ColumnsMenu } from '#components/table/columns-menu.tsx'
import { DetectionTable } from '#components/table/detection-table.tsx'
import { NoEventsYet, NoRows, NoSuchPage } from '#components/table/empty.tsx'
import { ExportMenu } from '#components/table/export-menu.tsx'
import { chipsOf } from '#components/table/filter-chips.tsx'
import { FilterLine } from '#components/table/filter-line.tsx'
import { Pager } from '#components/table/pager.tsx'
import { Reconciliation } from '#components/table/reconciliation.tsx'
import type { RuleNames } from '#components/table/table-context.ts'
import { type DetectionKey, detections } from '#lib/asr/detections.ts'
import type { DetectionPage } from '#lib/model/rows.ts'
import type { Params } from '#lib/params/params.ts'
import type { Screen } from '#lib/params/screen.ts'

type Props = {
  detection: DetectionKey
  screen: Screen
  window: ResolvedWindow
  rules: RuleNames
  page: DetectionPage
  /** Rows there would be with the other anchor, where there are none. */
  ifAnchored: number
  /** Whether its URL names a stack of which no event is stored. */
  lacksStack: boolean
  /** What the store was asked, where the screen stands for more than its filters, as a host's does. */
  asked?: Params
  fills?: boolean
}

/** A detection: its filters, the line that reconciles it with Splunk, and its stacks. */
export function DetectionView({ detection, screen, window, rules, page, ifAnchored, lacksStack, asked, fills }: Props) {
  const chips = chipsOf(screen.params, rules)
  if (window.newest === null) return <NoEventsYet />
  return (
    <>
      <FilterLine screen={screen} rules={rules} chips={chips}>
        <Reconciliation
          screen={screen}
          events={page.events}
          faithfulEvents={page.faithfulEvents}
          droppedEvents={page.droppedEvents}
        />
        <div className="flex">
          <ColumnsMenu screen={screen} all={tableColumns(detection)} />
          <ExportMenu table={detection} params={asked ?? screen.params} />
        </div>
      </FilterLine>
      {page.rows.length > 0 ? (
        <DetectionTable
          detection={detection}
          rows={page.rows}
          fills={fills}
          context={{ screen, window, rules }}
          caption={`${detections[detection].title}, ${screen.params.mode} mode`}
        />
      ) : page.total > 0 ? (
        <NoSuchPage screen={screen} total={page.total} noun="stacks" />
      ) : (
        <NoRows
          screen={screen}
          window={window}
          chips={chips}
          ifAnchored={ifAnchored}
          lacksStack={lacksStack}
          dropped={screen.params.mode === 'faithful' ? page.events : 0}
          noun="stacks"
        />
      )}
      {page.rows.length > 0 && (
        <Pager screen={screen} total={page.total} noun={page.total === 1 ? 'stack' : 'stacks'} />
      )}
    </>
  )
}
