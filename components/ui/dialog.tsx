'use client'
import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { iconButtonClass } from './button.tsx'

type Props = { title: string; isOpen: boolean; onClose: () => void; children: ReactNode }

/** A modal dialog with its title and a way out. Escape and a press outside close it, and the focus returns. */
export function Dialog({ title, isOpen, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    if (!isOpen) return dialog.current?.close()
    dialog.current?.showModal()
    // Else the button that closes it would have the focus.
    dialog.current?.querySelector<HTMLElement>('form input:enabled')?.focus()
  }, [isOpen])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same.
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onClose={onClose}
      onClick={({ target, currentTarget }) => target === currentTarget && onClose()}
      className="m-auto max-h-[calc(100dvh-32px)] w-[min(560px,calc(100vw-32px))] overflow-y-auto rounded bg-raised text-13 text-ink shadow-float outline-none backdrop:bg-black/30"
    >
      {isOpen && (
        <div className="p-4">
          <div className="mb-3 flex items-center justify-between gap-4">
            <h2 id={id} className="text-15 font-semibold">
              {title}
            </h2>
            <button type="button" aria-label="Close" onClick={onClose} className={iconButtonClass()}>
              <X aria-hidden />
            </button>
          </div>
          {children}
        </div>
      )}
    </dialog>
  )
}
