'use client'
import { type ReactNode, useState } from 'react'
import { FormError } from '#components/account/form-error.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { useChange } from './use-change.ts'

type Props = {
  /** What the button does, and what it does it to. */
  verb: string
  name: string
  path: string
  /** What is said when it is done. */
  words: string
  /** What follows from it. */
  children: ReactNode
}

/** Deletes something after a question that says what follows. */
export function ConfirmButton({ verb, name, path, words, children }: Props) {
  const [isOpen, setOpen] = useState(false)
  const { change, failure, isSending, forget } = useChange(() => {
    setOpen(false)
    return false
  })
  const close = () => {
    setOpen(false)
    forget()
  }
  return (
    <>
      <Button
        look="quiet"
        aria-label={`${verb} ${name}`}
        className="justify-self-start max-sm:border max-sm:border-line-strong sm:-my-1"
        onClick={() => setOpen(true)}
      >
        {verb}
      </Button>
      <Dialog title={`${verb} this?`} isOpen={isOpen} onClose={close}>
        <p className="mb-2 font-medium wrap-anywhere">{name}</p>
        <div className="mb-4">{children}</div>
        <FormError message={failure} />
        <div className="flex justify-end gap-2">
          <Button onClick={close}>Cancel</Button>
          <Button look="danger" disabled={isSending} onClick={() => change({ path, method: 'DELETE', words })}>
            {verb}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
