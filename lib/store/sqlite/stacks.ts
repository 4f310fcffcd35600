import { detections } from '#lib/asr/detections.ts'
import type { PreparedEvent } from '../store.ts'
import type { Connection } from './database.ts'
import type { Dictionary } from './dictionary.ts'

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
  grain: number,
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

export type Stacks = {
  /** The stacks an event belongs to, made where they are new: number of the stack, and the detection it raises risk for. */
  of: (event: PreparedEvent, ids: EventIds) => { id: number; detection: number }[]
  forget: () => void
}

export function openStacks(db: Connection, dictionary: Dictionary): Stacks {
  const risks = db
    .prepare<[], { id: number; view: string }>('SELECT id, view FROM detection WHERE risk_score > 0')
    .all()
  const riskOf = (view: string) => risks.find((risk) => risk.view === view)?.id ?? 0
  const risk = {
    audit: riskOf(detections.audit.view),
    block: riskOf(detections.block.view),
    disabled: riskOf(detections.disabled.view),
  }
  const find = db
    .prepare<StackKey, number>(
      `SELECT id FROM stack WHERE dest_id = ? AND grain = ? AND EventCode = ? AND rule_id = ? AND process_id = ? AND path_id = ?
       AND command_id = ? AND old_id = ? AND new_id = ? AND old_state = ? AND new_state = ?`,
    )
    .pluck()
  const add = db.prepare(
    `INSERT INTO stack (dest_id, grain, EventCode, rule_id, process_id, path_id, command_id, old_id, new_id, old_state, new_state,
       faithful, detection, first_time, last_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const cache = new Map<string, number>()

  function stack(key: StackKey, faithful: boolean, detection: number, time: number) {
    const text = key.join(' ')
    let id = cache.get(text)
    if (id === undefined) {
      id = find.get(...key) ?? Number(add.run(...key, faithful ? 1 : 0, detection, time, time).lastInsertRowid)
      if (cache.size >= cacheLimit) cache.clear()
      cache.set(text, id)
    }
    return { id, detection }
  }

  /** Splunk's `stats … by` needs every by-field under its own name: only 1121 and 1122 have them. */
  const named = (code: number, ids: EventIds, command: number) =>
    (code === 1121 || code === 1122) && ids.rule !== 0 && ids.process !== 0 && ids.path !== 0 && command !== 0

  return {
    of: (event, ids) => {
      const code = event.EventCode
      const base = [code, ids.rule, ids.process, ids.path] as const
      const blocked = blockCodes.has(code) ? risk.block : 0
      const stacks = [
        stack([ids.dest, 1, ...base, ids.parent, 0, 0, '', ''], named(code, ids, ids.parent), blocked, event.time),
      ]
      if (auditCodes.has(code)) {
        const faithful = named(code, ids, ids.target)
        stacks.push(stack([ids.dest, 2, ...base, ids.target, 0, 0, '', ''], faithful, risk.audit, event.time))
      }
      for (const change of event.changes) {
        const rule = dictionary.text(change.ASR_ID)
        const states = [change.Old_Registry_Value ?? '', change.New_Registry_Value ?? ''] as const
        const key: StackKey = [ids.dest, 3, code, rule, 0, 0, 0, ids.old, ids.new, ...states]
        stacks.push(stack(key, change.faithful, change.disabled ? risk.disabled : 0, event.time))
      }
      return stacks
    },
    forget: () => cache.clear(),
  }
}
