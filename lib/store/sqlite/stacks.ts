import { type DetectionKey, detections } from '#lib/asr/detections.ts'
import type { PreparedEvent } from '../store.ts'
import type { Connection } from './database.ts'
import type { Dictionary } from './dictionary.ts'
import { openFleets } from './fleets.ts'

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
const cacheLimit = 200_000

/** A stack by its number, with what its hours repeat. `fleet` is 0 where it has none. */
export type Stack = { id: number; detection: number; fleet: number }

export type Stacks = {
  /** The stacks an event belongs to, made where they are new. */
  of: (event: PreparedEvent, ids: EventIds) => Stack[]
  forget: () => void
}

export function openStacks(db: Connection, dictionary: Dictionary): Stacks {
  const number = db.prepare<[string], number>('SELECT id FROM detection WHERE view = ?').pluck()
  const numberOf = (key: DetectionKey) => number.get(detections[key].view) ?? 0
  const fleets = openFleets(db)
  const find = db.prepare<StackKey, { id: number; fleet: number }>(
    `SELECT id, fleet_id AS fleet FROM stack WHERE dest_id = ? AND detection = ? AND EventCode = ? AND rule_id = ?
     AND process_id = ? AND path_id = ? AND command_id = ? AND old_id = ? AND new_id = ? AND old_state = ? AND new_state = ?`,
  )
  const add = db.prepare(
    `INSERT INTO stack (dest_id, detection, EventCode, rule_id, process_id, path_id, command_id, old_id, new_id, old_state,
       new_state, faithful, fleet_id, first_time, last_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const numbers = {
    stacking: numberOf('stacking'),
    audit: numberOf('audit'),
    block: numberOf('block'),
    registry: numberOf('registry'),
    disabled: numberOf('disabled'),
  }
  const cache = new Map<string, Stack>()

  function stack(key: StackKey, faithful: boolean, time: number, isFleet: boolean): Stack {
    const text = key.join(' ')
    const known = cache.get(text)
    if (known !== undefined) return known
    const [dest, detection, code, rule, process, path] = key
    const found = { ...(find.get(...key) ?? make()), detection }
    if (cache.size >= cacheLimit) cache.clear()
    cache.set(text, found)
    return found

    function make() {
      const fleet = isFleet ? fleets.join([process, path, rule, code], dest, time) : 0
      return { id: Number(add.run(...key, faithful ? 1 : 0, fleet, time, time).lastInsertRowid), fleet }
    }
  }

  /** Splunk's `stats … by` needs every by-field under its own name: only 1121 and 1122 have them. */
  const named = (code: number, ids: EventIds, command: number) =>
    (code === 1121 || code === 1122) && ids.rule !== 0 && ids.process !== 0 && ids.path !== 0 && command !== 0

  return {
    of: (event, ids) => {
      const { EventCode: code, time } = event
      const base = [code, ids.rule, ids.process, ids.path] as const
      const detection = blockCodes.has(code) ? numbers.block : numbers.stacking
      const parent = named(code, ids, ids.parent)
      const stacks = [stack([ids.dest, detection, ...base, ids.parent, 0, 0, '', ''], parent, time, true)]
      if (auditCodes.has(code)) {
        const target = named(code, ids, ids.target)
        stacks.push(stack([ids.dest, numbers.audit, ...base, ids.target, 0, 0, '', ''], target, time, false))
      }
      for (const each of event.changes) {
        const states = [each.Old_Registry_Value ?? '', each.New_Registry_Value ?? ''] as const
        const kind = each.disabled ? numbers.disabled : numbers.registry
        const rule = dictionary.text(each.ASR_ID)
        stacks.push(
          stack([ids.dest, kind, code, rule, 0, 0, 0, ids.old, ids.new, ...states], each.faithful, time, false),
        )
      }
      return stacks
    },
    forget: () => {
      cache.clear()
      fleets.forget()
    },
  }
}
