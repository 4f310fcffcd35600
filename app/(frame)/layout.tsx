import type { ReactNode } from 'react'
import { Frame } from '#components/frame/frame.tsx'
import { Recomputing } from '#components/frame/recomputing.tsx'
import { context } from '#lib/access/context.ts'
import { permissionNames } from '#lib/model/access.ts'

/** Every screen but the wall. */
export default async function FrameLayout({ children }: { children: ReactNode }) {
  const { actor, may, reads } = await context()
  const recomputing = await reads.recomputing()
  const permissions = permissionNames.filter(may)
  return (
    <Frame user={actor.kind === 'account' ? { name: actor.name } : null} permissions={permissions}>
      <Recomputing progress={recomputing} />
      {children}
    </Frame>
  )
}
