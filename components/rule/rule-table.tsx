import { CircleQuestionMark } from 'lucide-react'
import { Counted } from '#components/table/cells/counted.tsx'
import { GuidCell } from '#components/table/cells/guid-cell.tsx'
import { TimeCell } from '#components/table/cells/time-cell.tsx'
import { KeyedBody } from '#components/table/keyed-body.tsx'
import { type PlainColumn, PlainHead } from '#components/table/plain-head.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { RuleRow } from '#lib/model/rows.ts'
import { type CountedOf, ruleHref } from '#lib/params/hrefs.ts'
import type { Screen } from '#lib/params/screen.ts'

const columns: PlainColumn[] = [
  { name: 'ASR_Rule', width: 'w-auto' },
  { name: 'ID', width: 'w-26' },
  { name: 'events', width: 'w-22', align: 'end' },
  { name: 'blocked', width: 'w-20', align: 'end' },
  { name: 'audited', width: 'w-20', align: 'end' },
  { name: 'overridden', width: 'w-26', align: 'end' },
  { name: 'changed', width: 'w-22', align: 'end' },
  { name: 'dests', width: 'w-18', align: 'end' },
  { name: 'firstTime', width: 'w-40', isTime: true },
  { name: 'lastTime', width: 'w-40', isTime: true },
]
const figures: ['events' | 'blocked' | 'audited' | 'overridden' | 'changed' | 'dests', CountedOf][] = [
  ['events', 'events'],
  ['blocked', 'block'],
  ['audited', 'audit'],
  ['overridden', 'override'],
  ['changed', 'configuration'],
  ['dests', 'hosts'],
]

/** Every rule of the lookup, fired or not, and every other GUID that fired. */
export function RuleTable({ screen, rows }: { screen: Screen; rows: RuleRow[] }) {
  const { tz } = screen.params
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <table className="rows sm:min-w-[1180px]">
        <caption className="sr-only">Rules</caption>
        <PlainHead screen={screen} columns={columns} />
        <KeyedBody>
          {rows.map((rule, index) => (
            <tr key={rule.ID} tabIndex={index === 0 ? 0 : -1}>
              <td className="phone-title">
                <NavLink
                  href={ruleHref(rule.ID, screen.params)}
                  className="flex w-fit max-w-full items-center gap-1 rounded-sm font-medium hover:text-accent hover:underline"
                >
                  {!rule.known && <CircleQuestionMark aria-hidden className="size-3.5 shrink-0 text-other-ink" />}
                  <span className="truncate">{rule.known ? rule.ASR_Rule : 'Unknown rule'}</span>
                </NavLink>
              </td>
              <td data-name="ID" className="phone-line">
                <GuidCell guid={rule.ID} />
              </td>
              {figures.map(([name, of]) => (
                <td key={name} data-name={name} className={name === 'events' ? 'end phone-figure' : 'end phone-line'}>
                  <Counted
                    value={rule[name]}
                    row={{ field: 'ID', value: rule.ID }}
                    of={of}
                    params={screen.params}
                    name={name}
                  />
                </td>
              ))}
              <td data-name="firstTime">{rule.firstTime !== null && <TimeCell time={rule.firstTime} tz={tz} />}</td>
              <td data-name="lastTime" className="phone-line">
                {rule.lastTime !== null && <TimeCell time={rule.lastTime} tz={tz} />}
              </td>
            </tr>
          ))}
        </KeyedBody>
      </table>
    </div>
  )
}
