import type { Batch, PreparedEvent } from '../store.ts'
import { frameSize } from '../store.ts'
import type { Connection } from './database.ts'
import { openDictionary } from './dictionary.ts'
import { type EventIds, openStacks } from './stacks.ts'
import { openSums } from './sum.ts'
import { openTotals } from './totals.ts'

/** How many events of a batch were new, and what they span. */
export type Written = { stored: number; firstTime: number | null; lastTime: number | null }

/** Stores batches of events with everything that is counted from them. To be called inside a transaction. */
export function openBatchWriter(db: Connection) {
  const dictionary = openDictionary(db)
  const stacks = openStacks(db, dictionary)
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
       target_id, user_id, old_id, new_id, detail_id, slot)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const perDest = openSums()
  const addToDest = db.prepare(
    `INSERT INTO upload_dest (upload, dest_id, events, first_time, last_time) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET events = events + excluded.events, first_time = min(first_time, excluded.first_time),
       last_time = max(last_time, excluded.last_time)`,
  )
  const addToStack = db.prepare('INSERT INTO event_stack (event_id, stack_id, time) VALUES (?, ?, ?)')

  function idsOf(event: PreparedEvent): EventIds {
    return {
      dest: dictionary.dest(event.dest),
      rule: dictionary.text(event.ID),
      process: dictionary.text(event.Process_Name),
      path: dictionary.text(event.Path),
      parent: dictionary.text(event.Parent_Commandline),
      target: dictionary.text(event.Target_Commandline),
      user: dictionary.text(event.User),
      old: dictionary.text(event.Old_Value),
      new: dictionary.text(event.New_Value),
    }
  }

  /** Number of the event where it is new, 0 where it was there already. */
  function store(upload: number, event: PreparedEvent, detail: number, slot: number): number {
    const ids = idsOf(event)
    const { EventCode, time, recordId } = event
    const hash = event.hash === null ? null : Buffer.from(event.hash, 'hex')
    const ordinal = hash === null ? null : (nextOrdinal.get(upload, hash) ?? 0)
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
      detail,
      slot,
    )
    if (added.changes === 0) return 0
    const id = Number(added.lastInsertRowid)
    totals.add(time, ids.dest, EventCode, ids.rule)
    for (const stack of new Set(stacks.count(event, ids))) addToStack.run(id, stack, time)
    return id
  }

  function write(upload: number, batch: Batch): Written {
    const written: Written = { stored: 0, firstTime: null, lastTime: null }
    for (const [frame, body] of batch.detail.entries()) {
      const detail = Number(addDetail.run(upload, 0, 0, body).lastInsertRowid)
      const events = batch.events.slice(frame * frameSize, (frame + 1) * frameSize)
      const ids = events.map((event, slot) => store(upload, event, detail, slot)).filter((id) => id !== 0)
      for (const { dest, time } of events) {
        perDest.add(upload, dictionary.dest(dest), time)
        written.firstTime = Math.min(written.firstTime ?? time, time)
        written.lastTime = Math.max(written.lastTime ?? time, time)
      }
      written.stored += ids.length
      if (ids.length > 0) setDetail.run(ids[0], ids.at(-1), detail)
      else dropDetail.run(detail)
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
