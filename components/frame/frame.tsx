import type { ReactNode } from 'react'
import type { Permission } from '#lib/model/access.ts'
import { Announcer } from './announcer.tsx'
import { Keyboard } from './keyboard.tsx'
import { Rail } from './rail.tsx'
import { Refresher } from './refresher.tsx'
import { readSettings } from './settings.ts'
import { type User, UserProvider } from './user.tsx'

type Props = { children: ReactNode; user?: User; permissions?: readonly Permission[] }

/** The rail on the left, the screen next to it. `user`: who is signed in; `permissions`: what they may do. */
export async function Frame({ children, user = null, permissions = [] }: Props) {
  const { rail } = await readSettings()
  return (
    <UserProvider {...{ user, permissions }}>
      <div className="flex min-h-(--screen) sm:h-(--screen)">
        <a
          href="#screen"
          className="absolute top-2 left-2 z-50 -translate-y-16 rounded bg-accent px-3 py-1 text-on-accent focus:translate-y-0"
        >
          Skip to the screen
        </a>
        <Rail rail={rail} />
        <main id="screen" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
          {children}
        </main>
        <Announcer />
        <Refresher />
        <Keyboard />
      </div>
    </UserProvider>
  )
}
