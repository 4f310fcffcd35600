import type { ReactNode } from 'react'
import { Frame } from '#components/frame/frame.tsx'
import { Recomputing } from '#components/frame/recomputing.tsx'
import { context } from '#lib/access/context.ts'

/** Every screen but the wall. */
export default async function FrameLayout({ children }: { children: ReactNode }) {
  const { reads } = await context()
  const recomputing = await reads.recomputing()
  return (
    <Frame>
      <Recomputing progress={recomputing} />
      {children}
    </Frame>
  )
}
