'use client'
import { type ReactNode, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { type Load, useLoaded } from '#components/ui/on-demand.tsx'

/** What a form is given: it calls `onDone` when it is not needed any more, and the focus returns to its button. */
export type FormGiven = { onDone: () => void }

type Props<Given extends FormGiven> = {
  load: Load<Given>
  given: Omit<Given, keyof FormGiven>
  label?: string
  children: ReactNode
}

/** A button that opens a form below it, which is loaded when it opens for the first time. */
export function FormButton<Given extends FormGiven>({ load, given, label, children }: Props<Given>) {
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const Form = useLoaded(load, isOpen, () => setOpen(false))
  const onDone = () => {
    setOpen(false)
    button.current?.focus()
  }
  return (
    <>
      <div>
        <Button ref={button} aria-label={label} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {children}
        </Button>
      </div>
      {isOpen && Form !== null && <Form {...({ ...given, onDone } as Given)} />}
    </>
  )
}
