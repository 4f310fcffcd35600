import type { Metadata } from 'next'
import { Gate } from '#components/account/gate.tsx'
import { SignOutButton } from '#components/account/sign-out-button.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { context } from '#lib/access/context.ts'
import { overviewPath, signInPath, wallPath } from '#lib/params/hrefs.ts'

export const metadata: Metadata = { title: 'Not allowed' }

/** Who asks is known, but may not see the page, which is answered with 403. */
export default async function NotAllowedPage({ searchParams }: PageProps<'/not-allowed'>) {
  const { actor, may } = await context()
  const isOfProxy = (await searchParams).why === 'proxy'
  return (
    <Gate title="This page is not for you">
      <p>
        {isOfProxy
          ? 'The proxy in front of this server names a user who has no account here, or a disabled one. Ask an administrator to add it.'
          : 'Your role does not include this page. An administrator can change your role.'}
      </p>
      <div className="flex flex-wrap gap-2">
        {may('read') && (
          <NavLink href={overviewPath} className={buttonClass('primary')}>
            To the overview
          </NavLink>
        )}
        {actor.kind === 'token' && may('wall') && (
          <NavLink href={wallPath} className={buttonClass('primary')}>
            To the wall
          </NavLink>
        )}
        {actor.kind === 'account' && actor.session !== null && <SignOutButton />}
        {actor.kind !== 'account' && !isOfProxy && (
          <NavLink href={signInPath} className={buttonClass()}>
            Sign in
          </NavLink>
        )}
      </div>
    </Gate>
  )
}
