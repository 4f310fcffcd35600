import { FunnelX } from 'lucide-react'
import type { Problem } from '#lib/params/params.ts'
import type { Screen } from '#lib/params/screen.ts'
import { buttonClass } from '../ui/button.tsx'
import { NavLink } from '../ui/nav-link.tsx'
import { Bar } from './bar.tsx'
import { Problems } from './problems.tsx'
import { State } from './state.tsx'

/** Whether a page shows no rows because ignoring a parameter would widen what its link means. */
export const showsNothing = (problems: Problem[]): boolean => problems.some((problem) => problem.showsNothing)

/** A page that shows no rows, and why. */
export function NothingShown({ title, screen, problems }: { title: string; screen: Screen; problems: Problem[] }) {
  const isOfStack = problems.some(({ param, showsNothing }) => param === 'stack' && showsNothing)
  return (
    <>
      <Bar title={title} screen={screen} />
      <Problems problems={problems} />
      <State icon={<FunnelX aria-hidden />} title={isOfStack ? 'No such stack is stored' : 'This link shows no rows'}>
        <p>The parameter named above cannot be followed, and leaving it out would change what the link means.</p>
        <NavLink href={screen.path} className={buttonClass('primary')}>
          Show all rows
        </NavLink>
      </State>
    </>
  )
}
