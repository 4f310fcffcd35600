import type { Columns } from './columns.ts'
import { type Grouping, groupRows, openGrouping } from './grouping.ts'
import type { Part, Reading } from './parts.ts'

/** Bytes that groupings may take, besides the newest. */
const kept = 256_000_000

type Known = { columns: Columns; edits: number; grouping: ReturnType<typeof openGrouping> }

/** A name that is another one if the numbers of the fields mean something else. */
const nameOf = (parts: readonly Part[], { groups }: Reading): string =>
  JSON.stringify(
    parts.map(({ by: { column, step }, edition }) => [column, step, edition ?? 0, column === 'group' ? groups : null]),
  )

/** Groups all stacks or all events by fields. The last groupings are kept, so that only what was stored meanwhile is added to them. */
export function openGroupings() {
  const all = new Map<string, Known>()

  function forget(): void {
    let bytes = 0
    for (const [name, { grouping }] of [...all].reverse()) {
      bytes += all.size > 1 ? grouping.bytes() : 0
      if (bytes > kept && name !== [...all.keys()].at(-1)) all.delete(name)
    }
  }

  async function grouped(
    reading: Reading,
    name: string,
    columnsOf: () => Promise<readonly Uint32Array[]> | readonly Uint32Array[],
    of: Part['of'],
  ): Promise<Grouping> {
    const { columns, pace } = reading
    // Events can change; stacks are only added.
    const edits = of === 'event' ? columns.edits : 0
    // Columns that were loaded again must not stay in memory.
    for (const [other, known] of all) if (known.columns !== columns) all.delete(other)
    const found = all.get(name)
    const known =
      found?.columns === columns && found.edits === edits ? found : { columns, edits, grouping: openGrouping() }
    all.delete(name)
    all.set(name, known)
    const length = of === 'event' ? columns.length : columns.stackLength
    const grouping = await known.grouping.upTo(pace, await columnsOf(), length)
    forget()
    return grouping
  }

  /** Stacks by fields of stacks. */
  async function ofStacks(reading: Reading, parts: readonly Part[]): Promise<Grouping> {
    const own = parts.map(({ numbers }) => numbers)
    return own.length === 1
      ? groupRows(reading.pace, own, reading.columns.stackLength)
      : grouped(reading, `stacks ${nameOf(parts, reading)}`, () => own, 'stack')
  }

  /** Events by fields, of which one at least is of events. */
  async function ofEvents(reading: Reading, parts: readonly Part[]): Promise<Grouping> {
    const { columns, pace } = reading
    const ofStack = parts.filter(({ of }) => of === 'stack')
    const own = parts.filter(({ of }) => of === 'event').map(({ numbers }) => numbers)
    if (ofStack.length === 0 && own.length === 1) return groupRows(pace, own, columns.length)
    const columnsOf = async () => {
      if (ofStack.length === 0) return own
      const { numbers } = await ofStacks(reading, ofStack)
      const { stack } = columns.events
      const common = new Uint32Array(columns.length)
      await pace.inParts(columns.length, (from, to) => {
        for (let place = from; place < to; place++) common[place] = numbers[stack[place] as number] as number
      })
      return [common, ...own]
    }
    return grouped(reading, `events ${nameOf(parts, reading)}`, columnsOf, 'event')
  }

  return { ofStacks, ofEvents }
}
