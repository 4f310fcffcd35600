import type { ReactNode } from 'react'
import { Count } from '#components/table/cells/count.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import type { Comparison } from '#lib/model/compared.ts'
import type { Receipt } from '#lib/model/rows.ts'
import { continuityHref, uploadPath } from '#lib/params/hrefs.ts'
import { spanText, timeText } from '#lib/text/time.ts'
import { formatName } from '../formats.ts'
import '#components/table/table.css'

type Fact = { name: string; of: (receipt: Receipt, side: 'a' | 'b') => ReactNode }

/** The two receipts side by side. */
export function Sides({ comparison, tz }: { comparison: Comparison; tz: string }) {
  const facts: Fact[] = [
    {
      name: 'File',
      of: ({ id, name }) => (
        <NavLink href={uploadPath(id)} className={`wrap-anywhere ${linkClass}`}>
          <Logged text={name} />
        </NavLink>
      ),
    },
    { name: 'Format', of: ({ format }) => formatName(format) },
    { name: `Uploaded ${tz}`, of: ({ createdAt }) => <span className="figures">{timeText(createdAt, tz)}</span> },
    {
      name: `Events from, to ${tz}`,
      of: ({ firstTime, lastTime }) =>
        firstTime === null || lastTime === null ? (
          <span className="text-dim">no event of ours</span>
        ) : (
          <span className="figures">{spanText(firstTime, lastTime, tz)}</span>
        ),
    },
    { name: 'records', of: ({ records }) => <Count value={records} /> },
    { name: 'events', of: ({ stored, duplicates }) => <Count value={stored + duplicates} /> },
    { name: 'rejects', of: ({ rejects }) => <Count value={rejects} /> },
    {
      name: 'breaks',
      of: ({ id }, side) => (
        <NavLink href={continuityHref(id, tz, { show: 'breaks' })} className={linkClass}>
          <Count value={comparison.breaks[side]} />
        </NavLink>
      ),
    },
  ]
  return (
    <table className="rows max-w-[1200px]">
      <caption className="sr-only">The two uploads</caption>
      <thead>
        <tr>
          <th scope="col" className="w-44">
            <span className="sr-only">What</span>
          </th>
          <th scope="col">A</th>
          <th scope="col">B</th>
        </tr>
      </thead>
      <tbody>
        {facts.map(({ name, of }) => (
          <tr key={name}>
            <td className="phone-title text-dim">{name}</td>
            <td className="phone-line" data-name="A">
              {of(comparison.a, 'a')}
            </td>
            <td className="phone-line" data-name="B">
              {of(comparison.b, 'b')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
