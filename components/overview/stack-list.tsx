import type { ReactNode } from 'react'
import { ModeTag } from '#components/table/cells/mode-tag.tsx'
import { RuleName } from '#components/table/cells/rule-name.tsx'
import { meaningOf } from '#components/table/modes.ts'
import type { RuleNames } from '#components/table/table-context.ts'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { FleetStack } from '#lib/model/rows.ts'
import { fleetStackHref, rulePath, withZone } from '#lib/params/hrefs.ts'
import { countOf, countText } from '#lib/text/number.ts'
import { ProcessAndPath } from './process-and-path.tsx'
import '#components/table/table.css'

type Props = { stacks: FleetStack[]; rules: RuleNames; tz: string; caption: string; empty: ReactNode }

/** A few stacks of the fleet: rule, process and path, and on how many dests how often. */
export function StackList({ stacks, rules, tz, caption, empty }: Props) {
  if (stacks.length === 0) return <p className="border-t border-line px-4 py-3 text-dim">{empty}</p>
  return (
    <table className="rows border-t border-line">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col" className="w-42">
            ASR_Rule
          </th>
          <th scope="col">Process_Name → Path</th>
          <th scope="col" className="w-24">
            Mode
          </th>
          <th scope="col" className="end w-16">
            dests
          </th>
          <th scope="col" className="end w-20">
            count
          </th>
        </tr>
      </thead>
      <tbody>
        {stacks.map((stack) => (
          <tr key={`${stack.ID} ${stack.Process_Name} ${stack.Path} ${stack.EventCode}`}>
            <td className="phone-title">
              <RuleName
                id={stack.ID}
                name={stack.ASR_Rule}
                short={rules[stack.ID]?.short}
                href={withZone(rulePath(stack.ID), tz)}
              />
            </td>
            <td className="phone-line" data-name="Process → Path">
              <ProcessAndPath process={stack.Process_Name} path={stack.Path} />
            </td>
            <td className="phone-line" data-name="Mode">
              <ModeTag meaning={meaningOf(stack.EventCode)} />
            </td>
            <td className="phone-line sm:text-end" data-name="dests">
              <Figure
                href={fleetStackHref(stack, 'hosts', tz)}
                value={stack.dests}
                name={countOf(stack.dests, 'dest')}
              />
            </td>
            <td className="end phone-figure">
              <Figure
                href={fleetStackHref(stack, 'stacking', tz)}
                value={stack.count}
                name={countOf(stack.count, 'event')}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Figure({ href, value, name }: { href: string; value: number; name: string }) {
  return (
    <NavLink
      href={href}
      aria-label={name}
      className="figures inline-block min-w-6 rounded-sm hover:text-accent hover:underline sm:text-end"
    >
      {countText(value)}
    </NavLink>
  )
}
