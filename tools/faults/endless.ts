import Database from 'better-sqlite3'

const endless = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n'

/** Puts a condition on every question about single events, while a server uses the database. Returns what takes it away. */
function withCondition(file: string, condition: string): () => void {
  const db = new Database(file)
  const { sql } = db.prepare("SELECT sql FROM sqlite_schema WHERE name = 'asr_event'").get() as { sql: string }
  const replace = (view: string) => db.transaction(() => db.exec(`DROP VIEW asr_event; ${view}`)).immediate()
  replace(sql.replace(/;?\s*$/, ` WHERE ${condition}`))
  return () => {
    replace(sql)
    db.close()
  }
}

/** Makes every question about single events endless, as one of a very large database is. Returns what mends it. */
export const makeEndless = (file: string): (() => void) =>
  withCondition(file, `NOT EXISTS (SELECT 1 FROM (${endless}) WHERE i < 0)`)

/** Makes every question about single events take some milliseconds for each event. Returns what mends it. */
export const makeSlow = (file: string): (() => void) =>
  // It depends on the event, so it is not computed once for all.
  withCondition(file, 'length(hex(zeroblob(10000000 + e.id % 2))) > 0')
