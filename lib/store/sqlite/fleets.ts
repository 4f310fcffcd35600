import type { Connection } from './database.ts'
import { addTime, emptySum, type Sum } from './sum.ts'

export type FleetKey = [process: number, path: number, rule: number, code: number]

/** A stack over the whole fleet, with what this batch adds to it. */
export type Fleet = { id: number; key: FleetKey; isNew: boolean; dests: number; sum: Sum }

const cacheLimit = 50_000

/** Stacks over the whole fleet, and which dests each is on. */
export function openFleets(db: Connection) {
  const find = db
    .prepare<FleetKey, number>(
      'SELECT id FROM fleet WHERE process_id = ? AND path_id = ? AND rule_id = ? AND EventCode = ?',
    )
    .pluck()
  const lastId = db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM fleet').pluck()
  const add = db.prepare(
    `INSERT INTO fleet (id, process_id, path_id, rule_id, EventCode, dests, count, first_time, last_time)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const advance = db.prepare(
    `UPDATE fleet SET dests = dests + ?, count = count + ?, first_time = min(first_time, ?), last_time = max(last_time, ?)
     WHERE id = ?`,
  )
  const addDest = db
    .prepare<[number, number], number>(
      `INSERT INTO fleet_dest (fleet_id, dest_id, stacks) VALUES (?, ?, 1)
       ON CONFLICT DO UPDATE SET stacks = stacks + 1 RETURNING stacks`,
    )
    .pluck()
  const cache = new Map<string, Fleet>()
  const touched = new Set<Fleet>()
  let next: number | null = null

  function make(key: FleetKey): Fleet {
    next ??= (lastId.get() ?? 0) + 1
    const fleet: Fleet = { id: next, key, isNew: true, dests: 0, sum: emptySum() }
    next += 1
    return fleet
  }

  return {
    /** The fleet stack of a key, made where it is new. `isNew` spares the search where it cannot be there. */
    of: (key: FleetKey, isNew: boolean): Fleet => {
      const text = key.join(' ')
      const known = cache.get(text)
      if (known !== undefined) return known
      const id = isNew ? undefined : find.get(...key)
      const fleet = id === undefined ? make(key) : { id, key, isNew: false, dests: 0, sum: emptySum() }
      cache.set(text, fleet)
      return fleet
    },
    /** The fleet stack of a number that a stack bears: one that is in no cache any more. */
    known: (id: number, key: FleetKey): Fleet => {
      const text = key.join(' ')
      const fleet = cache.get(text) ?? { id, key, isNew: false, dests: 0, sum: emptySum() }
      cache.set(text, fleet)
      return fleet
    },
    /** Counts one more stack of a dest in it. */
    join: (fleet: Fleet, dest: number) => {
      if (addDest.get(fleet.id, dest) === 1) fleet.dests += 1
    },
    addTime: (fleet: Fleet, time: number) => {
      addTime(fleet.sum, time)
      touched.add(fleet)
    },
    flush: () => {
      for (const fleet of touched) {
        const { count, first, last } = fleet.sum
        if (fleet.isNew) add.run(fleet.id, ...fleet.key, fleet.dests, count, first, last)
        else advance.run(fleet.dests, count, first, last, fleet.id)
        Object.assign(fleet, { isNew: false, dests: 0, sum: emptySum() })
      }
      touched.clear()
      if (cache.size > cacheLimit) cache.clear()
    },
    forget: () => {
      cache.clear()
      touched.clear()
      next = null
    },
  }
}
