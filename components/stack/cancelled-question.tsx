import { Ban } from 'lucide-react'
import { State } from '#components/frame/state.tsx'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { CountAgain } from './count-again.tsx'

/** Stands in for the table of a question that was cancelled. */
export function CancelledQuestion({ id, screen }: { id: string; screen: Screen }) {
  return (
    <State icon={<Ban aria-hidden />} title="Counting was cancelled">
      <p>Nothing was changed. Choose other fields, filters or times, or count these again.</p>
      <CountAgain id={id} href={screenHref(screen, { page: screen.params.page })} />
    </State>
  )
}
