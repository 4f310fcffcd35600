'use client'
import { ScoreLegend } from '#components/chart/score-legend.tsx'
import { KeyedBody } from '#components/table/keyed-body.tsx'
import { ariaSort, SortLink } from '#components/table/sort-link.tsx'
import type { Screen } from '#lib/params/screen.ts'
import { type RankedObject, RankedRow } from './risk-row.tsx'
import '#components/table/table.css'

const columns: { column: string; label?: string; width: string; end?: boolean }[] = [
  { column: 'normalized_risk_object', label: 'dest', width: 'w-72' },
  { column: 'score', width: 'w-20', end: true },
  { column: 'byDetection', label: 'by detection', width: '' },
  { column: 'byDay', label: 'by day', width: 'w-30' },
  { column: 'previousScore', label: 'vs 7 days before', width: 'w-32', end: true },
  { column: 'score24h', label: 'last 24 h, line at 100', width: 'w-44' },
  { column: 'count', width: 'w-18', end: true },
  { column: 'lastTime', width: 'w-40' },
]

/** Risk objects ranked by score, with where the score comes from, on which days, and how it compares with the threshold. */
export function RiskTable({ rows, screen }: { rows: RankedObject[]; screen: Screen }) {
  const most = Math.max(...rows.map(({ score }) => score))
  const mostOfDay = Math.max(...rows.flatMap(({ byDay }) => byDay))
  return (
    <table className="rows min-w-[1180px] max-sm:min-w-0">
      <caption className="sr-only">Risk objects by score</caption>
      <thead>
        <tr>
          {columns.map(({ column, label, width, end }) => (
            <th key={column} scope="col" aria-sort={ariaSort(screen, column)} className={end ? `end ${width}` : width}>
              {column === 'byDetection' ? (
                <span className="flex gap-4">
                  {label} <ScoreLegend />
                </span>
              ) : (
                <SortLink
                  screen={screen}
                  column={column}
                  label={label}
                  align={end ? 'end' : undefined}
                  note={column === 'lastTime' ? screen.params.tz : undefined}
                />
              )}
            </th>
          ))}
        </tr>
      </thead>
      <KeyedBody>
        {rows.map((row, index) => (
          <RankedRow
            key={row.normalized_risk_object}
            row={row}
            params={screen.params}
            most={most}
            mostOfDay={mostOfDay}
            isFirst={index === 0}
          />
        ))}
      </KeyedBody>
    </table>
  )
}
