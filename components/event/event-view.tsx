import type { ResolvedWindow } from '#components/frame/resolved-window.ts'
import { ColumnsMenu } from '#components/table/columns-menu.tsx'
import { NoEventsYet, NoRows, NoSuchPage } from '#components/table/empty.tsx'
import { eventColumnNames, eventColumnsHidden } from '#components/table/event-column-names.ts'
import { EventTable } from '#components/table/event-table.tsx'
import { ExportMenu } from '#components/table/export-menu.tsx'
import { chipsOf } from '#components/table/filter-chips.tsx'
import { FilterLine } from '#components/table/filter-line.tsx'
import { Pager } from '#components/table/pager.tsx'
import type { RuleNames } from '#components/table/table-context.ts'
import type { EventRow, Page } from '#lib/model/rows.ts'
import type { Params } from '#lib/params/params.ts'
import type { Screen } from '#lib/params/screen.ts'

type Props = {
  screen: Screen
  window: ResolvedWindow
  rules: RuleNames
  page: Page<EventRow>
  /** Rows there would be with the other anchor, where there are none. */
  ifAnchored: number
  /** Whether its URL names a stack of which no event is stored. */
  lacksStack: boolean
  /** What the store was asked, where the screen stands for more than its filters, as a host's does. */
  asked?: Params
  fills?: boolean
}

/** Single events under the screen's filter. */
export function EventView({ screen, window, rules, page, ifAnchored, lacksStack, asked, fills }: Props) {
  const chips = chipsOf(screen.params, rules)
  if (window.newest === null) return <NoEventsYet />
  return (
    <>
      <FilterLine screen={screen} rules={rules} chips={chips}>
        <div className="flex">
          <ColumnsMenu screen={screen} all={eventColumnNames} hiddenAtFirst={eventColumnsHidden} />
          <ExportMenu table="events" params={asked ?? screen.params} />
        </div>
      </FilterLine>
      {page.rows.length > 0 ? (
        <EventTable fills={fills} rows={page.rows} context={{ screen, window, rules }} />
      ) : page.total > 0 ? (
        <NoSuchPage screen={screen} total={page.total} noun="events" />
      ) : (
        <NoRows
          screen={screen}
          window={window}
          chips={chips}
          ifAnchored={ifAnchored}
          lacksStack={lacksStack}
          noun="events"
        />
      )}
      {page.rows.length > 0 && (
        <Pager screen={screen} total={page.total} noun={page.total === 1 ? 'event' : 'events'} />
      )}
    </>
  )
}
