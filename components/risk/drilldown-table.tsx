import { Logged } from '#components/table/cells/logged.tsx'
import { TimeCell } from '#components/table/cells/time-cell.tsx'
import { ariaSort, SortLink } from '#components/table/sort-link.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { type RiskRow, riskRow } from '#lib/model/risk.ts'
import { time } from '#lib/model/schema.ts'
import { hostRiskHref } from '#lib/params/hrefs.ts'
import type { Screen } from '#lib/params/screen.ts'
import { countText } from '#lib/text/number.ts'
import '#components/table/table.css'

const listColumns = ['Search Name', 'Risk Message', 'Analytic Stories', 'Annotations', 'ATT&CK Tactics'] as const

const columns: { column: keyof RiskRow; width: string; end?: boolean }[] = [
  { column: 'normalized_risk_object', width: 'w-48' },
  { column: 'count', width: 'w-18', end: true },
  { column: 'firstTime', width: 'w-40' },
  { column: 'lastTime', width: 'w-40' },
  { column: 'Search Name', width: 'w-72' },
  { column: 'Risk Message', width: '' },
  { column: 'Analytic Stories', width: 'w-60' },
  { column: 'Annotations', width: 'w-28' },
  { column: 'ATT&CK Tactics', width: 'w-36' },
]

/** The ranking with the columns of *View risk events for the last 7 days for - "$dest$"*, by their own names. */
export function DrilldownTable({ rows, screen }: { rows: RiskRow[]; screen: Screen }) {
  const { tz } = screen.params
  return (
    <table className="rows min-w-[1720px] max-sm:min-w-0">
      <caption className="sr-only">Risk events by risk object</caption>
      <thead>
        <tr>
          {columns.map(({ column, width, end }) => (
            <th key={column} scope="col" aria-sort={ariaSort(screen, column)} className={end ? `end ${width}` : width}>
              <SortLink
                screen={screen}
                column={column}
                align={end ? 'end' : undefined}
                note={riskRow.shape[column] === time ? tz : undefined}
              />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.normalized_risk_object}>
            <td className="phone-title">
              <NavLink
                href={hostRiskHref(row.normalized_risk_object, screen.params)}
                className="block w-fit max-w-full truncate rounded-sm font-medium hover:text-accent hover:underline"
              >
                <Logged text={row.normalized_risk_object} />
              </NavLink>
            </td>
            <td className="figures end phone-figure">{countText(row.count)}</td>
            <td className="phone-line" data-name="firstTime">
              <TimeCell time={row.firstTime} tz={tz} />
            </td>
            <td className="phone-line" data-name="lastTime">
              <TimeCell time={row.lastTime} tz={tz} />
            </td>
            {listColumns.map((column) => (
              <td key={column} className="phone-line" data-name={column}>
                <ul>
                  {row[column].map((value) => (
                    <li key={value} className="wrap-anywhere">
                      <Logged text={value} />
                    </li>
                  ))}
                </ul>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
