import type { AccessWrites } from '../../access-writes.ts'
import type { Audit } from '../audit.ts'
import type { Connection } from '../database.ts'

/** Opens what compares settings with those of the last start. Each call must run inside a transaction. */
export function openSettings(db: Connection, audit: Audit): Pick<AccessWrites, 'seeSettings'> {
  const all = db.prepare<[], { name: string; value: string }>('SELECT name, value FROM setting')
  const put = db.prepare('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)')
  const drop = db.prepare('DELETE FROM setting WHERE name = ?')
  return {
    seeSettings: (values, by) => {
      const before = new Map(all.all().map(({ name, value }) => [name, value]))
      for (const name of new Set([...before.keys(), ...Object.keys(values)])) {
        const [was, is] = [before.get(name) ?? null, values[name] ?? null]
        if (was === is) continue
        if (is === null) drop.run(name)
        else put.run(name, is)
        if (before.size > 0) audit(by, 'setting-changed', name, { value: was }, { value: is })
      }
    },
  }
}
