import { noteOf, stackLists } from '#components/overview/lists.tsx'
import { StackList } from '#components/overview/stack-list.tsx'
import { breakRow, breakTitles, type ShownBreak, WarningRows } from '#components/overview/warnings.tsx'
import type { RuleNames } from '#components/table/table-context.ts'
import { TableScreen } from '#components/table/table-screen.tsx'
import { context } from '#lib/access/context.ts'
import type { Screen } from '#lib/params/screen.ts'
import { type StackList as ListName, newRange, selectStackList } from '#lib/query/overview.ts'
import type { Question } from '#lib/query/question.ts'
import { selectHostBreaks } from '#lib/query/warnings.ts'

/** The lists that the overview can show all rows of, and what they are called. */
export const shownLists: Record<ListName | ShownBreak, string> = {
  rarest: stackLists.rarest.title,
  new: stackLists.new.title,
  'most-frequent': stackLists['most-frequent'].title,
  ...breakTitles,
}
export type ShownList = keyof typeof shownLists

type Props = { question: Question; rules: RuleNames; screen: Screen }

/** Every row of a list of which the overview shows a few, page by page. */
export function AllRows({ show, ...props }: Props & { show: ShownList }) {
  return Object.hasOwn(breakTitles, show) ? (
    <AllBreaks show={show as ShownBreak} {...props} />
  ) : (
    <AllStacks show={show as ListName} {...props} />
  )
}

const Note = ({ children }: { children: string }) => (
  <p className="border-b border-line px-4 py-1.5 text-12 text-dim">{children}</p>
)

async function AllStacks({ show, question, rules, screen }: Props & { show: ListName }) {
  const { tz } = screen.params
  const { reads } = await context()
  const page = await selectStackList(reads, show, question)
  const { title, time } = stackLists[show]
  return (
    <TableScreen
      screen={screen}
      page={page}
      noun="stack"
      above={<Note>{`Stacks ${noteOf(show, newRange(question.window).from, tz)}.`}</Note>}
    >
      <StackList stacks={page.rows} rules={rules} tz={tz} label={title} time={time} />
    </TableScreen>
  )
}

const meanings: Record<ShownBreak, string> = {
  cleared:
    'The record numbers of the host start again while time goes on: the log was cleared, or the host was set up again.',
  stopped:
    'The newest record of the host is more than a day older than the newest record of the log it is from, and no other upload has a newer one.',
  silence: 'A host logged nothing for more than a day, as at a weekend, in a log that is complete otherwise.',
}

async function AllBreaks({ show, question, screen }: Props & { show: ShownBreak }) {
  const { tz } = screen.params
  const { from, to } = question.window
  const { reads } = await context()
  const page = await selectHostBreaks(reads, show, { range: { from, to }, ...screen.params })
  return (
    <TableScreen
      screen={screen}
      page={page}
      noun={{ cleared: 'cleared log', stopped: 'host', silence: 'silence' }[show]}
      above={<Note>{meanings[show]}</Note>}
    >
      <WarningRows rows={page.rows.map((row) => breakRow(row, show, tz))} tz={tz} label={breakTitles[show]} />
    </TableScreen>
  )
}
