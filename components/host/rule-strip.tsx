'use client'
import { stateLooks } from '#components/table/states.ts'
import { cx } from '#components/ui/class.ts'
import { Hint } from '#components/ui/hint.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { HostSummary, RuleState } from '#lib/model/rows.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { countOf } from '#lib/text/number.ts'

const order: RuleState[] = ['block', 'audit', 'warn', 'off', 'unknown']

type Props = { states: HostSummary['ruleStates']; screen: Screen }

/** A square for each rule of the lookup: how it last showed on the host. A square narrows the tables to its rule. */
export function RuleStrip({ states, screen }: Props) {
  const sums = order.map((state) => ({ state, count: states.filter((rule) => rule.state === state).length }))
  return (
    <div className="flex flex-col gap-1.5">
      <h3 className="text-12 text-dim">Rules, by how each last showed</h3>
      <ul aria-label="Rules" className="flex flex-wrap gap-1">
        {states.map((rule) => (
          <li key={rule.ID}>
            <RuleSquare rule={rule} screen={screen} />
          </li>
        ))}
      </ul>
      <ul aria-label="Rules by state" className="flex flex-wrap gap-x-3 gap-y-1 text-12">
        {sums.map(({ state, count }) => {
          const { name, icon: Icon, ink } = stateLooks[state]
          return (
            <li key={state} className={cx('flex items-center gap-1', count === 0 ? 'text-dim' : ink)}>
              <Icon aria-hidden className="size-3.5" />
              {count} {name}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function RuleSquare({ rule, screen }: { rule: HostSummary['ruleStates'][number]; screen: Screen }) {
  const { name, icon: Icon, ink, soft } = stateLooks[rule.state]
  const words = `${rule.ASR_Rule}: ${name}, ${countOf(rule.count, 'event')}`
  return (
    <Hint text={words}>
      <NavLink
        href={screenHref(screen, { filters: { ...screen.params.filters, ID: [rule.ID] } })}
        scroll={false}
        aria-label={words}
        className={cx('flex size-6 items-center justify-center rounded-sm', ink, soft)}
      >
        <Icon aria-hidden className="size-3.5" />
      </NavLink>
    </Hint>
  )
}
