import { EventView } from '#components/event/event-view.tsx'
import { rulesById } from '#components/table/rules-by-id.ts'
import { context } from '#lib/access/context.ts'
import type { Screen } from '#lib/params/screen.ts'
import { selectEvents } from '#lib/query/events.ts'
import { ifAnchored } from '#lib/query/older.ts'
import type { Question } from '#lib/query/question.ts'

type Props = {
  screen: Screen
  /** What the screen asks: with the filters that it stands for, such as its host, beside those of its URL. */
  question: Question
  /** Whether the table is the whole screen, and not a part below others. */
  fills?: boolean
}

/** Single events under the screen's filter, asked for from the store. */
export async function EventList({ screen, question, fills = false }: Props) {
  const { reads } = await context()
  const { params } = question
  const [page, names] = await Promise.all([selectEvents(reads, question), reads.ruleNames()])
  const lacksStack = page.total === 0 && params.stack !== null && !(await reads.hasStack(params.stack))
  const older = await ifAnchored(question, page, (older) => selectEvents(reads, older))
  return (
    <EventView
      screen={screen}
      window={question.window}
      rules={rulesById(names)}
      page={page}
      ifAnchored={older}
      lacksStack={lacksStack}
      asked={params}
      fills={fills}
    />
  )
}
