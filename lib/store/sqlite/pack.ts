import { detections } from '#lib/asr/detections.ts'
import { stackKey } from '#lib/asr/stack-key.ts'
import { type StackPlan, type StackRow, stacks } from '#lib/asr/stacks.ts'
import type { LoggedSections, PreparedEvent } from '#lib/model/event.ts'
import { frameSize, openFrame } from './frames.ts'

export { frameSize } from './frames.ts'

/** The place of each number in a row of events. `recordId` is NaN if there is none; a text is its place in `texts` plus one, 0 if it is missing. */
export const column = {
  EventCode: 0,
  time: 1,
  recordId: 2,
  dest: 3,
  ID: 4,
  Process_Name: 5,
  Path: 6,
  Parent_Commandline: 7,
  Target_Commandline: 8,
  User: 9,
  Old_Value: 10,
  New_Value: 11,
  Signature_Version: 12,
  Engine_Version: 13,
  /** Its row of ASR Rules Stacking, as a place in `stacks`. */
  stacking: 14,
  /** Its row of ASR Audit Events, as a place in `stacks` plus one; 0 if it has none. */
  audit: 15,
} as const
export const width = 16

/** The place of each number in a row of stacks. Texts are places in `texts` plus one, states in `states`. */
export const stackColumn = {
  detection: 0,
  dest: 1,
  EventCode: 2,
  rule: 3,
  process: 4,
  path: 5,
  command: 6,
  old: 7,
  new: 8,
  oldState: 9,
  newState: 10,
  exclusion: 11,
  faithful: 12,
  weakened: 13,
  /** 1 if it counts towards the stacks of the fleet. */
  isFleet: 14,
} as const
export const stackWidth = 15
/** Bytes of a stack key. */
export const keyBytes = 16

/** Events in columns, each text, host and stack once: cheap to post to another thread. */
export type PackedBatch = {
  length: number
  rows: Float64Array<ArrayBuffer>
  texts: string[]
  dests: string[]
  /** States of a rule, '' for none. */
  states: string[]
  /** Content hashes in hex, by the place of an event without EventRecordID. */
  hashes: Map<number, string>
  /** The result rows that events of the batch belong to, and their keys. */
  stackRows: Float64Array<ArrayBuffer>
  stackKeys: Uint8Array<ArrayBuffer>
  /** The rows of the configuration detections, as places among the stacks, by the place of a 5007. */
  changes: Map<number, number[]>
  /** The fields as logged, in zstd frames of `frameSize` events. */
  detail: Uint8Array[]
}

/** Numbers strings in the order they come, from 0. */
function openNumbering() {
  const places = new Map<string, number>()
  const list: string[] = []
  return {
    list,
    placeOf: (value: string): number => {
      const known = places.get(value)
      if (known !== undefined) return known
      places.set(value, list.length)
      return list.push(value) - 1
    },
  }
}

/** Rows of numbers in one array that grows. */
function openRows(rowWidth: number) {
  let rows = new Float64Array(256 * rowWidth)
  let length = 0
  return {
    length: () => length,
    rows: () => rows,
    /** The array and the place of a new row in it. */
    add: (): [rows: Float64Array, at: number] => {
      const at = length * rowWidth
      if (at === rows.length) {
        const larger = new Float64Array(rows.length * 2)
        larger.set(rows)
        rows = larger
      }
      length += 1
      return [rows, at]
    },
    close: () => rows.slice(0, length * rowWidth),
  }
}

/** Columns of a stack that are texts of the dictionary. */
const stackTexts: Record<string, keyof typeof stackColumn> = {
  ID: 'rule',
  ASR_ID: 'rule',
  Process_Name: 'process',
  Path: 'path',
  Parent_Commandline: 'command',
  Target_Commandline: 'command',
  Old_Value: 'old',
  New_Value: 'new',
}
const stackStates: Record<string, keyof typeof stackColumn> = {
  Old_Registry_Value: 'oldState',
  New_Registry_Value: 'newState',
}

/** Whether the rows of a stack are in complete mode, faithful mode or both: 0 complete only, 1 both, 2 faithful only. */
function faithfulOf({ faithful, family, detection, disabled }: StackRow): number {
  if (!faithful) return 0
  return family === 'registry' && detection !== detections.registry.number && !disabled ? 2 : 1
}

/** The columns of a stack that identify it come first. */
const identityWidth = stackColumn.newState + 1

function hashOf(numbers: Float64Array): number {
  let hash = 0
  for (let at = 0; at < numbers.length; at++) {
    hash = Math.imul(hash ^ (numbers[at] as number), 0x9e3779b1)
    hash ^= hash >>> 15
  }
  return hash
}

/** A plan with the columns of an event that its texts are in, each followed by the column of the stack. */
type PlanColumns = { plan: StackPlan; columns: number[] }

// biome-ignore lint/plugin: a cache of what never changes may exist twice.
const planColumns = new Map<number, PlanColumns[]>()

/** The plans of an EventCode. */
function plansOf(code: number): PlanColumns[] {
  const known = planColumns.get(code)
  if (known !== undefined) return known
  const plans = stacks.plansOf(code).map((plan) => ({
    plan,
    columns: plan.by.flatMap((field) => {
      const text = stackTexts[field]
      return text === undefined ? [] : [column[field as keyof typeof column], stackColumn[text]]
    }),
  }))
  if (plans.length > 0) planColumns.set(code, plans)
  return plans
}

/** An EventBatch that is packed event by event. */
export type Packer = {
  readonly length: number
  /** `logged` is null if its fields are stored already. */
  add(event: PreparedEvent, logged: LoggedSections | null): void
  close(): PackedBatch
}

