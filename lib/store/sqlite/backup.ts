import { chmodSync, statSync } from 'node:fs'
import { type Check, fileChecks, totalsChecks } from './check.ts'
import { openForReading } from './database.ts'

/** What a database contains, to recognise it by. */
export type Content = { uploads: number; events: number; newestUpload: number | null }

/** Returns what a database contains. `newestUpload`: when it was created, in milliseconds. */
export function contentOf(file: string): Content {
  const db = openForReading(file)
  try {
    const { uploads, newestUpload } = db
      .prepare('SELECT count(*) AS uploads, max(created_at) AS newestUpload FROM upload WHERE parent IS NULL')
      .get() as Omit<Content, 'events'>
    const events = db.prepare<[], number>('SELECT count(*) FROM event').pluck().get() ?? 0
    return { uploads, events, newestUpload }
  } finally {
    db.close()
  }
}

/** Bytes that a copy of the database will have. */
export function sizeOf(file: string): number {
  const db = openForReading(file)
  try {
    const pragma = (name: string) => db.pragma(name, { simple: true }) as number
    return db.transaction(() => (pragma('page_count') - pragma('freelist_count')) * pragma('page_size'))()
  } finally {
    db.close()
  }
}

/** Writes a copy of one state of the database, also while a server is writing to it. `target` must not exist. */
export function copyDatabase(file: string, target: string): void {
  const db = openForReading(file)
  try {
    db.prepare('VACUUM INTO ?').run(target)
  } finally {
    db.close()
  }
  chmodSync(target, statSync(file).mode)
}

/** Runs checks on a database file. Returns a sentence for each that finds something. */
export function problemsOf(file: string, checksOf: typeof fileChecks): string[] {
  const db = openForReading(file)
  try {
    return checksOf(db).flatMap(({ name, run }: Check) => {
      const problem = run()
      return problem === null ? [] : [`${name}: ${problem}`]
    })
  } finally {
    db.close()
  }
}

/** Checks a copy: its structure, its references and its sums. Returns a sentence for each problem. */
export const checkCopy = (file: string): string[] => problemsOf(file, (db) => [...fileChecks(db), ...totalsChecks(db)])
