'use client'
import { Columns3 } from 'lucide-react'
import { buttonClass } from '#components/ui/button.tsx'
import { OnDemand } from '#components/ui/on-demand.tsx'
import { Popover } from '#components/ui/popover.tsx'
import type { Screen } from '#lib/params/screen.ts'

type Props = { screen: Screen; all: readonly string[]; hiddenAtFirst?: readonly string[] }

const load = async () => (await import('./columns-form.tsx')).ColumnsForm

/** Which columns the table shows, in which order, and which stay at the left; the choice is in the URL. */
export function ColumnsMenu(props: Props) {
  return (
    <Popover.Root>
      <Popover.Trigger className={buttonClass('quiet', 'max-sm:hidden')}>
        <Columns3 aria-hidden className="text-dim" />
        Columns
      </Popover.Trigger>
      <OnDemand load={load} given={props} />
    </Popover.Root>
  )
}