/** Opens a packer. It computes which stacks each event belongs to, and the key of each stack once. */
export function openPacker(): Packer {
  const texts = openNumbering()
  const dests = openNumbering()
  const states = openNumbering()
  const hashes: PackedBatch['hashes'] = new Map()
  const changes: PackedBatch['changes'] = new Map()
  const rows = openRows(width)
  const stackRows = openRows(stackWidth)
  /** The latest stack by the hash of its numbers, and the one before it with the same hash. */
  const stackPlaces = new Map<number, number>()
  const nextPlaces: number[] = []
  const sought = new Float64Array(identityWidth)
  const keys: string[] = []
  const detail: Uint8Array[] = []
  const frame = openFrame()

  const textOf = (value: string | null): number => (value === null ? 0 : texts.placeOf(value) + 1)

  /** The place of the stack that has the numbers in `sought`, or -1; `hash` is theirs. */
  function findStack(hash: number): number {
    const all = stackRows.rows()
    let place = stackPlaces.get(hash) ?? -1
    for (; place >= 0; place = nextPlaces[place] as number) {
      const at = place * stackWidth
      let same = 0
      while (same < identityWidth && all[at + same] === sought[same]) same++
      if (same === identityWidth) break
    }
    return place
  }

  /** Adds the stack that has the numbers in `sought`. */
  function addStack(hash: number, stack: StackRow): number {
    const place = stackRows.length()
    nextPlaces.push(stackPlaces.get(hash) ?? -1)
    stackPlaces.set(hash, place)
    keys.push(stackKey(detections[stack.family].by, stack.by))
    const [to, at] = stackRows.add()
    to.set(sought, at)
    to[at + stackColumn.exclusion] = textOf(stack.exclusion)
    to[at + stackColumn.faithful] = faithfulOf(stack)
    to[at + stackColumn.weakened] = stack.weakened ? 1 : 0
    to[at + stackColumn.isFleet] = stack.family === 'stacking' ? 1 : 0
    return place
  }

  function seek(detection: number, dest: number, EventCode: number): void {
    sought.fill(0)
    sought[stackColumn.detection] = detection
    sought[stackColumn.dest] = dest
    sought[stackColumn.EventCode] = EventCode
    sought[stackColumn.oldState] = sought[stackColumn.newState] = states.placeOf('')
  }

  /** The place of a stack that follows from the EventCode. Its texts are in the row of the event, so most need no strings. */
  function planPlace(event: PreparedEvent, { plan, columns }: PlanColumns, row: Float64Array, at: number): number {
    seek(plan.number, row[at + column.dest] as number, event.EventCode)
    for (let each = 0; each < columns.length; each += 2)
      sought[columns[each + 1] as number] = row[at + (columns[each] as number)] as number
    const hash = hashOf(sought)
    const known = findStack(hash)
    return known >= 0 ? known : addStack(hash, stacks.ofPlan(event, plan))
  }

  /** The place of a stack of a configuration change. */
  function changePlace(event: PreparedEvent, dest: number, stack: StackRow): number {
    const { by } = detections[stack.family]
    seek(stack.detection, dest, event.EventCode)
    for (const [index, field] of by.entries()) {
      const value = stack.by[index] ?? null
      const [text, state] = [stackTexts[field], stackStates[field]]
      if (text !== undefined) sought[stackColumn[text]] = textOf(value)
      else if (state !== undefined) sought[stackColumn[state]] = states.placeOf(value ?? '')
    }
    const hash = hashOf(sought)
    const known = findStack(hash)
    return known >= 0 ? known : addStack(hash, stack)
  }

  return {
    get length() {
      return rows.length()
    },
    add: (event, logged) => {
      const place = rows.length()
      const [to, at] = rows.add()
      const dest = dests.placeOf(event.dest)
      to[at + column.EventCode] = event.EventCode
      to[at + column.time] = event.time
      to[at + column.recordId] = event.recordId ?? Number.NaN
      to[at + column.dest] = dest
      // One line for each, since V8 is slow to read a property whose name varies.
      to[at + column.ID] = textOf(event.ID)
      to[at + column.Process_Name] = textOf(event.Process_Name)
      to[at + column.Path] = textOf(event.Path)
      to[at + column.Parent_Commandline] = textOf(event.Parent_Commandline)
      to[at + column.Target_Commandline] = textOf(event.Target_Commandline)
      to[at + column.User] = textOf(event.User)
      to[at + column.Old_Value] = textOf(event.Old_Value)
      to[at + column.New_Value] = textOf(event.New_Value)
      to[at + column.Signature_Version] = textOf(event.Signature_Version)
      to[at + column.Engine_Version] = textOf(event.Engine_Version)
      for (const plan of plansOf(event.EventCode)) {
        const of = planPlace(event, plan, to, at)
        if (plan.plan.family === 'stacking') to[at + column.stacking] = of
        else to[at + column.audit] = of + 1
      }
      if (event.changes.length > 0) {
        const configuration = stacks.ofChanges(event).map((stack) => changePlace(event, dest, stack))
        if (configuration.length > 0) changes.set(place, configuration)
      }
      if (event.hash !== null) hashes.set(place, event.hash)
      if (logged !== null) frame.add(logged)
      if (frame.length() === frameSize) detail.push(frame.close())
    },
    close: () => {
      if (frame.length() > 0) detail.push(frame.close())
      const stackKeys = new Uint8Array(keys.length * keyBytes)
      const bytes = Buffer.from(stackKeys.buffer)
      for (let index = 0; index < keys.length; index++)
        bytes.write(keys[index] as string, index * keyBytes, keyBytes, 'base64url')
      return {
        length: rows.length(),
        rows: rows.close(),
        texts: texts.list,
        dests: dests.list,
        states: states.list,
        hashes,
        stackRows: stackRows.close(),
        stackKeys,
        changes,
        detail,
      }
    },
  }
}
