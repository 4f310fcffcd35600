import type { AccessWrites } from '../../access-writes.ts'
import type { Audit } from '../audit.ts'
import type { Connection } from '../database.ts'

/** The name of a row that says that settings were compared before, also if none was set. */
const seen = ''

/** Opens what compares settings with those of the last start. Each call must run inside a transaction. */
export function openSettings(db: Connection, audit: Audit): Pick<AccessWrites, 'seeSettings'> {
  const all = db.prepare<[], { name: string; value: string }>('SELECT name, value FROM setting')
  const put = db.prepare('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)')
  const drop = db.prepare('DELETE FROM setting WHERE name = ?')
  return {
    seeSettings: (values, by) => {
      const stored = all.all()
      const before = new Map(stored.filter(({ name }) => name !== seen).map(({ name, value }) => [name, value]))
      put.run(seen, '')
      for (const name of new Set([...before.keys(), ...Object.keys(values)])) {
        const [was, is] = [before.get(name) ?? null, values[name] ?? null]
        if (was === is) continue
        if (is === null) drop.run(name)
        else put.run(name, is)
        if (stored.length > 0) audit(by, 'setting-changed', name, { value: was }, { value: is })
      }
    },
  }
}
