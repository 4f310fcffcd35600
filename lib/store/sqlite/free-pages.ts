import type { Connection } from './database.ts'
import type { Job } from './jobs.ts'

/** When free pages are returned to the disk: more than `least` that are more than one in `share`; so many in a slice. */
const freePages = { least: 25_000, share: 3, atOnce: 2000 }

/** Free pages are used again; only when they are a large part of the file are they returned to the disk. */
export function freePagesJob(db: Connection): Job {
  const pages = (name: string) => db.pragma(name, { simple: true }) as number
  return {
    isPending: () => {
      const free = pages('freelist_count')
      return free > freePages.least && free * freePages.share > pages('page_count')
    },
    slice: () => void db.pragma(`incremental_vacuum(${freePages.atOnce})`),
  }
}
