import { Ban } from 'lucide-react'
import { State } from '#components/frame/state.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { countAgain } from './ended-questions.ts'

/** Is shown instead of the table of a question that was cancelled. */
export function CancelledQuestion({ screen }: { screen: Screen }) {
  const href = screenHref(screen, { page: screen.params.page })
  return (
    <State icon={<Ban aria-hidden />} title="Counting was cancelled">
      <p>Nothing was changed. Choose other fields, filters or times, or count these again.</p>
      {/* Not a link of the router, which would keep what is shown until the answer is there, without its progress. */}
      <a id={countAgain} href={href} className={buttonClass('primary')}>
        Count again
      </a>
    </State>
  )
}
