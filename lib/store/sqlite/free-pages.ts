import type { Connection } from './database.ts'
import type { Job } from './jobs.ts'

/** When free pages are returned to the disk: more than `least` that are more than one in `share`; so many in a slice. */
const freePages = { least: 25_000, share: 3, atOnce: 2000 }
/** Pages in a slice if space is short: what is moved needs some in the log first. */
const atOnceIfShort = 200

export type FreePages = ReturnType<typeof openFreePages>

/**
 * Free pages are used again; only when they are a large part of the file are they returned to the disk, or when that is asked for.
 */
export function openFreePages(db: Connection, isShort: () => boolean) {
  let isAsked = false
  /** Whether what was returned has left the file: only a log that was written back completely shortens it. */
  let isOffDisk = true
  const pages = (name: string) => db.pragma(name, { simple: true }) as number
  const isReturning = (): boolean => isAsked && pages('freelist_count') > 0
  const job: Job = {
    isPending: () => {
      const free = pages('freelist_count')
      return isReturning() || (free > freePages.least && free * freePages.share > pages('page_count'))
    },
    slice: () => {
      const before = pages('freelist_count')
      db.pragma(`incremental_vacuum(${isShort() ? atOnceIfShort : freePages.atOnce})`)
      isAsked = isReturning() && pages('freelist_count') < before
    },
  }
  return {
    job,
    /** Lets all free pages be returned to the disk. */
    giveBack: (): void => {
      isAsked = true
      isOffDisk = false
    },
    isReturning,
    /** Whether pages that are to be returned still take up space: they are in the file, or a reader needs the log. */
    isOutstanding: (): boolean => !isOffDisk,
    /** Shortens the file when all pages were returned. Call it outside of a transaction; `checkpoint` says whether the log is empty. */
    shorten: (checkpoint: () => boolean): void => {
      if (!isOffDisk && !isReturning()) isOffDisk = checkpoint()
    },
  }
}
