import type { Connection } from './database.ts'
import { openDictionary } from './dictionary.ts'
import { column, frameSize, keyBytes, type PackedBatch, stackColumn, stackWidth, width } from './pack.ts'
import type { Sequence } from './sequence.ts'
import { openStacks, type Stack } from './stacks.ts'
import { openSums } from './sum.ts'
import { openTotals } from './totals.ts'

/** How many events of a batch were new, and their first and last time. */
export type Written = { stored: number; firstTime: number | null; lastTime: number | null }

export type BatchWriter = ReturnType<typeof openBatchWriter>
type Resolved = ReturnType<BatchWriter['resolve']>
type Storing = {
  upload: number
  isDuplicate: (event: number) => void
  batch: PackedBatch
  resolved: Resolved
  detail: number
  /** Of an upload that is restored: what its events without EventRecordID are among equals, by their place. */
  ordinals: readonly (number | null)[] | null
}

/**
 * Stores batches of events with everything that is counted from them. Call its functions inside a transaction, and `flush`
 * at its end: what several batches add to the same rows is written once.
 */
export function openBatchWriter(db: Connection, sequence: Sequence) {
  const dictionary = openDictionary(db, sequence)
  const stacks = openStacks(db, dictionary, sequence)
  const totals = openTotals(db)
  db.exec(
    'CREATE TEMP TABLE equal_content (upload INTEGER, hash BLOB, seen INTEGER, PRIMARY KEY (upload, hash)) WITHOUT ROWID',
  )
  const nextOrdinal = db
    .prepare<[number, Buffer], number>(
      `INSERT INTO equal_content VALUES (?, ?, 0) ON CONFLICT DO UPDATE SET seen = seen + 1 RETURNING seen`,
    )
    .pluck()
  const forgetContent = db.prepare('DELETE FROM equal_content WHERE upload = ?')
  const addDetail = db.prepare('INSERT INTO detail (id, upload, first_event, last_event, body) VALUES (?, ?, ?, ?, ?)')
  const addEvent = db.prepare(
    `INSERT INTO event (id, upload, dest_id, EventCode, time, record_id, hash, ordinal, rule_id, process_id, path_id, parent_id,
       target_id, user_id, old_id, new_id, signature_id, engine_id, stack_id, audit_id, detail_id, slot)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const storedAs = {
    record: db
      .prepare<[number, number, number, number], number>(
        'SELECT id FROM event WHERE dest_id = ? AND time / 1000 = ? AND EventCode = ? AND record_id = ?',
      )
      .pluck(),
    content: db
      .prepare<[Buffer | null, number | null], number>(
        'SELECT id FROM event WHERE record_id IS NULL AND hash = ? AND ordinal = ?',
      )
      .pluck(),
  }
  const addChange = db.prepare('INSERT INTO event_change (event_id, stack_id) VALUES (?, ?)')
  const perDest = openSums()
  let isHalfWritten = false
  const addToDest = db.prepare(
    `INSERT INTO upload_dest (upload, dest_id, events, first_time, last_time) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET events = events + excluded.events, first_time = min(first_time, excluded.first_time),
       last_time = max(last_time, excluded.last_time)`,
  )

  /** Row numbers of the texts, hosts and stacks of a batch, by their places in it. */
  function resolve(batch: PackedBatch) {
    const texts = [0, ...batch.texts.map(dictionary.text)]
    const dests = batch.dests.map(dictionary.dest)
    const { stackRows, stackKeys, states } = batch
    const keys = Buffer.from(stackKeys.buffer, stackKeys.byteOffset, stackKeys.byteLength)
    const resolved: (Stack | undefined)[] = []
    const stackAt = (place: number): Stack => {
      const known = resolved[place]
      if (known !== undefined) return known
      const at = place * stackWidth
      const number = (index: number) => stackRows[at + index] as number
      const text = (index: number) => texts[number(index)] as number
      const found = stacks.of({
        key: keys.subarray(place * keyBytes, (place + 1) * keyBytes),
        detection: number(stackColumn.detection),
        dest: dests[number(stackColumn.dest)] as number,
        EventCode: number(stackColumn.EventCode),
        rule: text(stackColumn.rule),
        process: text(stackColumn.process),
        path: text(stackColumn.path),
        command: text(stackColumn.command),
        old: text(stackColumn.old),
        new: text(stackColumn.new),
        oldState: states[number(stackColumn.oldState)] as string,
        newState: states[number(stackColumn.newState)] as string,
        exclusion: text(stackColumn.exclusion),
        faithful: number(stackColumn.faithful),
        weakened: number(stackColumn.weakened),
        isFleet: number(stackColumn.isFleet) === 1,
      })
      resolved[place] = found
      return found
    }
    return { texts, dests, stackAt }
  }

  /** Stores the event at a place of the batch; its number, or 0 if it was stored before: then `isDuplicate` is called. */
  function store({ upload, isDuplicate, batch, resolved, detail, ordinals }: Storing, place: number): number {
    const { rows, hashes, changes } = batch
    const { texts, dests, stackAt } = resolved
    const at = place * width
    const time = rows[at + column.time] as number
    const EventCode = rows[at + column.EventCode] as number
    const recordId = rows[at + column.recordId] as number
    const auditPlace = rows[at + column.audit] as number
    const dest = dests[rows[at + column.dest] as number] as number
    const rule = texts[rows[at + column.ID] as number] as number
    // What is restored has its sums by host, of duplicates too, already.
    if (ordinals === null) perDest.add(upload, dest, time)
    const stacking = stackAt(rows[at + column.stacking] as number)
    const audit = auditPlace === 0 ? null : stackAt(auditPlace - 1)
    const hex = hashes.get(place)
    const hash = hex === undefined ? null : Buffer.from(hex, 'hex')
    const ordinal = hash === null ? null : (ordinals?.[place] ?? nextOrdinal.get(upload, hash) ?? 0)
    const id = sequence.take('event')
    const { changes: added } = addEvent.run(
      id,
      upload,
      dest,
      EventCode,
      time,
      Number.isNaN(recordId) ? null : recordId,
      hash,
      ordinal,
      rule,
      texts[rows[at + column.Process_Name] as number],
      texts[rows[at + column.Path] as number],
      texts[rows[at + column.Parent_Commandline] as number],
      texts[rows[at + column.Target_Commandline] as number],
      texts[rows[at + column.User] as number],
      texts[rows[at + column.Old_Value] as number],
      texts[rows[at + column.New_Value] as number],
      texts[rows[at + column.Signature_Version] as number],
      texts[rows[at + column.Engine_Version] as number],
      stacking.id,
      audit === null ? 0 : audit.id,
      detail,
      place % frameSize,
    )
    if (added === 0) {
      const event = Number.isNaN(recordId)
        ? storedAs.content.get(hash, ordinal)
        : storedAs.record.get(dest, Math.trunc(time / 1000), EventCode, recordId)
      if (event !== undefined) isDuplicate(event)
      return 0
    }
    totals.add(time, dest, EventCode, rule)
    stacks.count(stacking, time)
    if (audit !== null) stacks.count(audit, time)
    for (const change of changes.get(place) ?? []) {
      const stack = stackAt(change)
      addChange.run(id, stack.id)
      stacks.count(stack, time)
    }
    return id
  }

  /**
   * Stores a batch. What is counted from it is written by `flush`, which must run in the same transaction. `isDuplicate` is
   * called with the row number of each event that was stored before. `ordinals`: of events that are restored, see `Storing`.
   */
  function write(
    upload: number,
    batch: PackedBatch,
    isDuplicate = (_event: number): void => {},
    ordinals: Storing['ordinals'] = null,
  ): Written {
    isHalfWritten = true
    const written: Written = { stored: 0, firstTime: null, lastTime: null }
    const resolved = resolve(batch)
    for (const [frame, body] of batch.detail.entries()) {
      const detail = sequence.take('detail')
      const start = frame * frameSize
      const end = Math.min(start + frameSize, batch.length)
      let [first, last] = [0, 0]
      for (let place = start; place < end; place++) {
        const time = batch.rows[place * width + column.time] as number
        written.firstTime = Math.min(written.firstTime ?? time, time)
        written.lastTime = Math.max(written.lastTime ?? time, time)
        const id = store({ upload, isDuplicate, batch, resolved, detail, ordinals }, place)
        if (id === 0) continue
        written.stored += 1
        first ||= id
        last = id
      }
      if (first !== 0) addDetail.run(detail, upload, first, last, body)
    }
    isHalfWritten = false
    return written
  }

  /** Writes what was counted, and the row numbers that were taken. */
  function flush(): void {
    stacks.flush()
    totals.flush()
    perDest.take((of, dest, { count, first, last }) => addToDest.run(of, dest, count, first, last))
    dictionary.settle()
    sequence.flush()
  }

  return {
    dictionary,
    stacks,
    totals,
    resolve,
    write,
    flush,
    /** Whether a batch failed after some of it was counted: its complete transaction must be rolled back. */
    isHalfWritten: () => isHalfWritten,
    /** Call when rows were deleted, another process may have written, or a transaction failed. */
    forget: () => {
      dictionary.forget()
      stacks.forget()
      totals.forget()
      sequence.forget()
      perDest.clear()
      isHalfWritten = false
    },
    endUpload: (upload: number) => void forgetContent.run(upload),
  }
}
