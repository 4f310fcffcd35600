import { detections } from '#lib/asr/detections.ts'
import type { RegistryChange } from '#lib/asr/registry.ts'
import type { Dictionary } from './dictionary.ts'
import type { Stack, Stacks } from './stacks.ts'

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

const auditCodes = new Set(detections.audit.codes)
const blockCodes = new Set(detections.block.codes)

/** Splunk's `stats … by` needs every by-field under its own name: only 1121 and 1122 have them. */
const isNamed = (code: number, ids: EventIds, command: number): boolean =>
  (code === 1121 || code === 1122) && ids.rule !== 0 && ids.process !== 0 && ids.path !== 0 && command !== 0

/** Which result rows of the detections an event belongs to. */
export function openEventStacks(dictionary: Dictionary, stacks: Stacks) {
  function ofProcess(detection: number, code: number, ids: EventIds, command: number, isFleet: boolean): Stack {
    const { dest, rule, process, path } = ids
    const none = { old: 0, new: 0, oldState: '', newState: '' }
    const key = { dest, detection, code, rule, process, path, command, ...none }
    return stacks.of(key, isNamed(code, ids, command), isFleet)
  }

  /** A row that only Splunk calls disabled has no place here yet: it is under registry alone. */
  function ofChange(change: RegistryChange, code: number, ids: EventIds): Stack {
    const key = {
      dest: ids.dest,
      detection: (change.disabled ? detections.disabled : detections.registry).number,
      code,
      rule: dictionary.text(change.ASR_ID),
      process: 0,
      path: 0,
      command: 0,
      old: ids.old,
      new: ids.new,
      oldState: change.Old_Registry_Value ?? '',
      newState: change.New_Registry_Value ?? '',
    }
    return stacks.of(key, change.faithful, false)
  }

  return {
    /** Its row of *ASR Rules Stacking*. */
    stacking: (code: number, ids: EventIds): Stack =>
      ofProcess((blockCodes.has(code) ? detections.block : detections.stacking).number, code, ids, ids.parent, true),
    /** Its row of *ASR Audit Events*, or null. */
    audit: (code: number, ids: EventIds): Stack | null =>
      auditCodes.has(code) ? ofProcess(detections.audit.number, code, ids, ids.target, false) : null,
    /** Its rows of the configuration detections: one for each rule that it changed. */
    changes: (changes: RegistryChange[], code: number, ids: EventIds): Stack[] =>
      changes.map((change) => ofChange(change, code, ids)),
  }
}
