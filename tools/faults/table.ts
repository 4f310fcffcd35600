import { brokenBars, type Row } from './run.ts'

const duration = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`)

/** The longest of each figure, and the bars that are broken. */
function worst(row: Row): string {
  if (row.skipped !== null) return `skipped: ${row.skipped}`
  const longest = new Map<string, number>()
  for (const { of, ms } of row.figures) longest.set(of, Math.max(ms, longest.get(of) ?? 0))
  return [...[...longest].map(([of, ms]) => `${of} ${duration(ms)}`), ...brokenBars(row)].join(', ')
}

/** The rows as a table of Markdown. */
export function table(rows: Row[]): string {
  const cells = rows.map((row) => [
    row.kind,
    row.what,
    String(row.survived + row.failed),
    String(row.survived),
    worst(row),
  ])
  const head = ['kind', 'what was tried', 'times', 'survived', 'worst figure']
  const widths = head.map((name, column) => Math.max(...[head, ...cells].map((row) => (row[column] ?? name).length)))
  const line = (row: string[]) =>
    `| ${row.map((cell, column) => (column === 2 || column === 3 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join(' | ')} |`
  const rule = `| ${widths.map((width, column) => (column === 2 || column === 3 ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`
  return [line(head), rule, ...cells.map(line)].join('\n')
}
