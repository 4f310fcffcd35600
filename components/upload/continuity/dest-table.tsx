import { Count } from '#components/table/cells/count.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { TimeCell } from '#components/table/cells/time-cell.tsx'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import type { ContinuityRow } from '#lib/model/rows.ts'
import { hostHref } from '#lib/params/hrefs.ts'
import { verdictWords } from './words.ts'
import '#components/table/table.css'

const figures = [
  { column: 'records', label: 'records', title: 'All records of the channel' },
  { column: 'events', label: 'events', title: 'Events of the ten codes, duplicates included' },
  { column: 'missing', label: 'missing', title: 'Records that were logged and are not in this file' },
  { column: 'gaps', label: 'gaps', title: 'Gaps in which they are missing' },
  { column: 'silences', label: 'silences', title: 'More than 24 hours without a record' },
  { column: 'clears', label: 'cleared', title: 'How often EventRecordID starts again' },
  { column: 'clockJumps', label: 'clock back', title: 'How often time goes back by a minute or more' },
] as const

type Props = { dests: ContinuityRow[]; tz: string; hrefOf: (dest: string) => string }

/** Each dest of an upload: its span, and how much of its log is not there. */
export function DestTable({ dests, tz, hrefOf }: Props) {
  const hasLogs = dests.some(({ log }) => log !== null)
  return (
    <table className="rows min-w-[1200px] max-sm:min-w-0">
      <caption className="sr-only">Hosts in this upload</caption>
      <thead>
        <tr>
          <th scope="col">dest</th>
          {hasLogs && (
            <th scope="col" className="w-40">
              log
            </th>
          )}
          <th scope="col" className="w-40">
            first record <span className="font-normal text-dim">{tz}</span>
          </th>
          <th scope="col" className="w-40">
            last record <span className="font-normal text-dim">{tz}</span>
          </th>
          {figures.map(({ column, label, title }) => (
            <th key={column} scope="col" className="end w-22" title={title}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {dests.map((row) => (
          <tr key={`${row.log} ${row.dest}`}>
            <td className="phone-title">
              <DestName row={row} tz={tz} />
              {verdictWords[row.verdict] !== null && (
                <p className="text-12 font-normal whitespace-normal text-dim">{verdictWords[row.verdict]}</p>
              )}
            </td>
            {hasLogs && (
              <td className="phone-line wrap-anywhere" data-name="log">
                <Logged text={row.log ?? ''} />
              </td>
            )}
            <td className="phone-line" data-name="first record">
              {row.firstTime !== null && <TimeCell time={row.firstTime} tz={tz} />}
            </td>
            <td className="phone-line" data-name="last record">
              {row.lastTime !== null && <TimeCell time={row.lastTime} tz={tz} />}
            </td>
            {figures.map(({ column, label }) => (
              <td key={column} className="phone-line sm:text-end" data-name={label}>
                <Figure column={column} row={row} href={hrefOf(row.dest)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A host leads to its page if it has one, which is if an event of it was kept. */
function DestName({ row, tz }: { row: ContinuityRow; tz: string }) {
  if (row.events === 0) return <Logged text={row.dest} />
  return (
    <NavLink
      href={hostHref(row.dest, { from: row.firstTime, to: row.lastTime }, tz)}
      className="block w-fit max-w-full truncate rounded-sm font-medium hover:text-accent hover:underline"
    >
      <Logged text={row.dest} />
    </NavLink>
  )
}

type FigureProps = { column: (typeof figures)[number]['column']; row: ContinuityRow; href: string }

/** A figure; one that counts breaks leads to them, and one that is unknown is not shown as zero. */
function Figure({ column, row, href }: FigureProps) {
  const value = row[column]
  const isUnknown = value === null || (row.verdict === 'no-ids' && column !== 'records' && column !== 'events')
  if (isUnknown || value === null) return <span className="text-12 text-dim">unknown</span>
  if (value === 0 || column === 'records' || column === 'events') return <Count value={value} />
  return (
    <NavLink href={href} className={linkClass}>
      <Count value={value} />
    </NavLink>
  )
}
