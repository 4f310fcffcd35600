import { setTimeout } from 'node:timers/promises'
import { type ReactElement, type ReactNode, Suspense } from 'react'

/** Milliseconds that a page waits for its table before it is sent without. */
const patience = 200

type Props = {
  fallback: ReactNode
  /** Shown before the fallback; unlike it, it runs in the browser from the first. */
  meanwhile?: ReactNode
  children: Promise<ReactElement>
}

/**
 * Returns `children` as soon as they are there, and only if that takes long, `fallback` until then. React shows what replaces a
 * fallback no earlier than 300 ms after it, so a table that is ready at once must not be sent behind one.
 */
export async function WhenReady({ fallback, meanwhile, children }: Props) {
  const isReady = await Promise.race([children.then(() => true), setTimeout(patience, false)])
  if (isReady) return await children
  return (
    <>
      {meanwhile}
      <Suspense fallback={fallback}>{children}</Suspense>
    </>
  )
}
