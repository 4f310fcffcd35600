'use client'
import { Trash2, Undo2, X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { useMay } from '#components/frame/user.tsx'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { otherRecords } from '#lib/model/other-records.ts'
import type { Receipt } from '#lib/model/rows.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { countOf } from '#lib/text/number.ts'
import { visibleText } from '#lib/text/visible.ts'
import { type Reversal, reversalText } from './reversal.ts'

type Props = {
  receipt: Pick<Receipt, 'id' | 'name' | 'state' | 'stored' | 'dests' | 'duplicates' | 'otherCodes' | 'rejects'>
  reversal: Reversal
  /** Where to go when the upload is gone; without it the screen is rendered again. */
  leaveTo?: string
  /** Whether it is a button of its screen, and not one of a row. */
  isOfScreen?: boolean
}

/** Takes an upload back, for those who may, after a question that names what goes with it. While it is being read, it is cancelled. */
export const UndoButton = (props: Props) => (useMay('undo') ? <OpenUndo {...props} /> : null)

function OpenUndo({ receipt, reversal, leaveTo, isOfScreen }: Props) {
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [isUndoing, startUndo] = useTransition()
  const name = visibleText(receipt.name)
  const isReading = receipt.state === 'queued' || receipt.state === 'reading'
  const verb = isReading ? 'Cancel' : receipt.state === 'failed' ? 'Forget' : 'Undo'
  const Icon = { Cancel: X, Forget: Trash2, Undo: Undo2 }[verb]

  const undo = () =>
    startUndo(async () => {
      const { failure, isRemoving } = await deleteUpload(receipt.id)
      setError(failure)
      if (failure !== null) return
      setOpen(false)
      if (isRemoving) {
        announce(`${name} is being removed`)
        return router.refresh()
      }
      announce(`${name}: ${isReading ? 'cancelled' : receipt.state === 'failed' ? 'forgotten' : 'undone'}`)
      if (leaveTo === undefined) router.refresh()
      else router.push(leaveTo)
    })

  return (
    <>
      {isOfScreen ? (
        <Button onClick={() => setOpen(true)}>
          <Icon aria-hidden />
          {verb}
        </Button>
      ) : (
        <Button look="quiet" aria-label={`${verb} ${name}`} className="sm:-my-1" onClick={() => setOpen(true)}>
          <Icon aria-hidden />
          {verb}
        </Button>
      )}
      <Dialog title={`${verb} this upload?`} isOpen={isOpen} onClose={() => setOpen(false)}>
        <p className="mb-2 font-medium wrap-anywhere">{name}</p>
        <p className="mb-4">{consequence(receipt, reversal, isReading)}</p>
        {error !== null && (
          <p role="alert" className="mb-4 text-block-ink">
            {error}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={() => setOpen(false)}>Keep it</Button>
          <Button look="danger" disabled={isUndoing} onClick={undo}>
            {verb}
          </Button>
        </div>
      </Dialog>
    </>
  )
}

function consequence(
  { state, stored, dests, duplicates, otherCodes, rejects, ...rest }: Props['receipt'],
  reversal: Reversal,
  isReading: boolean,
) {
  if (isReading)
    return 'Reading stops, and what was read of it so far is removed. This cannot be reversed: to have the log, send it again.'
  if (state === 'failed') return 'It stored no event. Only its line goes from the list.'
  const further = duplicates + otherRecords({ ...rest, otherCodes }) + rejects
  return `${countOf(stored, 'event')} of ${countOf(dests, 'dest')} go with it, and every count returns to what it was before. ${countOf(further, 'further record')} of it ${further === 1 ? 'was' : 'were'} never stored. ${reversalText(reversal)} The file itself is not touched. If a later upload had some of these events too, upload that one again.`
}

/** What became of the request: why it failed, and whether the removal goes on after the answer. */
type Deleted = { failure: string | null; isRemoving: boolean }

async function deleteUpload(id: string): Promise<Deleted> {
  try {
    const answer = await fetch(apiPaths.upload(id), { method: 'DELETE' })
    // 404: someone else was faster, and it is gone all the same.
    if (answer.ok || answer.status === 404) return { failure: null, isRemoving: answer.status === 202 }
    const { errorMessage } = await import('#lib/model/answer.ts')
    const message = errorMessage(await answer.text())
    return { failure: message ?? `The server answered ${answer.status}.`, isRemoving: false }
  } catch {
    return { failure: 'The server could not be reached. The upload is still there.', isRemoving: false }
  }
}
