import type { UploadProgress } from '#lib/model/receipt.ts'

/** One file on its way: what has been sent of it and what the server has made of it so far. */
export type Sending = {
  id: string
  name: string
  /** Null for the sample fleet, which the server makes itself. */
  file: File | null
  /** Bytes of the file; null if nobody knows before it is read. */
  size: number | null
  /** Files that were given together have the same number, later ones a higher one. */
  batch: number
  tz: string
  /** The default host of records that name none; '' if none was given. */
  dest: string
  state: 'waiting' | 'sending' | 'done' | 'failed' | 'cancelled'
  /** Bytes that have left the browser. */
  sent: number
  /** When sending began, by `performance.now()`. */
  startedAt: number
  receipt: UploadProgress | null
  error: string | null
}

export const isUnderWay = ({ state }: Pick<Sending, 'state'>): boolean => state === 'waiting' || state === 'sending'

const place = ({ state }: Sending): number => (state === 'sending' ? 0 : state === 'waiting' ? 1 : 2)

/** The order in which files are listed: those being read, those that wait, those that have ended; of each the newest batch first. */
export const inOrder = (sendings: readonly Sending[]): Sending[] =>
  sendings.toSorted((a, b) => place(a) - place(b) || b.batch - a.batch)
