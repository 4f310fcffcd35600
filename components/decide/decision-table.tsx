import { Flag } from 'lucide-react'
import { Count } from '#components/table/cells/count.tsx'
import { TimeCell } from '#components/table/cells/time-cell.tsx'
import { dispositions } from '#lib/hunting/decision.ts'
import type { ReachedDecision } from '#lib/query/decisions.ts'
import { countText } from '#lib/text/number.ts'
import { dayText } from '#lib/text/time.ts'
import { visibleText } from '#lib/text/visible.ts'
import { DecisionActions } from './decision-actions.tsx'
import { patternText } from './decision-words.ts'

type Props = { rows: readonly ReachedDecision[]; tz: string; now: number }

/** The decisions, each with what it fits now. */
export function DecisionTable({ rows, tz, now }: Props) {
  return (
    <table className="rows sm:min-w-[1100px]">
      <thead>
        <tr>
          <th scope="col" className="w-36">
            Disposition
          </th>
          <th scope="col" className="w-auto">
            What it fits
          </th>
          <th scope="col" className="w-40">
            Scope
          </th>
          <th scope="col" className="w-52">
            Reason
          </th>
          <th scope="col" className="w-40">
            Made {tz}
          </th>
          <th scope="col" className="end w-20">
            stacks
          </th>
          <th scope="col" className="end w-24">
            events
          </th>
          <th scope="col" className="end w-20">
            hosts
          </th>
          <th scope="col" className="w-28">
            <span className="sr-only">Change it</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="phone-title align-top font-medium">
              {dispositions[row.disposition].name}
              <Ending row={row} tz={tz} now={now} />
            </td>
            <td data-name="What it fits" className="phone-line align-top">
              <div className="min-w-0">
                <ul className="font-mono text-12">
                  {row.patterns.map((pattern) => (
                    <li key={pattern.column} className="wrap-anywhere">
                      {patternText(pattern)}
                    </li>
                  ))}
                </ul>
                <Notes row={row} />
              </div>
            </td>
            <td data-name="Scope" className="phone-line align-top wrap-anywhere">
              {row.scope === null
                ? 'every host'
                : [...row.scope.groups, ...row.scope.hosts].map(visibleText).join(', ')}
            </td>
            <td data-name="Reason" className="phone-line align-top wrap-anywhere whitespace-normal">
              {visibleText(row.reason)}
            </td>
            <td data-name="Made" className="phone-line align-top">
              <div className="min-w-0">
                <TimeCell time={row.createdAt} tz={tz} />
                <span className="block text-12 wrap-anywhere text-dim">
                  {visibleText(row.author)}
                  {row.isSigned ? '' : ' (unsigned)'}
                </span>
              </div>
            </td>
            {(['stacks', 'events', 'hosts'] as const).map((name) => (
              <td key={name} data-name={name} className="phone-line end align-top">
                {row.reach === null ? <span className="text-dim">–</span> : <Count value={row.reach[name]} />}
              </td>
            ))}
            <td data-name="Change it" className="phone-line align-top">
              <DecisionActions decision={withoutReach(row)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A decision as it is sent to the browser, without what others say. */
const withoutReach = ({ reach: _, others: __, ...decision }: ReachedDecision) => decision

function Ending({ row: { expiresAt, disposition }, tz, now }: { row: ReachedDecision; tz: string; now: number }) {
  if (expiresAt === null) return null
  const word = expiresAt <= now ? 'expired' : disposition === 'snoozed' ? 'until' : 'expires'
  return <span className="block text-12 font-normal text-dim">{`${word} ${dayText(expiresAt, tz)}`}</span>
}

/** What is odd about a decision: it matches nothing, a newer one counts instead, or others disagree. */
function Notes({ row: { reach, others } }: { row: ReachedDecision }) {
  if (reach === null) return null
  const notes = [
    ...(reach.events === 0 ? ['Matches nothing that is stored.'] : []),
    ...(reach.events > reach.decides
      ? [`For ${countText(reach.events - reach.decides)} of its events a newer decision counts.`]
      : []),
    ...(others.length > 0
      ? [
          `Conflicts with ${others
            .slice(0, 3)
            .map(
              ({ disposition, patterns }) =>
                `${dispositions[disposition].name} (${patterns.map(patternText).join(', ')})`,
            )
            .join('; ')}${others.length > 3 ? ` and ${others.length - 3} more` : ''}.`,
        ]
      : []),
  ]
  return notes.map((note) => (
    <p key={note} className="mt-1 flex gap-1.5 text-12 whitespace-normal wrap-anywhere text-dim">
      <Flag aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      {note}
    </p>
  ))
}
