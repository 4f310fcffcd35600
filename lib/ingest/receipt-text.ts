import { otherRecords } from '#lib/model/other-records.ts'
import type { ContinuityRow, Receipt } from '#lib/model/rows.ts'

/** What of a receipt is shown in a terminal. */
export type ReceiptCounts = Pick<Receipt, 'format' | 'records' | 'stored' | 'duplicates' | 'otherCodes' | 'rejects'>
/** What of the continuity of a host is shown in a terminal. */
export type ContinuityCounts = Pick<ContinuityRow, 'verdict' | 'missing' | 'silences' | 'clears' | 'clockJumps'>

/** A receipt in one line that adds up, for terminals: nothing in it comes from the log itself. */
export function receiptText({ format, records, stored, duplicates, otherCodes, rejects }: ReceiptCounts): string {
  const parts = `${stored} stored + ${duplicates} duplicates + ${otherRecords({ otherCodes })} other + ${rejects} rejects`
  return `${format}, ${records} records = ${parts}`
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

/** Returns in one line how complete an upload is, and for how many hosts that is unknown. */
export function continuityText(dests: readonly ContinuityCounts[]): string {
  const of = (read: (row: ContinuityCounts) => number | null) =>
    dests.reduce((total, row) => total + (read(row) ?? 0), 0)
  const breaks = [
    [of(({ missing }) => missing), 'record missing', 'records missing'],
    [of(({ silences }) => silences), 'silence of more than 24 h', 'silences of more than 24 h'],
    [of(({ clears }) => clears), 'cleared log', 'cleared logs'],
    [of(({ clockJumps }) => clockJumps), 'clock set back', 'clocks set back'],
  ] as const
  const found = breaks.filter(([count]) => count > 0).map(([count, one, many]) => counted(count, one, many))
  const unknown = dests.filter(({ verdict }) => verdict !== 'unbroken').length
  const known = found.length === 0 && unknown < dests.length ? ['nothing missing between first and last record'] : found
  return [counted(dests.length, 'host'), ...known, ...(unknown > 0 ? [`gaps unknown for ${unknown}`] : [])].join(', ')
}
