import { Compass } from 'lucide-react'
import { buttonClass } from '#components/ui/button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { overviewPath } from '#lib/params/hrefs.ts'
import { State } from './state.tsx'

/** What is shown at an address that leads nowhere. */
export function NothingHere() {
  return (
    <State icon={<Compass aria-hidden />} heading="h1" title="There is nothing at this address">
      <p>A link may be cut off, or the upload that this event or host came from was undone.</p>
      <NavLink href={overviewPath} className={buttonClass('primary')}>
        To the overview
      </NavLink>
    </State>
  )
}
