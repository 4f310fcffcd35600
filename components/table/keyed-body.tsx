'use client'
import { type ReactNode, useRef } from 'react'
import { isControl, isMarking, keepTabStop, useRowKeys } from './row-focus.ts'

const noMove = () => {}
const rowOf = (target: EventTarget): HTMLTableRowElement | null =>
  target instanceof Element ? target.closest('tr') : null

/** The body of a table whose rows lead somewhere: `j` and `k` go through them, a click or Enter follows a row's first link. */
export function KeyedBody({ children }: { children: ReactNode }) {
  const body = useRef<HTMLTableSectionElement>(null)
  useRowKeys(body, null, noMove)
  const follow = ({ target }: { target: EventTarget }) => {
    if (!isControl(target) && !isMarking()) rowOf(target)?.querySelector('a')?.click()
  }
  return (
    <tbody
      ref={body}
      aria-keyshortcuts="j k Enter"
      onClick={follow}
      onKeyDown={(event) => event.key === 'Enter' && follow(event)}
      onFocus={({ target }: { target: EventTarget }) => {
        const row = rowOf(target)
        if (row !== null && row === target) keepTabStop(row)
      }}
    >
      {children}
    </tbody>
  )
}
