import { type DetectionKey, detectionKeys, detections } from '#lib/asr/detections.ts'
import type { PreparedEvent } from '../store.ts'
import type { Connection } from './database.ts'
import type { Dictionary } from './dictionary.ts'
import { type Fleet, type FleetKey, openFleets } from './fleets.ts'
import { openRiskDays } from './risk-days.ts'
import { addTime, emptySum, hourOf, type Sum } from './sum.ts'

/** Numbers of an event's texts in the dictionary. */
export type EventIds = {
  dest: number
  rule: number
  process: number
  path: number
  parent: number
  target: number
  user: number
  old: number
  new: number
}

/** What a stack is identified by, in the order of `stack_identity`, then what follows from it. */
type StackKey = [
  dest: number,
  detection: number,
  code: number,
  rule: number,
  process: number,
  path: number,
  command: number,
  old: number,
  new_: number,
  oldState: string,
  newState: string,
]

const auditCodes = new Set(detections.audit.codes)
const blockCodes = new Set(detections.block.codes)

/** A stack with what this batch adds to it: in all, and in the hour that was added to last. */
type Stack = {
  id: number
  key: StackKey
  faithful: boolean
  isNew: boolean
  fleet: Fleet | null
  sum: Sum
  hour: number
  hourSum: Sum
}

/** Stacks touched by a batch are held until it is written: so many more may be kept from batch to batch. */
const cacheLimit = 50_000

/** Result rows of the detections with their running totals and hours: gathered for a batch, written at its end. */
export function openStacks(db: Connection, dictionary: Dictionary) {
  const number = db.prepare<[string], number>('SELECT id FROM detection WHERE view = ?').pluck()
  const numberOf = (key: DetectionKey) => number.get(detections[key].view) ?? 0
  const numbers = Object.fromEntries(detectionKeys.map((key) => [key, numberOf(key)])) as Record<DetectionKey, number>
  const fleets = openFleets(db)
  const find = db.prepare<StackKey, { id: number; fleet: number }>(
    `SELECT id, fleet_id AS fleet FROM stack WHERE dest_id = ? AND detection = ? AND EventCode = ? AND rule_id = ?
     AND process_id = ? AND path_id = ? AND command_id = ? AND old_id = ? AND new_id = ? AND old_state = ? AND new_state = ?`,
  )
  const lastId = db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM stack').pluck()
  const add = db.prepare(
    `INSERT INTO stack (id, dest_id, detection, EventCode, rule_id, process_id, path_id, command_id, old_id, new_id, old_state,
       new_state, faithful, fleet_id, count, first_time, last_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const advance = db.prepare(
    'UPDATE stack SET count = count + ?, first_time = min(first_time, ?), last_time = max(last_time, ?) WHERE id = ?',
  )
  const setHour = db
    .prepare<number[], number>(
      `INSERT INTO stack_hour (detection, hour, stack_id, dest_id, EventCode, count, first_time, last_time)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count, first_time = min(first_time, excluded.first_time),
       last_time = max(last_time, excluded.last_time) RETURNING count`,
    )
    .pluck()
  const riskDays = openRiskDays(db)
  const cache = new Map<string, Stack>()
  const touched = new Set<Stack>()
  let next: number | null = null

  function writeHour({ id, key, hour, hourSum }: Stack): void {
    const [dest, detection, code] = key
    const total = setHour.get(detection, hour, id, dest, code, hourSum.count, hourSum.first, hourSum.last)
    if (total === hourSum.count) riskDays.add(detection, hour, dest)
  }

  /** A text or dest that came with this batch stands in no stack of the database yet. */
  const isNewKey = (key: StackKey): boolean =>
    dictionary.isNewDest(key[0]) || [key[3], key[4], key[5], key[6], key[7], key[8]].some(dictionary.isNewText)

  function stackOf(key: StackKey, faithful: boolean, isFleet: boolean): Stack {
    const text = key.join(' ')
    const known = cache.get(text)
    if (known !== undefined) return known
    const [dest, , code, rule, process, path] = key
    const fleetKey: FleetKey = [process, path, rule, code]
    const found = isNewKey(key) ? undefined : find.get(...key)
    const fresh = { key, faithful, sum: emptySum(), hour: 0, hourSum: emptySum() }
    let stack: Stack
    if (found !== undefined) {
      stack = { ...fresh, id: found.id, isNew: false, fleet: isFleet ? fleets.known(found.fleet, fleetKey) : null }
    } else {
      next ??= (lastId.get() ?? 0) + 1
      const fleet = isFleet ? fleets.of(fleetKey, [process, path, rule].some(dictionary.isNewText)) : null
      if (fleet !== null) fleets.join(fleet, dest)
      stack = { ...fresh, id: next, isNew: true, fleet }
      next += 1
    }
    cache.set(text, stack)
    return stack
  }

  function count(stack: Stack, time: number): number {
    const hour = hourOf(time)
    if (stack.hour !== hour && stack.hourSum.count > 0) {
      writeHour(stack)
      stack.hourSum = emptySum()
    }
    stack.hour = hour
    addTime(stack.hourSum, time)
    addTime(stack.sum, time)
    if (stack.fleet !== null) fleets.addTime(stack.fleet, time)
    touched.add(stack)
    return stack.id
  }

  /** Splunk's `stats … by` needs every by-field under its own name: only 1121 and 1122 have them. */
  const named = (code: number, ids: EventIds, command: number) =>
    (code === 1121 || code === 1122) && ids.rule !== 0 && ids.process !== 0 && ids.path !== 0 && command !== 0

  return {
    /** Counts an event in the stacks it belongs to, made where they are new, and gives their numbers. */
    count: ({ EventCode: code, time, changes }: PreparedEvent, ids: EventIds): number[] => {
      const base = [code, ids.rule, ids.process, ids.path] as const
      const detection = blockCodes.has(code) ? numbers.block : numbers.stacking
      const key: StackKey = [ids.dest, detection, ...base, ids.parent, 0, 0, '', '']
      const counted = [count(stackOf(key, named(code, ids, ids.parent), true), time)]
      if (auditCodes.has(code)) {
        const auditKey: StackKey = [ids.dest, numbers.audit, ...base, ids.target, 0, 0, '', '']
        counted.push(count(stackOf(auditKey, named(code, ids, ids.target), false), time))
      }
      for (const change of changes) {
        const states = [change.Old_Registry_Value ?? '', change.New_Registry_Value ?? ''] as const
        const kind = change.disabled ? numbers.disabled : numbers.registry
        const changeKey: StackKey = [
          ids.dest,
          kind,
          code,
          dictionary.text(change.ASR_ID),
          0,
          0,
          0,
          ids.old,
          ids.new,
          ...states,
        ]
        counted.push(count(stackOf(changeKey, change.faithful, false), time))
      }
      return counted
    },
    flush: () => {
      for (const stack of touched) {
        const { id, key, faithful, isNew, fleet, sum } = stack
        if (isNew) add.run(id, ...key, faithful ? 1 : 0, fleet?.id ?? 0, sum.count, sum.first, sum.last)
        else advance.run(sum.count, sum.first, sum.last, id)
        writeHour(stack)
        Object.assign(stack, { isNew: false, sum: emptySum(), hourSum: emptySum() })
      }
      touched.clear()
      riskDays.flush()
      fleets.flush()
      if (cache.size > cacheLimit) cache.clear()
    },
    forget: () => {
      cache.clear()
      touched.clear()
      fleets.forget()
      riskDays.forget()
      next = null
    },
  }
}
