import type { ReactNode } from 'react'

/** Everything under the bar of a screen that scrolls as one; a screen with one table lets the table scroll instead. */
export function PageBody({ children }: { children: ReactNode }) {
  return <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4">{children}</div>
}
