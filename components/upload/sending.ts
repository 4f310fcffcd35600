import type { UploadProgress } from '#lib/model/receipt.ts'

/** One file on its way: what has been sent of it and what the server has made of it so far. */
export type Sending = {
  id: string
  file: File
  tz: string
  /** The host of records that name none; '' where none was given. */
  dest: string
  state: 'waiting' | 'sending' | 'done' | 'failed' | 'cancelled'
  /** Bytes that have left the browser. */
  sent: number
  /** When sending began, by `performance.now()`. */
  startedAt: number
  receipt: UploadProgress | null
  error: string | null
}
