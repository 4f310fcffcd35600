'use client'
import { X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type SubmitEvent, useId } from 'react'
import { Button, iconButtonClass } from '#components/ui/button.tsx'
import { cx } from '#components/ui/class.ts'
import { fieldClass } from '#components/ui/field.ts'
import { Hint } from '#components/ui/hint.tsx'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import { type Screen, screenHref } from '#lib/params/screen.ts'

/** What a hunt calls rare unless it says otherwise. */
export const usualLimits = { maxHosts: 1, maxEvents: 3, maxShare: 1 }

const fields = [
  { name: 'maxHosts', unit: 'hosts', most: 1_000_000_000, step: 1 },
  { name: 'maxEvents', unit: 'events', most: 1_000_000_000, step: 1 },
  { name: 'maxShare', unit: '% of hosts', most: 100, step: 'any' },
] as const
const ratioField = { name: 'minRatio', unit: 'ratio', most: 999_999_999, step: 'any' } as const

/** The limits of the stacks that are shown, each to be changed in its place. Without a script the form is sent as it is. */
export function LimitsForm({ screen }: { screen: Screen }) {
  const router = useRouter()
  const { params } = screen
  // A ratio is one to before: without a comparison there is none.
  const asked = params.since === null ? fields : [...fields, ratioField]
  const isLimited = asked.some(({ name }) => params[name] !== null)
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const limits = asked.map(({ name }) => {
      const text = String(form.get(name)).trim()
      return [name, text === '' ? null : Number(text)]
    })
    router.push(screenHref(screen, Object.fromEntries(limits)), { scroll: false })
  }
  const others = new URLSearchParams(
    screenHref(screen, Object.fromEntries(asked.map(({ name }) => [name, null]))).split('?')[1],
  )
  return (
    <form action={screen.path} onSubmit={submit} className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <span className="text-dim">Only</span>
      {[...others].map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      {asked.map((field) => (
        <Limit key={field.name} screen={screen} {...field} />
      ))}
      <Button type="submit" look="quiet" className={cx('h-6 text-12', !isLimited && 'max-sm:hidden')}>
        Apply
      </Button>
      {!isLimited && (
        <NavLink href={screenHref(screen, usualLimits)} scroll={false} className={linkClass}>
          rare: ≤ 1 host, ≤ 3 events, ≤ 1 %
        </NavLink>
      )}
    </form>
  )
}

const ratioWords =
  'Events a day since, for each event a day before. Stacks without events before have no ratio and are left out: see New.'

type LimitProps = { screen: Screen } & ((typeof fields)[number] | typeof ratioField)

function Limit({ screen, name, unit, most, step }: LimitProps) {
  const id = useId()
  const value = screen.params[name]
  const isRatio = name === 'minRatio'
  const box = (
    <input
      id={id}
      name={name}
      type="number"
      min={0}
      max={most}
      step={step}
      defaultValue={value ?? ''}
      className={cx(fieldClass, 'h-6 w-12 px-1 text-end font-mono text-12')}
    />
  )
  return (
    <span className={cx('flex items-center gap-1 rounded px-1', value === null ? 'max-sm:hidden' : 'bg-accent-soft')}>
      <label htmlFor={id} className="flex items-center gap-1">
        {isRatio && unit}
        <span aria-hidden className="text-dim">
          {isRatio ? '≥' : '≤'}
        </span>
        <span className="sr-only">{isRatio ? 'at least' : 'At most'}</span>
        {isRatio ? <Hint text={ratioWords}>{box}</Hint> : box}
        {!isRatio && unit}
      </label>
      {value !== null && (
        <Hint text="Drop this limit">
          <NavLink
            href={screenHref(screen, { [name]: null })}
            scroll={false}
            aria-label={`Drop the limit on ${unit}`}
            className={iconButtonClass('h-6 w-6 [&_svg]:size-3.5')}
          >
            <X aria-hidden />
          </NavLink>
        </Hint>
      )}
    </span>
  )
}
