import { Button, buttonClass } from '#components/ui/button.tsx'
import { fieldClass, labelClass } from '#components/ui/field.ts'
import { NavLink } from '#components/ui/nav-link.tsx'
import { auditActions } from '#lib/model/access.ts'
import type { AuditAsked } from '#lib/params/audit.ts'
import { adminPaths, withZone } from '#lib/params/hrefs.ts'
import { actionWords } from './audit-words.ts'

const dayOf = (time: number | null): string => (time === null ? '' : new Date(time).toISOString().slice(0, 10))

/** The filters of the audit log: a form whose fields are the parameters of the page. It works without JavaScript. */
export function AuditFilters({ asked, tz }: { asked: AuditAsked; tz: string }) {
  const isFiltered = Object.values(asked).some((value) => value !== null)
  return (
    <form
      action={adminPaths.audit}
      className="flex shrink-0 flex-wrap items-end gap-x-3 gap-y-2 border-b border-line px-4 py-2"
    >
      {tz !== 'UTC' && <input type="hidden" name="tz" value={tz} />}
      {asked.subject !== null && <input type="hidden" name="subject" value={asked.subject} />}
      <label className={`${labelClass} max-sm:basis-full`}>
        Who
        <input name="actor" maxLength={100} defaultValue={asked.actor ?? ''} className={fieldClass} />
      </label>
      <label className={`${labelClass} max-sm:basis-full`}>
        Did
        <select name="action" defaultValue={asked.action ?? ''} className={fieldClass}>
          <option value="">anything</option>
          {auditActions.map((action) => (
            <option key={action} value={action}>
              {actionWords[action]}
            </option>
          ))}
        </select>
      </label>
      <label className={`${labelClass} max-sm:flex-1`}>
        From (UTC)
        <input type="date" name="from" defaultValue={dayOf(asked.from)} className={fieldClass} />
      </label>
      <label className={`${labelClass} max-sm:flex-1`}>
        To (UTC)
        <input type="date" name="to" defaultValue={dayOf(asked.to)} className={fieldClass} />
      </label>
      <Button type="submit">Filter</Button>
      {isFiltered && (
        <NavLink href={withZone(adminPaths.audit, tz)} className={buttonClass('quiet')}>
          Clear
        </NavLink>
      )}
    </form>
  )
}
