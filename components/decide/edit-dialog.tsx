'use client'
import { useState, useTransition } from 'react'
import { useUser } from '#components/frame/user.tsx'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { fieldClass } from '#components/ui/field.ts'
import { refreshPage } from '#components/ui/refresh.ts'
import type { FieldPattern } from '#lib/hunting/decision.ts'
import type { StoredDecision } from '#lib/model/decisions.ts'
import { visibleText } from '#lib/text/visible.ts'
import { saveAuthor, savedAuthor } from './author.ts'
import { ChangedNotice } from './changed-notice.tsx'
import { stateText } from './decision-words.ts'
import { PreviewLine } from './preview-line.tsx'
import { changeDecision, type SentStep, undoDecision } from './send-decision.ts'
import { missing, termsOf, withTerms } from './terms.ts'
import { DispositionField, TermsFields } from './terms-fields.tsx'
import { usePreview } from './use-preview.ts'

/**
 * Changes a decision: its patterns and everything it says. If another one changed it meanwhile, it shows what they made of it and keeps
 * what was typed.
 */
export function EditDialog({ decision, onClose }: { decision: StoredDecision; onClose: () => void }) {
  const user = useUser()
  const [terms, setTerms] = useState(() => termsOf(decision, user?.name ?? savedAuthor()))
  const [patterns, setPatterns] = useState<FieldPattern[]>(decision.patterns)
  const [etag, setEtag] = useState(decision.etag)
  const [other, setOther] = useState<SentStep | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [isSending, startSending] = useTransition()
  const lacks = missing(terms)
  const counted = { ...terms, reason: '', author: 'preview', until: '2999-01-01' }
  const previewed = usePreview(missing(counted) === null ? [withTerms(counted, patterns)] : [], decision.id)
  const set = (place: number, change: Partial<FieldPattern>) =>
    setPatterns(patterns.map((each, at) => (at === place ? { ...each, ...change } : each)))
  const isDeleted = other !== null && other.after === null
  const leave = () => {
    refreshPage()
    onClose()
  }
  /** A decision that was deleted is restored first, in its place. */
  async function sendChange() {
    const author = terms.author.trim()
    const restored = isDeleted ? await undoDecision(decision.id, author, etag) : null
    if (restored !== null && 'failure' in restored) return restored
    return changeDecision(decision.id, withTerms(terms, patterns), restored?.answer?.etag ?? etag)
  }
  const save = () =>
    startSending(async () => {
      saveAuthor(terms.author.trim())
      const sent = await sendChange()
      if ('answer' in sent) {
        announce('The decision is changed')
        return leave()
      }
      const [step] = sent.others ?? []
      setFailure(step === undefined ? sent.failure : null)
      if (step === undefined) return
      // Saving again is in the knowledge of this version.
      setOther(step)
      setEtag(step.etag)
    })
  const take = () => {
    const theirs = other?.after
    if (theirs === null || theirs === undefined) return leave()
    const expiresAt = theirs.expiresAt === null ? null : Date.parse(theirs.expiresAt)
    setTerms(termsOf({ ...theirs, expiresAt }, terms.author))
    setPatterns(theirs.patterns)
    setOther(null)
  }
  return (
    <Dialog title="Change this decision" isOpen onClose={onClose}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        {failure !== null && (
          <p role="alert" className="text-block-ink">
            {failure}
          </p>
        )}
        <DispositionField terms={terms} onChange={(change) => setTerms({ ...terms, ...change })} />
        <ul className="border-y border-line py-1">
          {patterns.map((pattern, place) => (
            <li key={pattern.column} className="flex flex-wrap items-center gap-2 py-1">
              <span className="w-full text-12 text-dim">
                {pattern.column}
                {pattern.step === 'exact' ? '' : ` (${pattern.step})`}
              </span>
              {pattern.value === null ? (
                <span className="italic">not logged</span>
              ) : (
                <>
                  <input
                    aria-label={`Value of ${pattern.column}`}
                    value={pattern.value}
                    onChange={({ target }) => set(place, { value: target.value })}
                    className={`${fieldClass} min-w-40 flex-1 font-mono`}
                  />
                  <label className="flex items-center gap-1.5">
                    <input
                      type="checkbox"
                      checked={pattern.isWildcard}
                      onChange={({ target }) => set(place, { isWildcard: target.checked })}
                    />
                    * is any text
                  </label>
                </>
              )}
              {patterns.length > 1 && (
                <Button look="quiet" onClick={() => setPatterns(patterns.filter((_, at) => at !== place))}>
                  Any value
                </Button>
              )}
            </li>
          ))}
        </ul>
        <TermsFields terms={terms} onChange={(change) => setTerms({ ...terms, ...change })} />
        <PreviewLine {...previewed} />
        {other !== null && (
          <ChangedNotice
            what={isDeleted ? 'This decision was deleted' : 'This decision was changed'}
            step={other}
            take={isDeleted ? 'Leave it deleted' : 'Take this version'}
            onTake={take}
          >
            <p>{stateText(other.after)}</p>
            {other.after !== null && other.after.reason !== '' && <p>{visibleText(other.after.reason)}</p>}
          </ChangedNotice>
        )}
        <div className="flex flex-wrap items-center justify-end gap-2">
          {lacks !== null && <p className="mr-auto text-12 text-dim">{lacks}</p>}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={isSending || lacks !== null}>
            {other === null ? 'Save' : isDeleted ? 'Restore and save mine' : 'Save mine instead'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
