import type { StackPage } from '#lib/model/rows.ts'
import type { Screen } from '#lib/params/screen.ts'
import { LimitsForm } from './limits-form.tsx'
import { NewnessChoice, type OfferedUpload } from './newness.tsx'
import { StackSums } from './stack-sums.tsx'

type Props = { screen: Screen; page: StackPage; uploads: readonly OfferedUpload[] }

/** The limits of the stacks that are shown, what they are new since, and the sums that account for every event. */
export function RareLine({ screen, page, uploads }: Props) {
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-3 py-1 text-12 sm:px-4">
      <LimitsForm key={JSON.stringify(screen.params)} screen={screen} />
      <NewnessChoice screen={screen} since={page.since} uploads={uploads} />
      <StackSums screen={screen} page={page} />
    </div>
  )
}
