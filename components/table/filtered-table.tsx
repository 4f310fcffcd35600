import type { ReactNode } from 'react'
import type { Params } from '#lib/params/params.ts'
import type { Screen } from '#lib/params/screen.ts'
import type { WhyNone } from '#lib/query/older.ts'
import type { Window } from '#lib/query/question.ts'
import { NoEventsYet, NoRows } from './empty.tsx'
import { chipsOf } from './filter-chips.tsx'
import { FilterLine } from './filter-line.tsx'
import type { RuleNames } from './table-context.ts'
import { TableScreen } from './table-screen.tsx'

type Props = {
  screen: Screen
  /** The range and the filters of the rows, with what the screen is about. */
  params: Params
  window: Window
  rules: RuleNames
  page: { rows: readonly unknown[]; total: number }
  noun: string
  why: WhyNone
  /** Events that complete mode would show, if faithful mode shows none. */
  dropped?: number
  /** What the table adds up to, and what can be done with all of it: at the end of the line of filters. */
  line: ReactNode
  /** The table itself. */
  children: ReactNode
}

/** A table of events or of what is counted from them: its filters, and which of them is the reason if it has no rows. */
export function FilteredTable({ screen, params, window, rules, page, noun, why, dropped, line, children }: Props) {
  if (window.newest === null) return <NoEventsYet />
  const chips = chipsOf(screen.params, rules)
  return (
    <TableScreen
      screen={screen}
      page={page}
      noun={noun}
      line={
        <FilterLine screen={screen} params={params} rules={rules} chips={chips}>
          {line}
        </FilterLine>
      }
      none={<NoRows screen={screen} window={window} chips={chips} why={why} dropped={dropped} noun={`${noun}s`} />}
    >
      {children}
    </TableScreen>
  )
}
