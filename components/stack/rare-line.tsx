import { type Screen, screenHref } from '#lib/params/screen.ts'
import { HideLink } from './hide-link.tsx'
import { HintChoice } from './hint-choice.tsx'
import { LimitsForm } from './limits-form.tsx'
import { NewnessChoice, type OfferedUpload } from './newness.tsx'

type Props = {
  screen: Screen
  /** Whether anything is decided, so that there is something to hide. */
  isDecided: boolean
  since: number | null
  uploads: readonly OfferedUpload[]
}

/** The limits of the stacks that are shown, their hint, and what they are new since. */
export function RareLine({ screen, isDecided, since, uploads }: Props) {
  const isHiding = screen.params.dispositions === 'hide'
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-3 py-1 text-12 sm:px-4">
      <LimitsForm key={JSON.stringify(screen.params)} screen={screen} />
      <HintChoice screen={screen} />
      <NewnessChoice screen={screen} since={since} uploads={uploads} />
      {(isDecided || isHiding) && (
        <HideLink href={screenHref(screen, { dispositions: isHiding ? null : 'hide' })}>
          {isHiding ? 'Show what is decided' : 'Hide what is decided'}
        </HideLink>
      )}
    </div>
  )
}
