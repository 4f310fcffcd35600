'use client'
import { Plus } from 'lucide-react'
import { buttonClass } from '#components/ui/button.tsx'
import { OnDemand } from '#components/ui/on-demand.tsx'
import { Popover } from '#components/ui/popover.tsx'
import type { Params } from '#lib/params/params.ts'
import type { Screen } from '#lib/params/screen.ts'
import type { RuleNames } from './table-context.ts'

type Props = {
  screen: Screen
  /** The range and the filters of the rows, with what the screen is about. */
  params: Params
  rules: RuleNames
}

const load = async () => (await import('./filter-form.tsx')).FilterForm

/** A button that opens the form which adds a filter to the screen. */
export function AddFilter(props: Props) {
  return (
    <Popover.Root>
      <Popover.Trigger className={buttonClass('quiet', 'h-6 text-12')}>
        <Plus aria-hidden className="text-dim" />
        Filter
      </Popover.Trigger>
      <OnDemand load={load} given={props} />
    </Popover.Root>
  )
}
