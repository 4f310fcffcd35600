import { stateLooks } from '#components/table/states.ts'
import type { RuleNames } from '#components/table/table-context.ts'
import { cx } from '#components/ui/class.ts'
import { Hint } from '#components/ui/hint.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { HostSummary, RuleState, RuleStateRow } from '#lib/model/rows.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { countOf } from '#lib/text/number.ts'

const known: RuleState[] = ['block', 'audit', 'warn', 'off']
/** What a mode means on a host, if it is not what its events are called. */
const notes: Partial<Record<RuleState, string>> = {
  warn: 'Warn: users can override it. A warning is logged as 1121, as a block is.',
}

type Props = { states: HostSummary['ruleStates']; names: RuleNames; screen: Screen }

/** The rules of the lookup by the mode in which each was last seen on the host. A rule narrows the tables to it. */
export function RuleGroups({ states, names, screen }: Props) {
  const of = (state: RuleState) => states.filter((rule) => rule.state === state)
  const unknown = of('unknown')
  const chip = (rule: RuleStateRow) => (
    <li key={rule.ID}>
      <RuleLink rule={rule} short={names[rule.ID]?.short ?? rule.ASR_Rule} screen={screen} />
    </li>
  )
  return (
    <section aria-labelledby="rules-by-mode" className="flex flex-wrap items-center gap-x-1 text-12">
      <h3 id="rules-by-mode" className="mr-2 text-dim">
        Rules, by the mode last seen
      </h3>
      {known
        .filter((state) => of(state).length > 0)
        .map((state) => (
          <div key={state} className="contents">
            <StateCount state={state} count={of(state).length} />
            <ul aria-label={stateLooks[state].name} className="contents">
              {of(state).map(chip)}
            </ul>
          </div>
        ))}
      {unknown.length > 0 && (
        <details className="ml-2">
          <summary className="cursor-pointer rounded-sm text-dim">
            {countOf(unknown.length, 'rule')} without event or change
          </summary>
          <ul aria-label={stateLooks.unknown.name} className="flex flex-wrap gap-x-1">
            {unknown.map(chip)}
          </ul>
        </details>
      )}
    </section>
  )
}

function StateCount({ state, count }: { state: RuleState; count: number }) {
  const { name, icon: Icon, ink } = stateLooks[state]
  return (
    <span className={cx('inline-flex items-center gap-1 font-medium whitespace-nowrap', ink)}>
      <Icon aria-hidden className="size-3.5" />
      {name} {count}
    </span>
  )
}

function RuleLink({ rule, short, screen }: { rule: RuleStateRow; short: string; screen: Screen }) {
  const { ID, ASR_Rule, state, count } = rule
  return (
    <Hint text={[`${ASR_Rule}: ${countOf(count, 'event')}.`, notes[state]].filter(Boolean).join(' ')}>
      <NavLink
        href={screenHref(screen, { filters: { ...screen.params.filters, ID: [ID] } })}
        scroll={false}
        className="inline-flex min-h-6 items-center rounded-sm px-1 hover:bg-hover hover:underline"
      >
        {short}
      </NavLink>
    </Hint>
  )
}
