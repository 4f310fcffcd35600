import { Compass } from 'lucide-react'
import { State } from '#components/frame/state.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { overviewPath } from '#lib/params/hrefs.ts'

export const metadata = { title: 'Not found' }

/** An address that leads nowhere. */
export default function NotFound() {
  return (
    <State icon={<Compass aria-hidden />} heading="h1" title="There is nothing at this address">
      <p>A link may be cut off, or the upload that held this event or host was undone.</p>
      <NavLink href={overviewPath} className={buttonClass('primary')}>
        To the overview
      </NavLink>
    </State>
  )
}
