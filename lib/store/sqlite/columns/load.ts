import { detections } from '#lib/asr/detections.ts'
import { type Columns, openColumns } from './columns.ts'
import type { Pace } from './pace.ts'
import type { Source } from './source.ts'

/** Rows that are read at once. */
const chunk = 20_000
/** Deleted rows up to which the columns are kept as they are, and the share of them that is too many beyond that. */
const fewDeleted = 100_000
const deletedShare = 0.5

/** A range of row numbers. */
type Numbers = [first: number, last: number]
type EventFields = [stack: number, upload: number, target: number, user: number, signature: number, engine: number]
type EventCells = [id: number, time: number, ...EventFields]
type StackCells = [id: number, dest: number, code: number, rule: number, process: number, path: number, command: number]

const eventCells = 'id, time, stack_id, upload, target_id, user_id, signature_id, engine_id'

const stackCells = 'id, dest_id, "EventCode", rule_id, process_id, path_id, command_id'

async function addStacks(columns: Columns, source: Source, pace: Pace): Promise<void> {
  const inStacking = detections.stacking.numbers.join(', ')
  for (let count = chunk; count === chunk; await pace.breathe()) {
    const rows = source.rows<StackCells>(
      `SELECT ${stackCells} FROM stack WHERE id > ? AND detection IN (${inStacking}) ORDER BY id LIMIT ${chunk}`,
      [columns.lastStack],
    )
    for (const row of rows) columns.addStack(...row)
    count = rows.length
    pace.advance(count)
  }
}

/** Sets the fields of an event. Its stack may be new with an old number: one that was taken, but not used at once. */
function set(columns: Columns, source: Source, place: number, [stack, ...fields]: EventFields): void {
  if (!columns.stackPlaces[stack])
    for (const row of source.rows<StackCells>(`SELECT ${stackCells} FROM stack WHERE id = ?`, [stack]))
      columns.addStack(...row)
  columns.setEvent(place, stack, ...fields)
}

async function addEvents(columns: Columns, source: Source, pace: Pace): Promise<void> {
  for (let count = chunk; count === chunk; await pace.breathe()) {
    const rows = source.rows<EventCells>(`SELECT ${eventCells} FROM event WHERE id > ? ORDER BY id LIMIT ${chunk}`, [
      columns.lastEvent(),
    ])
    for (const [id, time, ...fields] of rows) set(columns, source, columns.addEvent(id, time), fields)
    count = rows.length
    if (count > 0) columns.version += 1
    pace.advance(count)
  }
}

function addDests(columns: Columns, source: Source): void {
  const rows = source.rows<[id: number, name: string, key: string]>(
    'SELECT id, name, key FROM dest WHERE id > ? ORDER BY id',
    [columns.dests.length - 1],
  )
  for (const [id, name, key] of rows) {
    columns.dests[id] = { name, key }
    columns.destNumbers.set(key, id)
  }
}

/** Reads the events of a range of row numbers again: some may have changed, and some may be gone. */
async function reread(columns: Columns, source: Source, pace: Pace, [first, last]: Numbers): Promise<void> {
  const end = columns.placeFrom(last + 1)
  let place = columns.placeFrom(first)
  while (place < end) {
    const before = place
    const rows = source.rows<EventCells>(
      `SELECT ${eventCells} FROM event WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ${chunk}`,
      [columns.events.id[place] as number, columns.events.id[end - 1] as number],
    )
    for (const [id, , ...fields] of rows) {
      while ((columns.events.id[place] as number) < id) columns.dropEvent(place++)
      set(columns, source, place++, fields)
    }
    if (rows.length < chunk) while (place < end) columns.dropEvent(place++)
    pace.advance(place - before)
    await pace.breathe()
  }
}

/** Returns how many places a range of row numbers has. */
const placesIn = (columns: Columns, [first, last]: Numbers): number =>
  columns.placeFrom(last + 1) - columns.placeFrom(first)

/** Ranges of row numbers that follow each other or overlap, as one. */
function merged(ranges: readonly Numbers[]): Numbers[] {
  const all: Numbers[] = []
  for (const [first, last] of ranges.toSorted(([a], [b]) => a - b)) {
    const latest = all.at(-1)
    if (latest !== undefined && first <= latest[1] + 1) latest[1] = Math.max(latest[1], last)
    else all.push([first, last])
  }
  return all
}

/**
 * Brings the columns up to date with what is stored, or loads them again if that is less work; returns those that are up to date. If
 * it is given up half-way, calling it again goes on from there.
 */
export async function update(columns: Columns, source: Source, pace: Pace): Promise<Columns> {
  const [[oldest, newest] = [null, null]] = source.rows<[oldest: number | null, newest: number | null]>(
    'SELECT min(number) AS oldest, max(number) AS newest FROM touched_events',
  )
  const isEmpty = columns.length === 0
  const isGap = (oldest ?? 0) > columns.touched + 1
  const isMostlyDeleted = columns.deleted > fewDeleted && columns.deleted > columns.length * deletedShare
  if (!isEmpty && (isGap || isMostlyDeleted)) {
    const fresh = openColumns()
    fresh.version = columns.version + 1
    fresh.edits = columns.edits + 1
    return update(fresh, source, pace)
  }
  addDests(columns, source)
  await pace.during('stacks', null, () => addStacks(columns, source, pace))
  const touched = source.rows<[number: number, first: number, last: number]>(
    'SELECT number, first_event, last_event FROM touched_events WHERE number > ? ORDER BY number',
    [columns.touched],
  )
  if (touched.length > 0 && !isEmpty) {
    columns.version += 1
    columns.edits += 1
    if (columns.isShared) columns.detach()
    const ranges = merged(touched.map(([, first, last]) => [first, last]))
    const places = ranges.reduce((sum, range) => sum + placesIn(columns, range), 0)
    await pace.during('events', places, async () => {
      for (const range of ranges) await reread(columns, source, pace, range)
    })
  }
  columns.touched = newest ?? 0
  const [[added] = [0]] = source.rows<[added: number]>('SELECT count(*) FROM event WHERE id > ?', [columns.lastEvent()])
  await pace.during('events', added, () => addEvents(columns, source, pace))
  return columns
}
