import type { ReactNode } from 'react'
import { Announcer } from '#components/frame/announcer.tsx'
import { Keyboard } from '#components/frame/keyboard.tsx'
import { Rail } from '#components/frame/rail.tsx'
import { Recomputing } from '#components/frame/recomputing.tsx'
import { readSettings } from '#components/frame/settings.ts'
import { context } from '#lib/access/context.ts'

/** Every screen but the wall: the rail on the left, the screen next to it. */
export default async function FrameLayout({ children }: { children: ReactNode }) {
  const { rail } = await readSettings()
  const { reads } = await context()
  const recomputing = await reads.recomputing()
  return (
    <div className="flex min-h-dvh sm:h-dvh">
      <a
        href="#screen"
        className="absolute top-2 left-2 z-50 -translate-y-16 rounded bg-accent px-3 py-1 text-on-accent focus:translate-y-0"
      >
        Skip to the screen
      </a>
      <Rail rail={rail} />
      <main id="screen" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
        <Recomputing progress={recomputing} />
        {children}
      </main>
      <Announcer />
      <Keyboard />
    </div>
  )
}
