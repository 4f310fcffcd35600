import { readFileSync } from 'node:fs'
import { openForReading } from '#lib/store/sqlite/database.ts'
import { median } from './figures.ts'

const oracle = (name: string): string => readFileSync(`db/sqlite/oracle/${name}.sql`, 'utf8')

/** Milliseconds that the first hundred rows of some views take by their plain GROUP BY over raw events, on one connection. */
export function groupBy(file: string, views: readonly string[], runs: number): Map<string, number> {
  const db = openForReading(file)
  db.exec(oracle('asr_change'))
  const found = new Map<string, number>()
  for (const view of views) {
    const statement = db.prepare(`SELECT * FROM (${oracle(view)}) ORDER BY count DESC LIMIT 100`)
    const taken = Array.from({ length: runs }, () => {
      const begun = performance.now()
      statement.all()
      return performance.now() - begun
    })
    found.set(view, median(taken))
  }
  db.close()
  return found
}
