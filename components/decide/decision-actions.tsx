'use client'
import { History, Pencil, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState, useTransition } from 'react'
import { useMay } from '#components/frame/user.tsx'
import { announce } from '#components/ui/announce.ts'
import { iconButtonClass } from '#components/ui/button.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { refreshPage } from '#components/ui/refresh.ts'
import type { StoredDecision } from '#lib/model/decisions.ts'
import { savedAuthor } from './author.ts'
import { byWhom } from './decision-words.ts'
import { deleteDecision } from './send-decision.ts'

const EditDialog = lazy(async () => ({ default: (await import('./edit-dialog.tsx')).EditDialog }))
const HistoryDialog = lazy(async () => ({ default: (await import('./history-dialog.tsx')).HistoryDialog }))

/** Edits, deletes and undoes a decision, for those who may; others see its history. What was deleted is undone from the history. */
export function DecisionActions({ decision }: { decision: StoredDecision }) {
  const mayDecide = useMay('decide')
  const [open, setOpen] = useState<'edit' | 'history' | null>(null)
  const [isDeleting, startDeleting] = useTransition()
  const remove = () =>
    startDeleting(async () => {
      const sent = await deleteDecision(decision.id, savedAuthor() || 'unknown', decision.etag)
      const [other] = 'failure' in sent ? (sent.others ?? []) : []
      announce(
        other !== undefined
          ? `Not deleted: it was changed meanwhile by ${byWhom(other)}. The list has it as it is now.`
          : 'failure' in sent
            ? sent.failure
            : 'The decision is deleted. Its history can undo that.',
      )
      refreshPage()
    })
  const close = () => setOpen(null)
  const history = { icon: <History aria-hidden />, act: () => setOpen('history') }
  const buttons = mayDecide
    ? [
        { name: 'Edit', icon: <Pencil aria-hidden />, act: () => setOpen('edit') },
        { name: 'History and undo', ...history },
        { name: 'Delete', icon: <Trash2 aria-hidden />, act: remove },
      ]
    : [{ name: 'History', ...history }]
  return (
    <>
      <span className="flex justify-end">
        {buttons.map(({ name, icon, act }) => (
          <Hint key={name} text={name}>
            <button
              type="button"
              aria-label={`${name}: decision of ${new Date(decision.createdAt).toISOString().slice(0, 10)}`}
              disabled={isDeleting}
              onClick={act}
              className={iconButtonClass()}
            >
              {icon}
            </button>
          </Hint>
        ))}
      </span>
      <Suspense>
        {open === 'edit' && <EditDialog decision={decision} onClose={close} />}
        {open === 'history' && <HistoryDialog id={decision.id} onClose={close} />}
      </Suspense>
    </>
  )
}
