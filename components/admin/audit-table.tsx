import { ArrowRight } from 'lucide-react'
import { TimeCell } from '#components/table/cells/time-cell.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { AuditRow } from '#lib/model/access.ts'
import { auditHref } from '#lib/params/audit.ts'
import { adminPaths, withZone } from '#lib/params/hrefs.ts'
import { visibleText } from '#lib/text/visible.ts'
import { actionWords, type ChangedValue, changedValues, kindWords } from './audit-words.ts'
import '#components/table/table.css'

const cellLink = 'rounded-sm hover:text-accent hover:underline'

/** Rows of the audit log, the newest first. A name or an action leads to the rows that have it. */
export function AuditTable({ rows, tz }: { rows: readonly AuditRow[]; tz: string }) {
  const only = (asked: Parameters<typeof auditHref>[1]) => auditHref(withZone(adminPaths.audit, tz), asked)
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <table className="rows sm:min-w-[900px]">
        <caption className="sr-only">Audit log</caption>
        <thead>
          <tr>
            <th scope="col" className="w-42">
              Time {tz}
            </th>
            <th scope="col" className="w-44">
              Who
            </th>
            <th scope="col" className="w-36">
              From
            </th>
            <th scope="col" className="w-48">
              Did
            </th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.seq}>
              <td className="phone-figure font-normal!">
                <TimeCell time={row.at} tz={tz} />
              </td>
              <td className="phone-title wrap-anywhere">
                <NavLink href={only({ actor: row.actor.name })} className={`font-medium ${cellLink}`}>
                  {visibleText(row.actor.name)}
                </NavLink>
                <span className="block text-12 font-normal text-dim">{kindWords[row.actor.kind]}</span>
              </td>
              <td className="phone-line wrap-anywhere" data-name="From">
                <span className="figures text-12">
                  {row.address === null ? 'this machine' : visibleText(row.address)}
                </span>
              </td>
              <td className="phone-line" data-name="Did">
                <NavLink href={only({ action: row.action })} className={`w-fit ${cellLink}`}>
                  {actionWords[row.action]}
                </NavLink>
              </td>
              <td className="phone-line" data-name="What">
                <What row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function What({ row }: { row: AuditRow }) {
  const values = changedValues(row)
  return (
    <div className="min-w-0 text-12 whitespace-normal">
      {values.length > 0 && (
        <ul className="flex flex-wrap gap-x-3">
          {values.map((value) => (
            <Value key={value.name} {...value} isChange={row.before !== null && row.after !== null} />
          ))}
        </ul>
      )}
      <p className="figures wrap-anywhere text-dim">
        {[row.subject, row.request]
          .filter((text) => text !== null)
          .map(visibleText)
          .join(' · ')}
      </p>
    </div>
  )
}

function Value({ name, before, after, isChange }: ChangedValue & { isChange: boolean }) {
  const isSame = !isChange || before === after
  return (
    <li className="wrap-anywhere">
      <span className="text-dim">{name}</span> {visibleText((isSame ? (after ?? before) : before) ?? 'none')}
      {!isSame && (
        <>
          {' '}
          <ArrowRight aria-label="became" role="img" className="inline size-3 text-dim" />{' '}
          <strong className="font-medium">{visibleText(after ?? 'none')}</strong>
        </>
      )}
    </li>
  )
}
