'use client'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'

type Props = {
  title: string
  secrets: readonly { name: string; text: string }[]
  onDone: () => void
  children: ReactNode
}

/** What was made and is shown this once: texts to copy, and what to do with them. */
export function MadeSecret({ title, secrets, onDone, children }: Props) {
  return (
    <section aria-label={title} className="flex flex-col gap-3">
      <p>{children}</p>
      {secrets.map(({ name, text }) => (
        <div key={name} className="flex flex-col gap-1">
          <span className="text-12 text-dim">{name}</span>
          <div className="flex items-start gap-2 rounded border border-line-strong bg-sunken px-2 py-1.5">
            <code className="min-w-0 flex-1 text-12 wrap-anywhere">{text}</code>
            <CopyButton text={text} name={name.toLowerCase()} />
          </div>
        </div>
      ))}
      <div className="flex justify-end">
        <Button look="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </section>
  )
}
