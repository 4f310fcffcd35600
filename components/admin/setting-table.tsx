import { NavLink } from '#components/ui/nav-link.tsx'
import type { Setting } from '#lib/model/administration.ts'
import { auditHref } from '#lib/params/audit.ts'
import { adminPaths, withZone } from '#lib/params/hrefs.ts'
import { dayText } from '#lib/text/time.ts'
import { visibleText } from '#lib/text/visible.ts'
import '#components/table/table.css'

/** The settings, those that are set first. */
export function SettingTable({ settings, tz }: { settings: readonly Setting[]; tz: string }) {
  const isSet = ({ value }: Setting) => value !== null
  const ordered = [...settings.filter(isSet), ...settings.filter((each) => !isSet(each))]
  return (
    // Nothing in it takes the focus: it is scrolled by keyboard itself.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled can be focused.
    <section aria-label="Settings of the server" tabIndex={0} className="min-h-0 flex-1 overflow-auto">
      <table className="rows sm:min-w-[820px]">
        <caption className="sr-only">Settings</caption>
        <thead>
          <tr>
            <th scope="col" className="w-72">
              Setting
            </th>
            <th scope="col" className="w-64">
              Value
            </th>
            <th scope="col">What it is</th>
            <th scope="col" className="w-56">
              Changed
            </th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((setting) => (
            <tr key={setting.name}>
              <td className="phone-title wrap-anywhere">
                <code className="text-12">{setting.name}</code>
              </td>
              <td className="phone-line wrap-anywhere" data-name="Value">
                <Value setting={setting} />
              </td>
              <td className="phone-line whitespace-normal" data-name="What it is">
                {setting.meaning}
              </td>
              <td className="phone-line" data-name="Changed">
                <Changed setting={setting} tz={tz} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Value({ setting: { value, usual } }: { setting: Setting }) {
  if (value !== null) return <code className="text-12 font-semibold">{visibleText(value)}</code>
  if (usual === null) return <span className="text-dim">not set</span>
  return (
    <span className="text-dim">
      <code className="text-12">{usual}</code> by default
    </span>
  )
}

function Changed({ setting: { name, before, changedAt }, tz }: { setting: Setting; tz: string }) {
  if (changedAt === null) return <span className="text-dim">never</span>
  const href = auditHref(withZone(adminPaths.audit, tz), { action: 'setting-changed', subject: name })
  return (
    <NavLink href={href} className="rounded-sm text-12 wrap-anywhere hover:text-accent hover:underline">
      {dayText(changedAt, tz)}
      <span className="text-dim"> before: {before === null ? 'not set' : visibleText(before)}</span>
    </NavLink>
  )
}
