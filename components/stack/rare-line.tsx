import type { Screen } from '#lib/params/screen.ts'
import { LimitsForm } from './limits-form.tsx'
import { NewnessChoice, type OfferedUpload } from './newness.tsx'

type Props = { screen: Screen; since: number | null; uploads: readonly OfferedUpload[] }

/** The limits of the stacks that are shown, and what they are new since. */
export function RareLine({ screen, since, uploads }: Props) {
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-3 py-1 text-12 sm:px-4">
      <LimitsForm key={JSON.stringify(screen.params)} screen={screen} />
      <NewnessChoice screen={screen} since={since} uploads={uploads} />
    </div>
  )
}
