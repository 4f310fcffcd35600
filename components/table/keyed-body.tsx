'use client'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { isControl, keepTabStop, useRowKeys } from './row-focus.ts'

const noMove = () => {}
const rowOf = (target: EventTarget): HTMLTableRowElement | null =>
  target instanceof Element ? target.closest('tr') : null

/** The body of a table whose rows lead somewhere: `j` and `k` go through them, Enter follows a row's first link. */
export function KeyedBody({ children }: { children: ReactNode }) {
  const body = useRef<HTMLTableSectionElement>(null)
  useRowKeys(body, null, noMove)
  const follow = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !isControl(event.target)) rowOf(event.target)?.querySelector('a')?.click()
  }
  return (
    <tbody
      ref={body}
      onKeyDown={follow}
      onFocus={({ target }: { target: EventTarget }) => {
        const row = rowOf(target)
        if (row !== null && row === target) keepTabStop(row)
      }}
    >
      {children}
    </tbody>
  )
}
