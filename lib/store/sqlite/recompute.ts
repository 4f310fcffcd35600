import { type Derivation, derivations } from '#lib/asr/derivations.ts'
import type { LoggedSections } from '#lib/model/event.ts'
import { prepareEvent } from '#lib/model/prepare.ts'
import { checkTotals } from './check-totals.ts'
import type { Connection } from './database.ts'
import { openFleetSpans } from './fleet-spans.ts'
import { readFrame } from './frames.ts'
import type { Job } from './jobs.ts'
import { column, openPacker, type PackedBatch, width } from './pack.ts'
import { isOver, type Slice } from './slice.ts'
import { type Member, openSubtraction } from './subtract.ts'
import { openTouched } from './touched.ts'
import type { BatchWriter } from './write-batch.ts'

type Stored = {
  id: number
  dest: string
  dest_id: number
  EventCode: number
  time: number
  recordId: number | null
  detail: number
  slot: number
  stack: number
  audit: number
  rule: number
  texts: string
}

/** Columns of `event` that are texts, in the order of the packed columns. */
const textColumns = [
  ['rule_id', column.ID],
  ['process_id', column.Process_Name],
  ['path_id', column.Path],
  ['parent_id', column.Parent_Commandline],
  ['target_id', column.Target_Commandline],
  ['user_id', column.User],
  ['old_id', column.Old_Value],
  ['new_id', column.New_Value],
  ['signature_id', column.Signature_Version],
  ['engine_id', column.Engine_Version],
] as const
const names = textColumns.map(([name]) => name)

/** Row numbers looked at for each event of the wanted codes: few events may be of them. */
const numbersPerEvent = 40

/**
 * Recomputes what an older version of the code derived from the stored events. Each slice moves some events from their
 * old stacks to their new ones, so that every total is right at all times; an interrupted job continues at its next event.
 * At the end `findWrong` checks the totals and returns a sentence for each that is wrong. A promise of that is waited for without
 * slices.
 */
