import type { Connection } from './database.ts'
import type { Dictionary } from './dictionary.ts'
import { type Fleet, openFleets } from './fleets.ts'
import { openKeyed } from './keyed.ts'
import { openStackHours } from './stack-hours.ts'
import { hashOfKey, isSameKey, type StackKey } from './stack-key.ts'
import { addTime, emptySum, hourOf, type Sum } from './sum.ts'

/** A stack with what this batch adds to it: in all, and in the hour that was added to last. */
export type Stack = {
  id: number
  key: StackKey
  hash: number
  next: Stack | null
  faithful: boolean
  isNew: boolean
  fleet: Fleet | null
  sum: Sum
  hour: number
  hourSum: Sum
}

/** Stacks touched by a batch are held until it is written: so many more may be kept from batch to batch. */
const cacheLimit = 50_000

export type Stacks = ReturnType<typeof openStacks>

/** Result rows of the detections with their running totals and hours: gathered for a batch, written at its end. */
export function openStacks(db: Connection, dictionary: Dictionary) {
  const fleets = openFleets(db)
  const hours = openStackHours(db)
  const find = db.prepare<unknown[], { id: number; fleet: number }>(
    `SELECT id, fleet_id AS fleet FROM stack WHERE dest_id = ? AND key = ? AND detection = ? AND EventCode = ? AND rule_id = ?
     AND process_id = ? AND path_id = ? AND command_id = ? AND old_id = ? AND new_id = ? AND old_state = ? AND new_state = ?`,
  )
  const lastId = db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM stack').pluck()
  const add = db.prepare(
    `INSERT INTO stack (id, detection, fleet_id, dest_id, key, EventCode, rule_id, process_id, path_id, command_id, old_id, new_id,
       old_state, new_state, faithful, count, first_time, last_time)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const advance = db.prepare(
    'UPDATE stack SET count = count + ?, first_time = min(first_time, ?), last_time = max(last_time, ?) WHERE id = ?',
  )
  const cache = openKeyed<StackKey, Stack>(isSameKey)
  const touched = new Set<Stack>()
  let next: number | null = null

  const make = (
    id: number,
    key: StackKey,
    hash: number,
    faithful: boolean,
    isNew: boolean,
    fleet: Fleet | null,
  ): Stack =>
    cache.add({
      id,
      key,
      hash,
      next: null,
      faithful,
      isNew,
      fleet,
      sum: emptySum(),
      hour: 0,
      hourSum: emptySum(),
    })

  /** A text or dest that came with this batch stands in no stack of the database yet. */
  const isNewKey = ({ dest, rule, process, path, command, old, new: new_ }: StackKey): boolean =>
    dictionary.isNewDest(dest) || [rule, process, path, command, old, new_].some(dictionary.isNewText)

  /** The stack of a key; one that is new is written once an event is counted in it. */
  function stackOf(key: StackKey, faithful: boolean, isFleet: boolean): Stack {
    const hash = hashOfKey(key)
    const known = cache.get(hash, key)
    if (known !== undefined) return known
    const { dest, detection, code, rule, process, path, command, old, new: new_, oldState, newState } = key
    const found = isNewKey(key)
      ? undefined
      : find.get(dest, hash, detection, code, rule, process, path, command, old, new_, oldState, newState)
    const fleetKey = [process, path, rule, code] as const
    if (found !== undefined) {
      return make(found.id, key, hash, faithful, false, isFleet ? fleets.known(found.fleet, fleetKey) : null)
    }
    next ??= (lastId.get() ?? 0) + 1
    const isNewFleet = [process, path, rule].some(dictionary.isNewText)
    return make(next++, key, hash, faithful, true, isFleet ? fleets.of(fleetKey, isNewFleet) : null)
  }

  function count(stack: Stack, time: number): void {
    const hour = hourOf(time)
    if (stack.hour !== hour && stack.hourSum.count > 0) {
      hours.add(stack, stack.hour, stack.hourSum)
      stack.hourSum = emptySum()
    }
    stack.hour = hour
    addTime(stack.hourSum, time)
    addTime(stack.sum, time)
    touched.add(stack)
  }

  function write(stack: Stack): void {
    const { id, key, hash, faithful, isNew, fleet, sum } = stack
    if (fleet !== null) fleets.add(fleet, key.dest, sum, isNew)
    hours.add(stack, stack.hour, stack.hourSum)
    stack.isNew = false
    stack.sum = emptySum()
    stack.hourSum = emptySum()
    if (!isNew) {
      advance.run(sum.count, sum.first, sum.last, id)
      return
    }
    add.run(
      id,
      key.detection,
      fleet?.id ?? 0,
      key.dest,
      hash,
      key.code,
      key.rule,
      key.process,
      key.path,
      key.command,
      key.old,
      key.new,
      key.oldState,
      key.newState,
      faithful ? 1 : 0,
      sum.count,
      sum.first,
      sum.last,
    )
  }

  return {
    of: stackOf,
    count,
    /** Writes the stacks that events were counted in: in the order of their numbers, in which they lie. */
    flush: () => {
      for (const stack of [...touched].sort((a, b) => a.id - b.id)) write(stack)
      touched.clear()
      hours.flush()
      fleets.flush()
      if (cache.size() > cacheLimit) cache.clear()
    },
    forget: () => {
      cache.clear()
      touched.clear()
      fleets.forget()
      hours.forget()
      next = null
    },
  }
}
