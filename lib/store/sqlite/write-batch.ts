import type { RegistryChange } from '#lib/asr/registry.ts'
import { column, type PackedEvents, width } from '../packed.ts'
import { type Batch, frameSize } from '../store.ts'
import type { Connection } from './database.ts'
import { openDictionary } from './dictionary.ts'
import { type EventIds, openEventStacks } from './event-stacks.ts'
import { openStacks, type Stack } from './stacks.ts'
import { openSums } from './sum.ts'
import { openTotals } from './totals.ts'

/** How many events of a batch were new, and what they span. */
export type Written = { stored: number; firstTime: number | null; lastTime: number | null }

type Event = {
  EventCode: number
  time: number
  recordId: number | null
  hash: string | undefined
  changes: RegistryChange[]
  ids: EventIds
}

/** Stores batches of events with everything that is counted from them. To be called inside a transaction. */
export function openBatchWriter(db: Connection) {
  const dictionary = openDictionary(db)
  const stacks = openStacks(db, dictionary)
  const stacksOf = openEventStacks(dictionary, stacks)
  const totals = openTotals(db)
  db.exec(
    'CREATE TEMP TABLE equal_content (upload INTEGER, hash BLOB, seen INTEGER, PRIMARY KEY (upload, hash)) WITHOUT ROWID',
  )
  const nextOrdinal = db
    .prepare<[number, Buffer], number>(
      `INSERT INTO equal_content VALUES (?, ?, 0) ON CONFLICT DO UPDATE SET seen = seen + 1 RETURNING seen`,
    )
    .pluck()
  const addDetail = db.prepare('INSERT INTO detail (upload, first_event, last_event, body) VALUES (?, ?, ?, ?)')
  const setDetail = db.prepare('UPDATE detail SET first_event = ?, last_event = ? WHERE id = ?')
  const dropDetail = db.prepare('DELETE FROM detail WHERE id = ?')
  const addEvent = db.prepare(
    `INSERT INTO event (upload, dest_id, EventCode, time, record_id, hash, ordinal, rule_id, process_id, path_id, parent_id,
       target_id, user_id, old_id, new_id, stack_id, audit_id, detail_id, slot)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const perDest = openSums()
  const addToDest = db.prepare(
    `INSERT INTO upload_dest (upload, dest_id, events, first_time, last_time) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET events = events + excluded.events, first_time = min(first_time, excluded.first_time),
       last_time = max(last_time, excluded.last_time)`,
  )
  const addToStack = db.prepare('INSERT INTO event_stack (stack_id, time, event_id) VALUES (?, ?, ?)')

  /** Numbers of the texts and dests of a batch, by their places in it. */
  function numbersOf({ texts, dests }: PackedEvents) {
    return { texts: [0, ...texts.map(dictionary.text)], dests: dests.map(dictionary.dest) }
  }

  function idsAt(rows: Float64Array, at: number, { texts, dests }: ReturnType<typeof numbersOf>): EventIds {
    const text = (place: number): number => texts[rows[at + place] as number] as number
    return {
      dest: dests[rows[at + column.dest] as number] as number,
      rule: text(column.ID),
      process: text(column.Process_Name),
      path: text(column.Path),
      parent: text(column.Parent_Commandline),
      target: text(column.Target_Commandline),
      user: text(column.User),
      old: text(column.Old_Value),
      new: text(column.New_Value),
    }
  }

  function identityOf(upload: number, event: Event) {
    if (event.hash === undefined) return { hash: null, ordinal: null }
    const hash = Buffer.from(event.hash, 'hex')
    return { hash, ordinal: nextOrdinal.get(upload, hash) ?? 0 }
  }

  /** Number of the event where it is new, 0 where it was there already. */
  function store(upload: number, event: Event, detail: number, slot: number): number {
    const { EventCode, time, recordId, ids } = event
    perDest.add(upload, ids.dest, time)
    const stack = stacksOf.stacking(EventCode, ids)
    const audit = stacksOf.audit(EventCode, ids)
    const { hash, ordinal } = identityOf(upload, event)
    const added = addEvent.run(
      upload,
      ids.dest,
      EventCode,
      time,
      recordId,
      hash,
      ordinal,
      ids.rule,
      ids.process,
      ids.path,
      ids.parent,
      ids.target,
      ids.user,
      ids.old,
      ids.new,
      stack.id,
      audit?.id ?? 0,
      detail,
      slot,
    )
    if (added.changes === 0) return 0
    const id = Number(added.lastInsertRowid)
    totals.add(time, ids.dest, EventCode, ids.rule)
    member(stack, time, id)
    if (audit !== null) member(audit, time, id)
    for (const each of stacksOf.changes(event.changes, EventCode, ids)) member(each, time, id)
    return id
  }

  function member(stack: Stack, time: number, event: number): void {
    stacks.count(stack, time)
    addToStack.run(stack.id, time, event)
  }

  function write(upload: number, { events, detail }: Batch): Written {
    const written: Written = { stored: 0, firstTime: null, lastTime: null }
    const numbers = numbersOf(events)
    const { rows, hashes, changes } = events
    for (const [frame, body] of detail.entries()) {
      const row = Number(addDetail.run(upload, 0, 0, body).lastInsertRowid)
      let [first, last] = [0, 0]
      const start = frame * frameSize
      const end = Math.min(start + frameSize, events.length)
      for (let place = start; place < end; place++) {
        const at = place * width
        const time = rows[at + column.time] as number
        const recordId = rows[at + column.recordId] as number
        const event = {
          EventCode: rows[at + column.EventCode] as number,
          time,
          recordId: Number.isNaN(recordId) ? null : recordId,
          hash: hashes.get(place),
          changes: changes.get(place) ?? [],
          ids: idsAt(rows, at, numbers),
        }
        const id = store(upload, event, row, place - start)
        written.firstTime = Math.min(written.firstTime ?? time, time)
        written.lastTime = Math.max(written.lastTime ?? time, time)
        if (id === 0) continue
        written.stored += 1
        first ||= id
        last = id
      }
      if (first !== 0) setDetail.run(first, last, row)
      else dropDetail.run(row)
    }
    perDest.take((of, dest, { count, first, last }) => addToDest.run(of, dest, count, first, last))
    stacks.flush()
    totals.flush()
    dictionary.settle()
    return written
  }

  return {
    write,
    forget: () => {
      dictionary.forget()
      stacks.forget()
      totals.forget()
      perDest.clear()
    },
    endUpload: (upload: number) => db.prepare('DELETE FROM equal_content WHERE upload = ?').run(upload),
  }
}
