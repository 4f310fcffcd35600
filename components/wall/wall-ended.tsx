import { NavLink } from '#components/ui/nav-link.tsx'
import { displayPath, signInHref } from '#lib/params/hrefs.ts'

/** Says that this screen may not show the wall any more, instead of its figures, and what to do. */
export function WallEnded({ isUnattended, href }: { isUnattended: boolean; href: string }) {
  return (
    <section role="alert" className="wall-empty">
      <h2>This screen was signed out</h2>
      {isUnattended ? (
        <p>
          Its display token was revoked or has expired. An administrator can make another one: open{' '}
          <NavLink href={displayPath} className="wall-link">
            {displayPath}
          </NavLink>{' '}
          on this screen and paste it there.
        </p>
      ) : (
        <p>
          Its session has ended.{' '}
          <NavLink href={signInHref(href)} className="wall-link">
            Sign in
          </NavLink>{' '}
          to show this wall again.
        </p>
      )}
    </section>
  )
}