export function openRecompute(
  db: Connection,
  batches: BatchWriter,
  slice: Slice,
  findWrong: () => string[] | Promise<string[]> = () => checkTotals(db),
): Job {
  const { rules, stacks } = openSubtraction(db)
  const touch = openTouched(db)
  const stepSpans = openFleetSpans(db, slice)
  const stored = db.prepare<[], { name: Derivation; version: number; target: number; next_event: number }>(
    'SELECT name, version, target, next_event FROM derivation',
  )
  const setNext = db.prepare('UPDATE derivation SET next_event = ? WHERE name = ?')
  const setTarget = db.prepare('UPDATE derivation SET target = ?, next_event = 0 WHERE name = ?')
  const setDone = db.prepare('UPDATE derivation SET version = ?, next_event = 0 WHERE name = ?')
  const body = db.prepare<[number], Buffer>('SELECT body FROM detail WHERE id = ?').pluck()
  const changesOf = db.prepare<[number], number>('SELECT stack_id FROM event_change WHERE event_id = ?').pluck()
  const addChange = db.prepare('INSERT INTO event_change (event_id, stack_id) VALUES (?, ?)')
  const dropChange = db.prepare('DELETE FROM event_change WHERE event_id = ? AND stack_id = ?')
  const update = db.prepare(
    `UPDATE event SET ${names.map((name) => `${name} = ?`).join(', ')}, stack_id = ?, audit_id = ? WHERE id = ?`,
  )
  const lastEvent = db.prepare<[], number | null>('SELECT max(id) FROM event').pluck()
  let frame: { id: number; events: LoggedSections[] } | null = null
  let isChecking = false
  /** What the check of totals found, or why it failed; null before it has ended. */
  let checked: string[] | Error | null = null

  const pending = () => stored.all().filter(({ name, version }) => derivations[name].version !== version)

  /** Events of some codes among those whose numbers begin with `first`, and the number after the last that was looked at. */
  function eventsFrom(first: number, codes: readonly number[] | null): { events: Stored[]; next: number } {
    const where = codes === null ? '' : `AND e.EventCode IN (${codes.join(', ')})`
    const end = first + slice.events * numbersPerEvent
    const events = db
      .prepare<[number, number, number], Stored>(
        `SELECT e.id, d.name AS dest, e.dest_id, e.EventCode, e.time, e.record_id AS recordId, e.detail_id AS detail, e.slot,
           e.stack_id AS stack, e.audit_id AS audit, e.rule_id AS rule, ${names.map((name) => `e.${name}`).join(` || ' ' || `)} AS texts
         FROM event e JOIN dest d ON d.id = e.dest_id WHERE e.id >= ? AND e.id < ? ${where} ORDER BY e.id LIMIT ?`,
      )
      .all(first, end, slice.events)
    const last = events.at(-1)
    return { events, next: last !== undefined && events.length === slice.events ? last.id + 1 : end }
  }

  function sectionsOf({ detail, slot }: Stored): LoggedSections {
    if (frame?.id !== detail) {
      const bytes = body.get(detail)
      if (bytes === undefined) throw new Error(`There is no detail ${detail}.`)
      frame = { id: detail, events: readFrame(bytes) }
    }
    const sections = frame.events[slot]
    if (sections === undefined) throw new Error(`The detail ${detail} has no entry ${slot}.`)
    return sections
  }

  function pack(events: Stored[]): PackedBatch {
    const packer = openPacker()
    for (const event of events) {
      const { dest, EventCode, time, recordId } = event
      const sections = Object.fromEntries(sectionsOf(event))
      packer.add(prepareEvent({ dest, EventCode, time, recordId, sections }), null)
    }
    return packer.close()
  }

  /** Gives one event its new texts and stacks; the stacks it left are added to `left`. */
  function move(
    event: Stored,
    place: number,
    batch: PackedBatch,
    resolved: ReturnType<BatchWriter['resolve']>,
    left: Member[],
  ) {
    const at = place * width
    const { id, time, dest_id: dest, EventCode } = event
    const texts = textColumns.map(([, name]) => resolved.texts[batch.rows[at + name] as number] as number)
    const stacking = resolved.stackAt(batch.rows[at + column.stacking] as number)
    const audit = batch.rows[at + column.audit] as number
    const auditStack = audit === 0 ? null : resolved.stackAt(audit - 1)
    const auditId = auditStack?.id ?? 0
    const before = changesOf.all(id)
    const after = (batch.changes.get(place) ?? []).map(resolved.stackAt)
    for (const stack of before) {
      if (after.some((each) => each.id === stack)) continue
      dropChange.run(id, stack)
      left.push({ stack, time })
    }
    for (const stack of after) {
      if (before.includes(stack.id)) continue
      addChange.run(id, stack.id)
      batches.stacks.count(stack, time)
    }
    if (stacking.id === event.stack && auditId === event.audit && texts.join(' ') === event.texts) return
    update.run(...texts, stacking.id, auditId, id)
    if (stacking.id !== event.stack) {
      left.push({ stack: event.stack, time })
      batches.stacks.count(stacking, time)
    }
    if (auditId !== event.audit) {
      if (event.audit !== 0) left.push({ stack: event.audit, time })
      if (auditStack !== null) batches.stacks.count(auditStack, time)
    }
    const rule = texts[0] as number
    if (rule === event.rule) return
    batches.totals.add(time, dest, EventCode, rule)
  }

  function recompute(events: Stored[]): void {
    const batch = pack(events)
    const resolved = batches.resolve(batch)
    const left: Member[] = []
    for (const [place, event] of events.entries()) move(event, place, batch, resolved, left)
    touch(events[0]?.id ?? 0, events.at(-1)?.id ?? 0)
    const moved = events.filter(
      ({ rule }, place) => resolved.texts[batch.rows[place * width + column.ID] as number] !== rule,
    )
    batches.flush()
    stacks(left)
    rules(moved.map(({ dest_id: dest, EventCode, rule, time }) => ({ dest, EventCode, rule, time })))
    if (left.length > 0 || moved.length > 0) batches.forget()
  }

  function startCheck(): void {
    // Without events the check takes no time, and a new database needs no process for it.
    const found = (lastEvent.get() ?? null) === null ? checkTotals(db) : findWrong()
    if (Array.isArray(found)) {
      checked = found
      return
    }
    isChecking = true
    found
      .catch((error: Error) => error)
      .then((result) => {
        checked = result
        isChecking = false
      })
  }

  /** Checks the totals after the last event; then the derivations have their new versions. Until then, `next_event` is -1. */
  function check(names: Derivation[]): void {
    if (checked === null) startCheck()
    if (checked === null) return
    const wrong = checked
    checked = null
    if (wrong instanceof Error) throw wrong
    if (wrong.length > 0) throw new Error(`Stored events were recomputed, but totals disagree: ${wrong.join('; ')}`)
    for (const each of names) setDone.run(derivations[each].version, each)
    frame = null
  }

  /** What is to be recomputed. A derivation whose version changed again meanwhile begins again at the first event. */
  function begin() {
    const work = pending()
    for (const { name, target } of work) {
      const { version } = derivations[name]
      if (target !== version) setTarget.run(version, name)
    }
    const lists = work.map(({ name }) => derivations[name].codes)
    return {
      names: work.map(({ name }) => name),
      codes: lists.some((list) => list === null) ? null : lists.flatMap((list) => list ?? []),
      next: Math.min(...pending().map(({ next_event }) => next_event)),
    }
  }

  return {
    isPending: () => pending().length > 0,
    isUnderWay: () => isChecking,
    slice: () => {
      const { names, codes, next: first } = begin()
      if (first < 0) return check(names)
      let next = first
      const over = isOver(slice)
      do {
        if (next > (lastEvent.get() ?? 0)) {
          if (stepSpans()) continue
          next = -1
          break
        }
        const found = eventsFrom(next, codes)
        if (found.events.length > 0) recompute(found.events)
        next = found.next
      } while (!over())
      for (const name of names) setNext.run(next, name)
    },
  }
}
