'use client'
import { useEffect, useState, useTransition } from 'react'
import { useUser } from '#components/frame/user.tsx'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { refreshPage } from '#components/ui/refresh.ts'
import { dispositions } from '#lib/hunting/decision.ts'
import type { By } from '#lib/hunting/definition.ts'
import { countOf } from '#lib/text/number.ts'
import { saveAuthor, savedAuthor } from './author.ts'
import { byWhom } from './decision-words.ts'
import { firstChoices, patternsOf, type StackValues } from './draft.ts'
import { FieldChoiceRow } from './field-choice.tsx'
import { PreviewLine } from './preview-line.tsx'
import { sendDecisions, undoDecision } from './send-decision.ts'
import { firstTerms, missing, type Terms, withTerms } from './terms.ts'
import { DispositionField, TermsFields } from './terms-fields.tsx'
import { usePreview } from './use-preview.ts'

/** Decisions that can be made at once, as the API takes them. */
const mostAtOnce = 100

/** A decision that was made, with its version. */
type Made = { id: string; etag: string }

export type DecideProps = {
  /** The fields of the stacks, with their steps. */
  by: readonly By[]
  /** The stacks to decide, by their values in the order of the fields. */
  stacks: readonly StackValues[]
  onClose: () => void
}

/**
 * Decides one stack or several: which fields count, what they are taken for, where, why and until when. It shows what that would
 * match before it is done, and can undo it after. Load it when it is opened only.
 */
export function DecideDialog({ by, stacks, onClose }: DecideProps) {
  const [terms, setTerms] = useState<Terms>(() => firstTerms(''))
  const [choices, setChoices] = useState(() => firstChoices(by))
  const [failure, setFailure] = useState<string | null>(null)
  const [made, setMade] = useState<readonly Made[] | null>(null)
  const [isSending, startSending] = useTransition()
  const user = useUser()
  useEffect(() => setTerms((before) => ({ ...before, author: user?.name ?? savedAuthor() })), [user])

  const patterns = patternsOf(by, choices, stacks)
  const lacks =
    patterns.length === 0
      ? 'Let at least one field count.'
      : patterns.length > mostAtOnce
        ? `These are ${patterns.length} decisions. Merge some, or choose ${mostAtOnce} at most.`
        : missing(terms)
  const isAsked = patterns.length > 0 && patterns.length <= mostAtOnce
  // Counted without what does not change it, so that typing a reason asks nothing.
  const counted = isAsked ? patterns.map((each) => withTerms({ ...terms, ...uncounted }, each)) : []
  const isScoped = terms.scope === 'all' || terms.hosts.trim() !== '' || terms.groups.length > 0
  const previewed = usePreview(isScoped ? counted : [], null)
  // What is behind the dialog is rendered again when it closes: before, that could take the dialog away with its undo.
  const close = () => {
    onClose()
    if (made !== null) refreshPage()
  }

  const decide = () =>
    startSending(async () => {
      saveAuthor(terms.author.trim())
      const sent = await sendDecisions(patterns.map((each) => withTerms(terms, each)))
      if ('failure' in sent) return setFailure(sent.failure)
      setFailure(null)
      setMade(sent.answer.rows.map(({ id, etag }) => ({ id, etag })))
      announce(`Decided: ${dispositions[terms.disposition].name}`)
    })
  const undo = (all: readonly Made[]) =>
    startSending(async () => {
      for (const { id, etag } of all.toReversed()) {
        const sent = await undoDecision(id, terms.author.trim(), etag)
        const [other] = 'failure' in sent ? (sent.others ?? []) : []
        if (other !== undefined) return setFailure(`Not undone: it was changed meanwhile by ${byWhom(other)}.`)
        if ('failure' in sent) return setFailure(sent.failure)
        setMade((before) => before?.filter((each) => each.id !== id) ?? null)
      }
      announce('Undone')
      close()
    })

  const title = stacks.length === 1 ? 'Decide this stack' : `Decide ${countOf(stacks.length, 'stack')}`
  return (
    <Dialog title={title} isOpen onClose={close}>
      {failure !== null && (
        <p role="alert" className="mb-3 text-block-ink">
          {failure}
        </p>
      )}
      {made === null ? (
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault()
            decide()
          }}
        >
          <DispositionField terms={terms} onChange={(change) => setTerms({ ...terms, ...change })} />
          <div className="border-t border-line">
            {by.map((each, place) => (
              <FieldChoiceRow
                key={each.column}
                by={each}
                place={place}
                stacks={stacks}
                choice={choices[place] ?? { kind: 'any' }}
                onChange={(choice) => setChoices(choices.map((before, at) => (at === place ? choice : before)))}
              />
            ))}
          </div>
          <TermsFields terms={terms} onChange={(change) => setTerms({ ...terms, ...change })} />
          {isAsked && isScoped && <PreviewLine {...previewed} />}
          <div className="flex flex-wrap items-center justify-end gap-2">
            {lacks !== null && <p className="mr-auto text-12 text-dim">{lacks}</p>}
            <Button onClick={close}>Cancel</Button>
            <Button
              type="submit"
              look="primary"
              disabled={isSending || lacks !== null || (previewed.isStale && previewed.failure === null)}
            >
              {patterns.length > 1 ? `Make ${patterns.length} decisions` : 'Decide'}
            </Button>
          </div>
        </form>
      ) : (
        <div className="flex flex-col gap-3">
          <p>
            {`${dispositions[terms.disposition].name}: ${countOf(made.length, 'decision')} made. ${made.length === 1 ? 'It applies' : 'They apply'} to what is stored and to later uploads.`}
          </p>
          <div className="flex justify-end gap-2">
            <Button disabled={isSending} onClick={() => undo(made)}>
              Undo
            </Button>
            {/* The button that had the focus is gone. */}
            <Button look="primary" autoFocus onClick={close}>
              Close
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}

/** Terms that do not change what a decision matches, in a form that can be sent. */
const uncounted: Partial<Terms> = { reason: '', author: 'preview', until: '2999-01-01' }
