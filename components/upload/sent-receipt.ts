import type { Receipt } from '#lib/model/rows.ts'

/** A receipt as the API writes it: its times are ISO 8601 texts. */
export type SentReceipt = Omit<Receipt, 'firstTime' | 'lastTime' | 'createdAt' | 'finishedAt'> & {
  firstTime: string | null
  lastTime: string | null
  createdAt: string
  finishedAt: string | null
  /** What it waits for if it is not read at the moment; not in the receipt of an upload that has ended. */
  waitsFor?: string | null
}

/** Records of other codes and channels: counted, not stored. */
export const otherRecords = ({ otherCodes }: Pick<Receipt, 'otherCodes'>): number =>
  Object.values(otherCodes).reduce((sum, count) => sum + count, 0)

/** The message of an API answer that is not the receipt, or null where it has none. */
export function errorMessage(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return null
  const { error } = answer
  if (typeof error !== 'object' || error === null || !('message' in error)) return null
  const detail = 'detail' in error && typeof error.detail === 'string' ? ` ${error.detail}` : ''
  return `${error.message}${detail}`
}
