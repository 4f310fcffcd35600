import { codes, type Mode } from '#lib/asr/codes.ts'
import { dayOf } from '#lib/asr/hours.ts'

/** The largest number that a column can have. Event and text numbers grow by one for each row, so this is far away. */
const most = 0xffff_ffff

/** Modes in the order of their numbers. */
export const modes: readonly Mode[] = ['block', 'audit', 'override', 'configuration']

const eventColumns = { id: Uint32Array, stack: Uint32Array, time: Float64Array, day: Uint32Array, upload: Uint32Array }
const eventTexts = { target: Uint32Array, user: Uint32Array, signature: Uint32Array, engine: Uint32Array }
const stackColumns = {
  ...{ dest: Uint32Array, code: Uint32Array, mode: Uint8Array, live: Uint32Array },
  ...{ rule: Uint32Array, process: Uint32Array, path: Uint32Array, command: Uint32Array },
}

type Numbers = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array
type Table<Spec extends Record<string, new (length: number) => Numbers>> = {
  [Name in keyof Spec]: InstanceType<Spec[Name]>
}

/** The same numbers in an array that has room for more. */
export function grown<Column extends Numbers>(column: Column, length: number): Column {
  const larger = new (column.constructor as new (length: number) => Column)(length)
  larger.set(column)
  return larger
}

function makeTable<Spec extends Record<string, new (length: number) => Numbers>>(
  spec: Spec,
  length: number,
): Table<Spec> {
  return Object.fromEntries(Object.entries(spec).map(([name, Column]) => [name, new Column(length)])) as Table<Spec>
}

function growTable(table: Record<string, Numbers>, length: number): void {
  for (const [name, column] of Object.entries(table)) table[name] = grown(column, length)
}

/** @throws if a number does not fit into a column */
export function checked(number: number): number {
  if (number > most)
    throw new Error(`The row number ${number} is too large to be counted in memory; at most ${most} is.`)
  return number
}

export type Columns = ReturnType<typeof openColumns>

/**
 * Events and the stacks of ASR Rules Stacking that they are in, as columns of numbers. Rows are found by their place, in the order
 * of their row numbers. Events begin at place 0; an event that was deleted has the stack 0, so stacks begin at place 1. Texts
 * are their numbers in the dictionary, 0 if nothing was logged.
 */
export function openColumns() {
  const events = makeTable({ ...eventColumns, ...eventTexts }, 1024)
  const stacks = makeTable(stackColumns, 1024)
  const dayPlaces = new Map<number, number>()
  const columns = {
    events,
    /** Places of events, and how many of these were deleted. */
    length: 0,
    deleted: 0,
    /** `live`: how many events a stack has. `mode`: a place in `modes`. */
    stacks,
    stackLength: 1,
    /** Places of stacks by their row numbers. */
    stackPlaces: new Uint32Array(1024),
    lastStack: 0,
    /** First and last time of all events that were ever in the columns. */
    span: { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY },
    /** Users that events were ever of, numbered from 1, by the number of their text: their texts are far apart in the dictionary. */
    users: { numbers: new Uint32Array(1024), count: 0 },
    /** Days in UTC that events are of, by their number in the column `day`, from 1. */
    days: [Number.NaN],
    /** Spelling and key of hosts, by their row numbers; and how many events each has. */
    dests: [] as { name: string; key: string }[],
    destNumbers: new Map<string, number>(),
    /** The newest change of stored events that is included: see `touched_events`. */
    touched: 0,
    /** Changes with everything that is stored or removed; `edits` only if rows that were loaded before have changed. */
    version: 0,
    edits: 0,
    /** Whether somebody who still needs the events as they are has their columns: call `detach` before events are edited. */
    isShared: false,
    /** Gives the events columns of their own: those that were handed out keep what they have. */
    detach: (): void => {
      growTable(events, events.id.length)
      columns.isShared = false
    },
    lastEvent: (): number => (columns.length === 0 ? 0 : (events.id[columns.length - 1] as number)),
    addStack: (
      id: number,
      dest: number,
      code: number,
      rule: number,
      process: number,
      path: number,
      command: number,
    ): void => {
      const place = columns.stackLength
      if (place === stacks.dest.length) growTable(stacks, place * 2)
      if (checked(id) >= columns.stackPlaces.length) columns.stackPlaces = grown(columns.stackPlaces, id * 2)
      columns.stackPlaces[id] = place
      columns.lastStack = Math.max(columns.lastStack, id)
      columns.stackLength += 1
      stacks.dest[place] = checked(dest)
      stacks.code[place] = code
      stacks.mode[place] = modes.indexOf(codes[code]?.mode ?? 'configuration')
      stacks.rule[place] = checked(rule)
      stacks.process[place] = checked(process)
      stacks.path[place] = checked(path)
      stacks.command[place] = checked(command)
    },
    /** Adds the row of an event and returns its place. Its fields are to be set by `setEvent`. */
    addEvent: (id: number, time: number): number => {
      const place = columns.length
      if (place === events.id.length) growTable(events, place * 2)
      events.id[place] = checked(id)
      events.time[place] = time
      const { span } = columns
      if (time < span.first) span.first = time
      if (time > span.last) span.last = time
      const day = dayOf(time)
      let known = dayPlaces.get(day)
      if (known === undefined) {
        known = columns.days.push(day) - 1
        dayPlaces.set(day, known)
      }
      events.day[place] = known
      columns.length += 1
      return place
    },
    setEvent: (
      place: number,
      stack: number,
      upload: number,
      target: number,
      user: number,
      signature: number,
      engine: number,
    ): void => {
      const before = events.stack[place] as number
      const now = stack === 0 ? 0 : (columns.stackPlaces[stack] as number)
      if (before !== now) {
        if (before !== 0) stacks.live[before] = (stacks.live[before] as number) - 1
        if (now !== 0) stacks.live[now] = (stacks.live[now] as number) + 1
        events.stack[place] = now
      }
      events.upload[place] = checked(upload)
      events.target[place] = checked(target)
      events.user[place] = checked(user)
      const { users } = columns
      if (user >= users.numbers.length) users.numbers = grown(users.numbers, user * 2)
      if (user !== 0 && users.numbers[user] === 0) users.numbers[user] = ++users.count
      events.signature[place] = checked(signature)
      events.engine[place] = checked(engine)
    },
    dropEvent: (place: number): void => {
      const stack = events.stack[place] as number
      if (stack === 0) return
      stacks.live[stack] = (stacks.live[stack] as number) - 1
      events.stack[place] = 0
      columns.deleted += 1
    },
    /** The first place whose event has at least this number. */
    placeFrom: (id: number): number => {
      let [low, high] = [0, columns.length]
      while (low < high) {
        const middle = (low + high) >>> 1
        if ((events.id[middle] as number) < id) low = middle + 1
        else high = middle
      }
      return low
    },
  }
  return columns
}
