import { ColumnsMenu } from '#components/table/columns-menu.tsx'
import { eventColumnNames, eventColumnsHidden } from '#components/table/event-column-names.ts'
import { EventTable } from '#components/table/event-table.tsx'
import { FilteredTable } from '#components/table/filtered-table.tsx'
import { rulesById } from '#components/table/rules-by-id.ts'
import { EventExport } from '#components/table/table-export.tsx'
import { context } from '#lib/access/context.ts'
import type { Screen } from '#lib/params/screen.ts'
import { selectEvents } from '#lib/query/events.ts'
import { whyNone } from '#lib/query/older.ts'
import type { Question } from '#lib/query/question.ts'

type Props = {
  screen: Screen
  /** The question of the screen. Its filter includes what the screen is about, such as one host. */
  question: Question
  /** Whether the table is the complete screen, and not a part below others. */
  fills?: boolean
}

/** Single events under the screen's filter, asked for from the store. */
export async function EventList({ screen, question, fills = false }: Props) {
  const { reads } = await context()
  const [page, names] = await Promise.all([selectEvents(reads, question), reads.ruleNames()])
  const why = await whyNone(reads, question, page, (other) => selectEvents(reads, other), screen.params.filters)
  const shown = { screen, params: question.params, window: question.window, rules: rulesById(names) }
  return (
    <FilteredTable
      {...shown}
      page={page}
      noun="event"
      why={why}
      line={
        <div className="flex">
          <ColumnsMenu screen={screen} all={eventColumnNames} hiddenAtFirst={eventColumnsHidden} />
          <EventExport screen={screen} params={question.params} />
        </div>
      }
    >
      <EventTable fills={fills} rows={page.rows} context={shown} />
    </FilteredTable>
  )
}
