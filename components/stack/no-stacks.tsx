import { FunnelX } from 'lucide-react'
import { State } from '#components/frame/state.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { StackPage } from '#lib/model/rows.ts'
import type { Params } from '#lib/params/params.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { countOf, countText } from '#lib/text/number.ts'
import { noLimits } from './stack-sums.tsx'
import { hintName, newnessWords } from './words.ts'

/** The limits of a screen in words, each with the change that drops it. */
const limitsOf = ({
  maxHosts,
  maxEvents,
  maxShare,
  minRatio,
  seen,
  hint,
}: Params): { name: string; without: Partial<Params> }[] => [
  ...(maxHosts === null ? [] : [{ name: `≤ ${countOf(maxHosts, 'host')}`, without: { maxHosts: null } }]),
  ...(maxEvents === null ? [] : [{ name: `≤ ${countOf(maxEvents, 'event')}`, without: { maxEvents: null } }]),
  ...(maxShare === null ? [] : [{ name: `≤ ${maxShare} % of hosts`, without: { maxShare: null } }]),
  ...(minRatio === null ? [] : [{ name: `ratio ≥ ${minRatio}`, without: { minRatio: null } }]),
  ...(hint === null ? [] : [{ name: `hint ${hintName(hint)}`, without: { hint: null } }]),
  ...(seen === null ? [] : [{ name: newnessWords[seen].name, without: { seen: null } }]),
]

/** There are stacks, but limits leave all of them out, or dispositions hide them: which, and the way to show them. */
export function NoStacks({ screen, page: { stacks, hidden } }: { screen: Screen; page: StackPage }) {
  const limits = limitsOf(screen.params)
  return (
    <State
      icon={<FunnelX aria-hidden />}
      title={stacks > 0 ? 'No stack is within the limits' : 'Every stack is hidden'}
    >
      {stacks > 0 && (
        <>
          <p>
            {stacks === 1 ? 'The one stack is' : `All ${countText(stacks)} stacks are`} left out by{' '}
            {limits.map(({ name }) => name).join(', ')}.
          </p>
          <div className="flex flex-wrap gap-2">
            {limits.length > 1 && (
              <NavLink href={screenHref(screen, noLimits)} className={buttonClass('primary')}>
                Drop all limits
              </NavLink>
            )}
            {limits.map(({ name, without }) => (
              <NavLink
                key={name}
                href={screenHref(screen, without)}
                className={buttonClass(limits.length > 1 ? 'plain' : 'primary')}
              >
                Drop {name}
              </NavLink>
            ))}
          </div>
        </>
      )}
      {hidden.events > 0 && (
        <>
          <p>
            {countOf(hidden.stacks, 'stack')} with {countOf(hidden.events, 'event')} are hidden by{' '}
            {countOf(hidden.dispositions, 'disposition')}.
          </p>
          <NavLink href={screenHref(screen, { dispositions: null })} className={buttonClass('plain')}>
            Show what is hidden
          </NavLink>
        </>
      )}
    </State>
  )
}
