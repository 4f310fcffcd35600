import type { Connection } from './database.ts'
import type { Dictionary } from './dictionary.ts'
import type { Sequence } from './sequence.ts'
import type { StackFields } from './stacks.ts'
import { addSum, emptySum, type Sum } from './sum.ts'

type FleetKey = Pick<StackFields, 'process' | 'path' | 'rule' | 'EventCode'>

/** A stack over all hosts: one process and target under one rule. With what the current batch adds to it. */
export type Fleet = {
  id: number
  key: FleetKey
  isNew: boolean
  /** The hosts that are new to it; of a fleet stack that is new itself, all hosts of this batch. */
  dests: Set<number>
  sum: Sum
}

const cacheLimit = 50_000

/** Stacks over all hosts, with the number of hosts each is on: gathered during a batch, written by `flush`. */
export function openFleets(db: Connection, dictionary: Dictionary, sequence: Sequence) {
  const find = db
    .prepare<number[], number>(
      'SELECT id FROM fleet WHERE process_id = ? AND path_id = ? AND rule_id = ? AND EventCode = ?',
    )
    .pluck()
  const add = db.prepare(
    `INSERT INTO fleet (id, process_id, path_id, rule_id, EventCode, dests, count, first_time, last_time)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const advance = db.prepare(
    `UPDATE fleet SET dests = dests + ?, count = count + ?, first_time = min(first_time, ?), last_time = max(last_time, ?)
     WHERE id = ?`,
  )
  const onDest = db
    .prepare<[number, number], number>('SELECT 1 FROM stack WHERE dest_id = ? AND fleet_id = ? LIMIT 1')
    .pluck()
  const isAnyStale = db.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM stale_fleet)').pluck()
  const widen = db.prepare(
    `UPDATE stale_fleet SET first_time = min(coalesce(first_time, :first), :first), last_time = max(coalesce(last_time, :last), :last)
     WHERE id = :id`,
  )
  const cache = new Map<string, Fleet>()
  const touched = new Set<Fleet>()

  return {
    /** The fleet stack of a stack. `known` is its number if the stack is in the database. */
    of: ({ process, path, rule, EventCode }: FleetKey, known: number | undefined): Fleet => {
      const cached = `${process} ${path} ${rule} ${EventCode}`
      const inCache = cache.get(cached)
      if (inCache !== undefined) return inCache
      const isNewText = [process, path, rule].some(dictionary.isNewText)
      const id = known ?? (isNewText ? undefined : find.get(process, path, rule, EventCode))
      const fleet: Fleet = {
        id: id ?? sequence.take('fleet'),
        key: { process, path, rule, EventCode },
        isNew: id === undefined,
        dests: new Set(),
        sum: emptySum(),
      }
      cache.set(cached, fleet)
      return fleet
    },
    /** Adds the events of a stack of one host. Call it before a new stack is written. */
    add: (fleet: Fleet, dest: number, sum: Sum, isNewStack: boolean) => {
      if (isNewStack && (fleet.isNew || onDest.get(dest, fleet.id) === undefined)) fleet.dests.add(dest)
      addSum(fleet.sum, sum)
      touched.add(fleet)
    },
    flush: () => {
      const isStale = isAnyStale.get() === 1
      for (const fleet of [...touched].sort((a, b) => a.id - b.id)) {
        const { id, key, isNew, dests, sum } = fleet
        const { process, path, rule, EventCode } = key
        if (isNew) add.run(id, process, path, rule, EventCode, dests.size, sum.count, sum.first, sum.last)
        else advance.run(dests.size, sum.count, sum.first, sum.last, id)
        if (isStale) widen.run({ id, first: sum.first, last: sum.last })
        fleet.isNew = false
        fleet.dests = new Set()
        fleet.sum = emptySum()
      }
      touched.clear()
      if (cache.size > cacheLimit) cache.clear()
    },
    forget: () => {
      cache.clear()
      touched.clear()
    },
  }
}
