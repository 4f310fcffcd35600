import type { Connection } from './database.ts'
import { hashNumbers, openKeyed } from './keyed.ts'
import { addSum, emptySum, type Sum } from './sum.ts'

export type FleetKey = readonly [process: number, path: number, rule: number, code: number]

/** A stack over the whole fleet, with what this batch adds to it: stacks by dest, and events. */
export type Fleet = {
  id: number
  key: FleetKey
  hash: number
  next: Fleet | null
  isNew: boolean
  joined: Map<number, number>
  sum: Sum
}

const cacheLimit = 50_000

const same = (a: FleetKey, b: FleetKey): boolean => a.every((number, index) => number === b[index])

/** Stacks over the whole fleet, and which dests each is on. */
export function openFleets(db: Connection) {
  const find = db
    .prepare<number[], number>(
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
  const addDest = db.prepare(
    'INSERT INTO fleet_dest (fleet_id, dest_id, stacks) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const advanceDest = db.prepare('UPDATE fleet_dest SET stacks = stacks + ? WHERE fleet_id = ? AND dest_id = ?')
  const cache = openKeyed<FleetKey, Fleet>(same)
  const touched = new Set<Fleet>()
  let next: number | null = null

  const make = (id: number, key: FleetKey, hash: number, isNew: boolean): Fleet =>
    cache.add({ id, key, hash, next: null, isNew, joined: new Map(), sum: emptySum() })

  /** Writes the stacks that dests got in it; gives how many dests are new to it. */
  function writeDests({ id, joined }: Fleet): number {
    let added = 0
    for (const [dest, stacks] of joined) {
      const isNew = addDest.run(id, dest, stacks).changes === 1
      if (isNew) added += 1
      else advanceDest.run(stacks, id, dest)
    }
    joined.clear()
    return added
  }

  return {
    /** The fleet stack of a key, made where it is new. `isNew` spares the search where it cannot be there. */
    of: (key: FleetKey, isNew: boolean): Fleet => {
      const hash = hashNumbers(key)
      const known = cache.get(hash, key)
      if (known !== undefined) return known
      const id = isNew ? undefined : find.get(...key)
      if (id !== undefined) return make(id, key, hash, false)
      next ??= (lastId.get() ?? 0) + 1
      return make(next++, key, hash, true)
    },
    /** The fleet stack of a number that a stack bears: one that is in no cache any more. */
    known: (id: number, key: FleetKey): Fleet => {
      const hash = hashNumbers(key)
      return cache.get(hash, key) ?? make(id, key, hash, false)
    },
    /** Adds the events of a stack of a dest to it; a new stack counts once more for the dest. */
    add: (fleet: Fleet, dest: number, sum: Sum, isNewStack: boolean) => {
      if (isNewStack) fleet.joined.set(dest, (fleet.joined.get(dest) ?? 0) + 1)
      addSum(fleet.sum, sum)
      touched.add(fleet)
    },
    flush: () => {
      for (const fleet of touched) {
        const dests = writeDests(fleet)
        const { count, first, last } = fleet.sum
        if (fleet.isNew) add.run(fleet.id, ...fleet.key, dests, count, first, last)
        else advance.run(dests, count, first, last, fleet.id)
        fleet.isNew = false
        fleet.sum = emptySum()
      }
      touched.clear()
      if (cache.size() > cacheLimit) cache.clear()
    },
    forget: () => {
      cache.clear()
      touched.clear()
      next = null
    },
  }
}
