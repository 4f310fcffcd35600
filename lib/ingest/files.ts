import type { Receipt } from '#lib/model/rows.ts'
import type { ContinuityCounts, ReceiptCounts } from './receipt-text.ts'

/** The logs among those of an archive that could not be read. */
export const failedOf = <Log extends Pick<Receipt, 'state'>>(logs: readonly Log[]): Log[] =>
  logs.filter(({ state }) => state === 'failed')

/** A file to be read as a log. `size` is null if it is not known, as of a pipe. */
export type LogFile = { id: string; path: string; name: string; size: number | null; tz: string; dest?: string }

/** How reading a file ended. */
export type FileEnding =
  | {
      state: 'done'
      receipt: ReceiptCounts
      dests: readonly ContinuityCounts[]
      /** The logs of an archive that could not be read, and why. */
      failedLogs: readonly Pick<Receipt, 'name' | 'error'>[]
    }
  | { state: 'failed'; message: string }

export type FileProgress = Pick<Receipt, 'bytes' | 'bytesRead' | 'records'>

/** Reads log files of this machine into the store: in this process, or through the server that is running. */
export interface FileIngest {
  /** How many calls of `read` may wait at once. Files are read in the order of the calls. */
  readonly atOnce: number
  read(file: LogFile): Promise<FileEnding>
  /** Returns how far reading has come; null if nothing has been read. */
  progress(id: string): Promise<FileProgress | null>
  close(): Promise<void>
}

/** Bytes read from a file at once. */
export const chunkSize = 256 * 1024

/** Returns the message for a file that could not be read to its end. */
export const unreadable = (path: string, error: unknown): string =>
  `${path} could not be read to its end: ${(error as Error).message}`
