import { hourOf } from '#lib/asr/hours.ts'
import type { Connection } from './database.ts'
import type { Dictionary } from './dictionary.ts'
import { type Fleet, openFleets } from './fleets.ts'
import type { Sequence } from './sequence.ts'
import { openStackHours } from './stack-hours.ts'
import { addSum, addTime, emptySum, type Sum } from './sum.ts'

/** What identifies a stack and what follows from it: row numbers of hosts and texts, states of a rule, and flags. */
export type StackFields = {
  /** Its key: 16 bytes. */
  key: Buffer
  detection: number
  dest: number
  EventCode: number
  rule: number
  process: number
  path: number
  command: number
  old: number
  new: number
  oldState: string
  newState: string
  exclusion: number
  faithful: number
  weakened: number
  /** Whether it counts towards the stacks of the fleet. */
  isFleet: boolean
}

/** A stack with what the current transaction adds to it: in total, and in the hour that was added to last. */
export type Stack = {
  id: number
  fields: StackFields
  isNew: boolean
  fleet: Fleet | null
  sum: Sum
  hour: number
  hourSum: Sum
  /** Another stack in memory whose key starts the same. */
  next: Stack | undefined
}

/** Stacks that stay in memory from one transaction to the next, at most. */
const cacheLimit = 50_000

export type Stacks = ReturnType<typeof openStacks>

/** The start of a key as a number, which a map finds sooner than a string. */
const startOf = (key: Buffer): number => key.readUIntBE(0, 6)

/**
 * Whether two stacks have the same row. Rows of one key differ only while a newer version of the code that derives them is
 * being applied: until the old row is empty, both exist.
 */
const isSame = (a: StackFields, b: StackFields): boolean =>
  a.detection === b.detection &&
  a.faithful === b.faithful &&
  a.weakened === b.weakened &&
  a.exclusion === b.exclusion &&
  a.key.equals(b.key)

/** Result rows of the detections with their running totals and hours: gathered during a transaction, written by `flush`. */
export function openStacks(db: Connection, dictionary: Dictionary, sequence: Sequence) {
  const fleets = openFleets(db, dictionary, sequence)
  const hours = openStackHours(db)
  const find = db.prepare<[Buffer, Buffer, number, number, number, number], { id: number; fleet: number }>(
    `SELECT id, fleet_id AS fleet FROM stack WHERE substr(key, 1, 6) = substr(?, 1, 6) AND key = ? AND detection = ?
     AND faithful = ? AND weakened = ? AND exclusion_id = ?`,
  )
  const add = db.prepare(
    `INSERT INTO stack (id, key, detection, fleet_id, dest_id, EventCode, rule_id, process_id, path_id, command_id, old_id, new_id,
       old_state, new_state, exclusion_id, faithful, weakened)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const addTotal = db.prepare(
    'INSERT INTO stack_total (id, detection, faithful, count, first_time, last_time) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const advance = db.prepare(
    'UPDATE stack_total SET count = count + ?, first_time = min(first_time, ?), last_time = max(last_time, ?) WHERE detection = ? AND id = ?',
  )
  const sumUp = db.prepare(
    `INSERT INTO detection_total (detection, faithful, stacks, events) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET stacks = stacks + excluded.stacks, events = events + excluded.events`,
  )
  const cache = new Map<number, Stack>()
  let cached = 0
  let touched: Stack[] = []

  const { isNewText } = dictionary

  /** A host or text that came with this transaction is in no stack of the database yet. */
  const isNewKey = ({ dest, rule, process, path, command, old, new: new_ }: StackFields): boolean =>
    dictionary.isNewDest(dest) ||
    isNewText(path) ||
    isNewText(process) ||
    isNewText(command) ||
    isNewText(rule) ||
    isNewText(old) ||
    isNewText(new_)

  /** The stack with these fields; a new one is written once an event is counted in it. */
  function stackOf(fields: StackFields): Stack {
    const start = startOf(fields.key)
    const sameStart = cache.get(start)
    for (let known = sameStart; known !== undefined; known = known.next)
      if (isSame(known.fields, fields)) {
        // Rows come in the order of their numbers, so that who has read up to a number has all before it.
        if (known.isNew && known.hourSum.count === 0) known.id = sequence.take('stack')
        return known
      }
    const { key, detection, faithful, weakened, exclusion } = fields
    const found = isNewKey(fields) ? undefined : find.get(key, key, detection, faithful, weakened, exclusion)
    const stack: Stack = {
      id: found?.id ?? sequence.take('stack'),
      fields,
      isNew: found === undefined,
      fleet: fields.isFleet ? fleets.of(fields, found?.fleet) : null,
      sum: emptySum(),
      hour: 0,
      hourSum: emptySum(),
      next: sameStart,
    }
    cache.set(start, stack)
    cached += 1
    return stack
  }

  function clear(): void {
    cache.clear()
    cached = 0
  }

  function count(stack: Stack, time: number): void {
    const hour = hourOf(time)
    // Every stack that was counted in since the last `flush` has something in `hourSum`.
    if (stack.hourSum.count === 0) touched.push(stack)
    else if (stack.hour !== hour) {
      hours.add(stack, stack.hour, stack.hourSum)
      addSum(stack.sum, stack.hourSum)
      stack.hourSum = emptySum()
    }
    stack.hour = hour
    addTime(stack.hourSum, time)
  }

  function write(stack: Stack): void {
    const { id, fields, isNew, fleet, sum } = stack
    hours.add(stack, stack.hour, stack.hourSum)
    addSum(sum, stack.hourSum)
    if (fleet !== null) fleets.add(fleet, fields.dest, sum, isNew)
    stack.isNew = false
    stack.sum = emptySum()
    stack.hourSum = emptySum()
    if (!isNew) return void advance.run(sum.count, sum.first, sum.last, fields.detection, id)
    const { key, detection, dest, EventCode, rule, process, path, command, old, oldState, newState } = fields
    const { exclusion, faithful, weakened } = fields
    const { new: new_ } = fields
    // biome-ignore format: one argument for each column, in their order
    add.run(id, key, detection, fleet?.id ?? 0, dest, EventCode, rule, process, path, command, old, new_, oldState, newState,
      exclusion, faithful, weakened)
    addTotal.run(id, detection, faithful, sum.count, sum.first, sum.last)
  }

  /** Adds what the batch adds to the sums of each detection. */
  function writeSums(): void {
    const sums = new Map<number, { detection: number; faithful: number; stacks: number; events: number }>()
    for (const { fields, isNew, sum, hourSum } of touched) {
      const { detection, faithful } = fields
      const total = sums.get(detection * 3 + faithful) ?? { detection, faithful, stacks: 0, events: 0 }
      sums.set(detection * 3 + faithful, total)
      if (isNew) total.stacks += 1
      total.events += sum.count + hourSum.count
    }
    for (const { detection, faithful, stacks, events } of sums.values()) sumUp.run(detection, faithful, stacks, events)
  }

  return {
    of: stackOf,
    count,
    /** Writes the stacks that events were counted in, in the order in which they are stored. */
    flush: () => {
      writeSums()
      for (const stack of touched.sort((a, b) => a.id - b.id)) write(stack)
      touched = []
      hours.flush()
      fleets.flush()
      if (cached > cacheLimit) clear()
    },
    forget: () => {
      clear()
      touched = []
      fleets.forget()
      hours.forget()
    },
  }
}
