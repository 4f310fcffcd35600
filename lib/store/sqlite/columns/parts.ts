import { codes, type Feature } from '#lib/asr/codes.ts'
import { type By, ladders as ladderColumns, type StackColumn, type Step } from '#lib/hunting/definition.ts'
import { fits } from '#lib/params/pattern.ts'
import type { GroupPatterns } from '#lib/store/reads.ts'
import { type Columns, modes } from './columns.ts'
import { formAt, type Ladders } from './ladders.ts'
import type { Pace } from './pace.ts'
import type { Source } from './source.ts'
import { textOf } from './texts.ts'

/** An upload, in the order in which they were made. */
export type Upload = { seq: number; id: string; state: string; createdAt: number }

/** What values are read from besides the columns. */
export type Reading = {
  columns: Columns
  source: Source
  pace: Pace
  ladders: Ladders
  groups: readonly GroupPatterns[]
  uploads: readonly Upload[]
}

/** The values of one field: a number for each, by the place of a stack or of an event, and the text of such a number. */
export type Part = {
  by: By
  of: 'stack' | 'event'
  numbers: Uint32Array
  /** Null if the field was not logged. */
  textOf(number: number): string | null
  /** Of numbers that can mean something else later: which meaning they have. */
  edition?: number
  /** Whether the numbers are those of texts in the dictionary. */
  isText?: true
}

const features: readonly Feature[] = ['asr', 'network', 'policy', 'configuration']
const eventColumns = {
  Target_Commandline: 'target',
  User: 'user',
  upload: 'upload',
  Signature_Version: 'signature',
  Engine_Version: 'engine',
} as const
const stackTexts = {
  ID: 'rule',
  Process_Name: 'process',
  Path: 'path',
  Parent_Commandline: 'command',
} as const

type EventColumn = keyof typeof eventColumns
type StackText = keyof typeof stackTexts

const isEventColumn = (column: StackColumn): column is EventColumn => Object.hasOwn(eventColumns, column)
const isStackText = (column: StackColumn): column is StackText => Object.hasOwn(stackTexts, column)

function mapped(column: Uint32Array, length: number, map: ArrayLike<number>): Uint32Array {
  const numbers = new Uint32Array(length)
  for (let at = 0; at < length; at++) numbers[at] = map[column[at] as number] as number
  return numbers
}

/** The place of the first group that a host is in, plus one, by the number of the host; 0 if it is in none. */
const groupNumbers = ({ columns: { dests }, groups }: Reading): Uint32Array =>
  Uint32Array.from(dests, (dest) =>
    dest === undefined
      ? 0
      : groups.findIndex(({ patterns }) => patterns.some((pattern) => fits(pattern, dest.name))) + 1,
  )

/** The column of a field as it was logged. */
function logged({ columns }: Reading, column: EventColumn | StackText): Uint32Array {
  return isEventColumn(column) ? columns.events[eventColumns[column]] : columns.stacks[stackTexts[column]]
}

/** A field of a host, or one that follows from the EventCode. */
function otherPart(reading: Reading, by: By): Part {
  const { stacks, stackLength, dests } = reading.columns
  if (by.column === 'dest')
    return { by, of: 'stack', numbers: stacks.dest, textOf: (number) => dests[number]?.name ?? null }
  if (by.column === 'group') {
    const numbers = mapped(stacks.dest, stackLength, groupNumbers(reading))
    return { by, of: 'stack', numbers, textOf: (number) => reading.groups[number - 1]?.name ?? null }
  }
  if (by.column === 'EventCode') return { by, of: 'stack', numbers: stacks.code, textOf: String }
  if (by.column === 'mode') {
    const numbers = Uint32Array.from(stacks.mode.subarray(0, stackLength))
    return { by, of: 'stack', numbers, textOf: (number) => modes[number] ?? null }
  }
  const numbers = new Uint32Array(stackLength)
  for (let at = 1; at < stackLength; at++)
    numbers[at] = features.indexOf(codes[stacks.code[at] as number]?.feature as Feature) + 1
  return { by, of: 'stack', numbers, textOf: (number) => features[number - 1] ?? null }
}

/** Returns the values of one field. */
export async function partOf(reading: Reading, by: By): Promise<Part> {
  const { columns, source, pace, ladders, uploads } = reading
  const { column, step } = by
  if (!isEventColumn(column) && !isStackText(column)) return otherPart(reading, by)
  const of = isEventColumn(column) ? 'event' : 'stack'
  const numbers = logged(reading, column)
  if (column === 'upload') {
    const ids = new Map(uploads.map(({ seq, id }) => [seq, id]))
    return { by, of, numbers, textOf: (number) => ids.get(number) ?? null }
  }
  if (step === 'exact') return { by, of, numbers, textOf: (number) => textOf(source, number), isText: true }
  const length = of === 'event' ? columns.length : columns.stackLength
  const ladder = await ladders.of({ source, pace, kind: kindOf(column), step, column: numbers, length })
  return {
    ...{ by, of },
    numbers: mapped(numbers, length, ladder.numbers),
    textOf: (number) => formAt(source, ladder, number),
    edition: ladder.edition,
  }
}

/** What the texts of a column with a ladder are. */
const kindOf = (column: StackColumn) => ladderColumns[column as keyof typeof ladderColumns]

/** Returns the values of some fields. */
export async function partsOf(reading: Reading, by: readonly By[]): Promise<Part[]> {
  const parts: Part[] = []
  for (const each of by) parts.push(await partOf(reading, each))
  return parts
}

/** A field as it was logged, without the steps that merge its texts. */
export const exactly = ({ column }: By): By => ({ column, step: 'exact' satisfies Step })
