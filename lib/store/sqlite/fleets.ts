import type { Connection } from './database.ts'

type FleetKey = [process: number, path: number, rule: number, code: number]

const cacheLimit = 200_000

/** Stacks over the whole fleet, and which dests each is on. */
export function openFleets(db: Connection) {
  const find = db
    .prepare<FleetKey, number>(
      'SELECT id FROM fleet WHERE process_id = ? AND path_id = ? AND rule_id = ? AND EventCode = ?',
    )
    .pluck()
  const add = db.prepare(
    'INSERT INTO fleet (process_id, path_id, rule_id, EventCode, first_time, last_time) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const addDest = db
    .prepare<[number, number], number>(
      `INSERT INTO fleet_dest (fleet_id, dest_id, stacks) VALUES (?, ?, 1)
       ON CONFLICT DO UPDATE SET stacks = stacks + 1 RETURNING stacks`,
    )
    .pluck()
  const countDest = db.prepare('UPDATE fleet SET dests = dests + 1 WHERE id = ?')
  const cache = new Map<string, number>()

  return {
    /** Counts one more stack of a dest in its fleet stack, made where it is new, and gives its number. */
    join: (key: FleetKey, dest: number, time: number): number => {
      const text = key.join(' ')
      const id = cache.get(text) ?? find.get(...key) ?? Number(add.run(...key, time, time).lastInsertRowid)
      if (cache.size >= cacheLimit) cache.clear()
      cache.set(text, id)
      if (addDest.get(id, dest) === 1) countDest.run(id)
      return id
    },
    forget: () => cache.clear(),
  }
}
