import { Eraser, type LucideIcon, MoonStar, PowerOff, ShieldAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { HostText } from '#components/table/cells/host-text.tsx'
import { changeOf } from '#components/table/changes.ts'
import type { RuleNames } from '#components/table/table-context.ts'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import type { DetectionRow, HostBreak, Overview } from '#lib/model/rows.ts'
import { continuityHref, tableHref } from '#lib/params/hrefs.ts'
import type { Params } from '#lib/params/params.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { sentenceText } from '#lib/text/change.ts'
import { countText } from '#lib/text/number.ts'
import { lengthText, timeText } from '#lib/text/time.ts'
import { visibleText } from '#lib/text/visible.ts'
import { rowClass, rowLinkClass } from './row-list.tsx'

export const breakTitles = {
  cleared: 'Logs cleared',
  stopped: 'Hosts without new records',
  silence: 'Silences within logs',
}
export type ShownBreak = keyof typeof breakTitles

type Row = { key: string; href: string; dest: string; time: number; words: string }
type Props = {
  warnings: Overview['warnings']
  rules: RuleNames
  screen: Screen
  /** The range of the page, for the tables that show all. */
  range: Partial<Params>
}

/** What lowered protection in the range, and where the records of hosts end: the latest of each, and how many there are. */
export function WarningLists({ warnings: { disabled, weakened, cleared, stopped }, rules, screen, range }: Props) {
  const { tz } = screen.params
  const all = (show: string) => screenHref(screen, {}, { show })
  return (
    <section aria-label="Lowered protection and missing records" className="border-y border-line">
      <ul className="grid grid-cols-1 gap-px bg-line sm:grid-cols-2 xl:grid-cols-4">
        <List
          icon={PowerOff}
          name="Rules disabled"
          total={disabled.total}
          all={tableHref('disabled', range)}
          rows={disabled.rows.map((row) => changeRow(row, 'disabled', rules, tz))}
          tz={tz}
        />
        <List
          icon={ShieldAlert}
          name="Protection weakened"
          total={weakened.total}
          all={tableHref('registry', { ...range, weakened: 1 })}
          rows={weakened.rows.map((row) => changeRow(row, 'registry', rules, tz))}
          tz={tz}
        />
        <List
          icon={Eraser}
          name={breakTitles.cleared}
          total={cleared.total}
          all={all('cleared')}
          rows={cleared.rows.map((row) => breakRow(row, 'cleared', tz))}
          tz={tz}
        />
        <List
          icon={MoonStar}
          name={breakTitles.stopped}
          total={stopped.total}
          all={all('stopped')}
          rows={stopped.rows.map((row) => breakRow(row, 'stopped', tz))}
          tz={tz}
        />
      </ul>
      {/* They are not counted here: hosts that are off at weekends have many. */}
      <p className="border-t border-line px-4 py-1 text-right text-12">
        <NavLink href={all('silence')} className={linkClass}>
          Silences of more than a day within logs
        </NavLink>
      </p>
    </section>
  )
}

function changeRow(row: DetectionRow, table: 'registry' | 'disabled', rules: RuleNames, tz: string): Row {
  const { stack, dest, lastTime } = row
  return {
    ...{ key: stack, dest, time: lastTime, href: tableHref(table, { stack, tz }) },
    words: sentenceText(changeOf(row, rules)),
  }
}

/** A break in the records of a host as a row of warnings, with the list of its upload that shows it. */
export function breakRow({ dest, time, until, upload }: HostBreak, kind: ShownBreak, tz: string): Row {
  const show = kind === 'stopped' ? ('dests' as const) : ('breaks' as const)
  return {
    ...{ key: `${dest} ${time} ${until}`, dest, time, href: continuityHref(upload, tz, { show, dest }) },
    words:
      kind === 'cleared'
        ? 'Record numbers start again'
        : `No record for ${lengthText(until - time)}${kind === 'stopped' ? ', to the end of its log' : ''}`,
  }
}

type ListProps = { icon: LucideIcon; name: string; total: number; all: string; rows: Row[]; tz: string }

function List({ icon: Icon, name, total, all, rows, tz }: ListProps) {
  return (
    <li className="bg-ground">
      <div className="flex items-center gap-1.5 px-4 pt-2 pb-1 text-12">
        <Icon aria-hidden className={`size-3.5 ${total > 0 ? 'text-configuration-ink' : 'text-dim'}`} />
        <h2 className={total > 0 ? 'font-semibold' : 'text-dim'}>{name}</h2>
        <span className="figures text-dim">{total > 0 && countText(total)}</span>
        {total > 0 ? (
          <NavLink href={all} className={`ml-auto ${linkClass}`}>
            Show all<span className="sr-only"> {name.toLowerCase()}</span>
          </NavLink>
        ) : (
          <span className="ml-auto text-dim">none</span>
        )}
      </div>
      <WarningRows rows={rows} tz={tz} label={name} />
    </li>
  )
}

/** Rows of warnings, each a link to what shows it. */
export function WarningRows({ rows, tz, label }: { rows: Row[]; tz: string; label: string }): ReactNode {
  if (rows.length === 0) return null
  return (
    <ol aria-label={label} className="text-12 leading-5">
      {rows.map(({ key, href, dest, time, words }) => (
        <li key={key} className={`${rowClass} border-t border-b-0 py-1`}>
          <NavLink data-row href={href} className={`flex min-w-0 items-baseline justify-between gap-3 ${rowLinkClass}`}>
            <span className="flex min-w-0 font-medium">
              <HostText host={dest} />
            </span>
            <span className="figures flex-none text-dim">{timeText(time, tz).slice(0, 16)}</span>
          </NavLink>
          <p className="truncate text-dim">{visibleText(words)}</p>
        </li>
      ))}
    </ol>
  )
}
