'use client'
import { useEffect, useState, useTransition } from 'react'
import { useMay } from '#components/frame/user.tsx'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { refreshPage } from '#components/ui/refresh.ts'
import { countText } from '#lib/text/number.ts'
import { savedAuthor } from './author.ts'
import { byWhom, stateText } from './decision-words.ts'
import { readHistory, type SentSteps, undoDecision } from './send-decision.ts'

/** Steps on a page. */
const length = 50

/** The steps of a decision, or of all (null), page by page, each of which can be undone by those who may decide. */
export function HistoryDialog({ id, onClose }: { id: string | null; onClose: () => void }) {
  const mayDecide = useMay('decide')
  const [steps, setSteps] = useState<SentSteps | null>(null)
  const [asked, setAsked] = useState({ page: 1, time: 0 })
  /** The version of each decision: that of its newest step. Pages are read from the newest on, so that it comes first. */
  const [etags, setEtags] = useState<Readonly<Record<string, string>>>({})
  const [failure, setFailure] = useState<string | null>(null)
  const [isSending, startSending] = useTransition()
  useEffect(() => {
    let isHere = true
    readHistory(id, asked.page, length).then((sent) => {
      if (!isHere) return
      if ('failure' in sent) return setFailure(sent.failure)
      const own = Object.fromEntries(sent.answer.rows.toReversed().map(({ decision, etag }) => [decision, etag]))
      setSteps(sent.answer)
      setEtags((before) => (asked.page === 1 ? own : { ...own, ...before }))
    })
    return () => {
      isHere = false
    }
  }, [id, asked])
  const undo = (decision: string, step: number) =>
    startSending(async () => {
      const sent = await undoDecision(decision, savedAuthor() || 'unknown', etags[decision] ?? '', step)
      const [other] = 'failure' in sent ? (sent.others ?? []) : []
      if (other !== undefined) {
        setFailure(`Not undone: it was changed meanwhile by ${byWhom(other)}. Its steps are shown as they are now.`)
        return setAsked(({ time }) => ({ page: 1, time: time + 1 }))
      }
      if ('failure' in sent) return setFailure(sent.failure)
      announce('Undone')
      refreshPage()
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
                <span className="text-12 text-dim">by {byWhom({ author, isSigned, at })}</span>
              </p>
              <p className="text-12 wrap-anywhere">{stateText(after)}</p>
              {before !== null && <p className="text-12 wrap-anywhere text-dim">before: {stateText(before)}</p>}
            </div>
            {mayDecide && (
              <Button disabled={isSending} onClick={() => undo(decision, step)}>
                {before === null ? 'Undo' : 'Restore the state before'}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {steps !== null && steps.total > length && (
        <nav aria-label="Pages of the history" className="flex items-center gap-2 pt-2 text-12 text-dim">
          <span className="figures mr-auto" aria-live="polite">
            {countText((asked.page - 1) * length + 1)}–{countText((asked.page - 1) * length + steps.rows.length)} of{' '}
            {countText(steps.total)} steps
          </span>
          <Button disabled={asked.page === 1} onClick={() => setAsked({ ...asked, page: asked.page - 1 })}>
            Newer
          </Button>
          <Button
            disabled={asked.page * length >= steps.total}
            onClick={() => setAsked({ ...asked, page: asked.page + 1 })}
          >
            Older
          </Button>
        </nav>
      )}
    </Dialog>
  )
}
