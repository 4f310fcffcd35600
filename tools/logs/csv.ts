/** A row of CSV as RFC 4180 has it; `isQuoted` puts every cell in quotes, as PowerShell does. */
export function csvRow(cells: readonly string[], delimiter = ',', isQuoted = false): string {
  const written = cells.map((cell) =>
    isQuoted || /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell,
  )
  return `${written.join(delimiter)}\r\n`
}

/** A table from objects, the columns being those of the first. */
export function csvTable(rows: readonly Record<string, string>[], delimiter = ',', isQuoted = false): string {
  const columns = Object.keys(rows[0] ?? {})
  const head = csvRow(columns, delimiter, isQuoted)
  return (
    head +
    rows
      .map((row) =>
        csvRow(
          columns.map((column) => row[column] ?? ''),
          delimiter,
          isQuoted,
        ),
      )
      .join('')
  )
}
