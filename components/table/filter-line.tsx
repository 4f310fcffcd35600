import type { ReactNode } from 'react'
import { SearchBox } from '#components/frame/search-box.tsx'
import type { Params } from '#lib/params/params.ts'
import type { Screen } from '#lib/params/screen.ts'
import { AddFilter } from './add-filter.tsx'
import { type Chip, FilterChips } from './filter-chips.tsx'
import { SortMenu } from './sort-menu.tsx'
import type { RuleNames } from './table-context.ts'

type Props = {
  screen: Screen
  /** The range and the filters of the rows, with what the screen is about. */
  params: Params
  rules: RuleNames
  chips: Chip[]
  children: ReactNode
}

/** The line between bar and table: the filters, a way to add one, and at the right what the table adds up to. */
export function FilterLine({ screen, params, rules, chips, children }: Props) {
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-1 gap-y-1 border-b border-line px-3 py-1 sm:gap-x-3 sm:px-4">
      <div className="mr-auto flex min-w-0 flex-wrap items-center gap-1 max-sm:contents">
        <FilterChips screen={screen} chips={chips} />
        <AddFilter screen={screen} params={params} rules={rules} />
        <SortMenu screen={screen} />
        <SearchBox screen={screen} hasKey={false} className="min-w-20 flex-1 sm:hidden" />
      </div>
      {children}
    </div>
  )
}
