'use client'
import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { iconButtonClass } from './button.tsx'
import { cx } from './class.ts'

/** The floating part of a dialog, with its title and a way out. Put it in a `Dialog.Root`. */
export function DialogPopup({
  title,
  children,
  className,
}: {
  title: string
  children: ReactNode
  className?: string
}) {
  return (
    <Dialog.Portal>
      <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/30" />
      <Dialog.Popup
        className={cx(
          'fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-32px)] w-[min(560px,calc(100vw-32px))] -translate-x-1/2 -translate-y-1/2',
          'overflow-y-auto rounded bg-raised p-4 text-13 text-ink shadow-float outline-none',
          className,
        )}
      >
        <div className="mb-3 flex items-center justify-between gap-4">
          <Dialog.Title className="text-15 font-semibold">{title}</Dialog.Title>
          <Dialog.Close aria-label="Close" className={iconButtonClass()}>
            <X aria-hidden />
          </Dialog.Close>
        </div>
        {children}
      </Dialog.Popup>
    </Dialog.Portal>
  )
}

export { Dialog }
