'use client'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { byWhom } from './decision-words.ts'

type Props = {
  /** What was done, as in "This decision was deleted". */
  what: string
  step: { author: string; isSigned: boolean; at: string }
  /** The version of the other one. */
  children: ReactNode
  take: string
  onTake: () => void
}

/** Says that another one changed the same meanwhile, with what they made of it and the way to take that over. What was typed stays. */
export function ChangedNotice({ what, step, children, take, onTake }: Props) {
  return (
    <div role="alert" className="flex flex-col gap-2 rounded-sm border border-line-strong bg-sunken p-3">
      <p className="font-medium">{`${what} meanwhile by ${byWhom(step)}`}</p>
      <div className="text-12 wrap-anywhere">{children}</div>
      <p className="text-12 text-dim">
        What you entered is not saved yet. Save it in place of this version, or take this version.
      </p>
      <div>
        <Button onClick={onTake}>{take}</Button>
      </div>
    </div>
  )
}
