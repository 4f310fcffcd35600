import Database from 'better-sqlite3'

const endless = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n'

/**
 * Makes every question about single events endless, as one of a very large database is, while a server uses the database.
 * Returns what mends it.
 */
export function makeEndless(file: string): () => void {
  const db = new Database(file)
  const { sql } = db.prepare("SELECT sql FROM sqlite_schema WHERE name = 'asr_event'").get() as { sql: string }
  const replace = (view: string) => db.transaction(() => db.exec(`DROP VIEW asr_event; ${view}`)).immediate()
  replace(sql.replace(/;?\s*$/, ` WHERE NOT EXISTS (SELECT 1 FROM (${endless}) WHERE i < 0)`))
  return () => {
    replace(sql)
    db.close()
  }
}
