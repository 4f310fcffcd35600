import type { Receipt } from '#lib/query/rows.ts'

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((total, count) => total + count, 0)

/** A receipt in one line that adds up, for terminals: nothing in it comes from the log itself. */
export function receiptText({ format, records, stored, duplicates, otherCodes, rejects }: Receipt): string {
  const parts = `${stored} stored + ${duplicates} duplicates + ${sum(otherCodes)} other + ${rejects} rejects`
  return `${format}, ${records} records = ${parts}`
}
