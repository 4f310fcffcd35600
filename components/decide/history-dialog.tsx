'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState, useTransition } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { dispositions } from '#lib/hunting/decision.ts'
import { countText } from '#lib/text/number.ts'
import { visibleText } from '#lib/text/visible.ts'
import { savedAuthor } from './author.ts'
import { patternText } from './decision-words.ts'
import { readHistory, type SentSteps, undoDecision } from './send-decision.ts'

type State = SentSteps['rows'][number]['after']

const stateText = (state: State): string =>
  state === null
    ? 'no decision'
    : `${dispositions[state.disposition].name}: ${state.patterns.map(patternText).join(', ')}${state.expiresAt === null ? '' : `, until ${state.expiresAt.slice(0, 10)}`}`

/** The steps of a decision, or of all (null), each of which can be undone. */
export function HistoryDialog({ id, onClose }: { id: string | null; onClose: () => void }) {
  const router = useRouter()
  const [steps, setSteps] = useState<SentSteps | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [isSending, startSending] = useTransition()
  useEffect(() => {
    let isHere = true
    readHistory(id).then((sent) => {
      if (!isHere) return
      if ('failure' in sent) setFailure(sent.failure)
      else setSteps(sent.answer)
    })
    return () => {
      isHere = false
    }
  }, [id])
  const undo = (decision: string, step: number) =>
    startSending(async () => {
      const sent = await undoDecision(decision, savedAuthor() || 'unknown', step)
      if ('failure' in sent) return setFailure(sent.failure)
      announce('Undone')
      router.refresh()
      onClose()
    })
  return (
    <Dialog title={id === null ? 'History of all decisions' : 'History of this decision'} isOpen onClose={onClose}>
      {failure !== null && (
        <p role="alert" className="text-block-ink">
          {failure}
        </p>
      )}
      {steps === null && failure === null && <p className="text-dim">Reading the history …</p>}
      {steps !== null && steps.total === 0 && <p className="text-dim">Nothing has been decided yet.</p>}
      <ol className="flex flex-col">
        {steps?.rows.map(({ step, decision, action, before, after, at, author, isSigned }) => (
          <li key={step} className="flex flex-wrap items-start gap-x-3 gap-y-1 border-b border-line py-2">
            <div className="min-w-0 flex-1">
              <p>
                <span className="font-medium">{action}</span>{' '}
                <span className="text-12 text-dim">
                  {at.slice(0, 19).replace('T', ' ')} UTC by {visibleText(author)}
                  {isSigned ? '' : ' (unsigned)'}
                </span>
              </p>
              <p className="text-12 wrap-anywhere">{stateText(after)}</p>
              {before !== null && <p className="text-12 wrap-anywhere text-dim">before: {stateText(before)}</p>}
            </div>
            <Button disabled={isSending} onClick={() => undo(decision, step)}>
              {before === null ? 'Undo' : 'Restore the state before'}
            </Button>
          </li>
        ))}
      </ol>
      {steps !== null && steps.total > steps.rows.length && (
        <p className="pt-2 text-12 text-dim">
          The newest {countText(steps.rows.length)} of {countText(steps.total)} steps.
        </p>
      )}
    </Dialog>
  )
}
