import { ArrowLeft, ArrowRight, X, ZoomIn, ZoomOut } from 'lucide-react'
import type { ReactNode } from 'react'
import { iconButtonClass } from '#components/ui/button.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { moved, nextStep, without, withStep } from '#lib/hunting/by.ts'
import { type By, hasLadder } from '#lib/hunting/definition.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { AddField, PresetMenu } from './builder-menus.tsx'
import { stepWords } from './words.ts'

/** The fields that stacks are formed by, in order: each can be moved, removed, and made coarser or finer. All of it is links. */
export function StackBuilder({ screen }: { screen: Screen }) {
  const { by } = screen.params
  return (
    <section
      aria-label="Stack by"
      className="flex min-h-9 shrink-0 flex-wrap items-center gap-1 border-b border-line px-3 py-1 sm:px-4"
    >
      <PresetMenu screen={screen} />
      <ol aria-label="Fields" className="contents">
        {by.map((field, place) => (
          <Field key={field.column} screen={screen} field={field} place={place} />
        ))}
      </ol>
      <AddField screen={screen} />
    </section>
  )
}

function Field({ screen, field, place }: { screen: Screen; field: By; place: number }) {
  const { by } = screen.params
  const { column, step } = field
  const to = (next: readonly By[]) => screenHref(screen, { by: next })
  const [finer, coarser] = [nextStep(field, 'finer'), nextStep(field, 'coarser')]
  return (
    <li className="flex max-w-full min-h-7 flex-wrap items-center rounded bg-accent-soft text-12">
      {place > 0 && (
        <Change href={to(moved(by, place, place - 1))} label={`Move ${column} to the left`} icon={<ArrowLeft />} />
      )}
      <span className="px-1.5 font-mono">{column}</span>
      {hasLadder(column) && (
        <span className="flex items-center border-x border-line">
          <Change
            href={finer && to(withStep(by, place, finer))}
            label={finer === null ? 'Finest step' : `${column} finer: ${stepWords[finer].name}`}
            icon={<ZoomIn />}
          />
          <Hint text={stepWords[step].meaning}>
            <span className="min-w-18 text-center">{stepWords[step].name}</span>
          </Hint>
          <Change
            href={coarser && to(withStep(by, place, coarser))}
            label={coarser === null ? 'Coarsest step' : `${column} coarser: ${stepWords[coarser].name}`}
            icon={<ZoomOut />}
          />
        </span>
      )}
      {place < by.length - 1 && (
        <Change href={to(moved(by, place, place + 1))} label={`Move ${column} to the right`} icon={<ArrowRight />} />
      )}
      {by.length > 1 && <Change href={to(without(by, place))} label={`Remove ${column}`} icon={<X />} />}
    </li>
  )
}

const changeClass = iconButtonClass('h-7 w-6 text-dim [&_svg]:size-3.5')

function Change({ href, label, icon }: { href: string | null; label: string; icon: ReactNode }) {
  if (href === null)
    return (
      <span aria-hidden className={`${changeClass} opacity-40`}>
        {icon}
      </span>
    )
  return (
    <Hint text={label}>
      <NavLink href={href} scroll={false} aria-label={label} className={changeClass}>
        {icon}
      </NavLink>
    </Hint>
  )
}
