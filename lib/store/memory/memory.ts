import type { LoggedEvent } from '#lib/asr/event.ts'
import { foldDest } from '#lib/asr/key-text.ts'
import { openContinuity } from '#lib/continuity/continuity.ts'
import { loggedSections, prepareEvent } from '#lib/model/prepare.ts'
import type { EventDetail } from '#lib/model/rows.ts'
import type { Reads } from '../reads.ts'
import { eventReads } from './event-reads.ts'
import type { Log } from './logs.ts'
import { type Stored, storedOf } from './stored.ts'
import { uploadReads } from './upload-reads.ts'

/** A log that was read: its events, and of its upload what is not as usual. */
export type ReadLog = { id: string; events: LoggedEvent[] } & Partial<Omit<Log, 'times' | 'dests' | 'stored'>>

const usual = { tz: 'UTC', bytes: null, format: 'xml', state: 'done', error: null } as const
const nothing = { bytesRead: 0, records: 0, otherCodes: {}, rejects: [], unread: 0 }

/** How complete a log with nothing but these events is. */
function continuityOf(events: readonly LoggedEvent[]) {
  const continuity = openContinuity()
  for (const event of events) continuity.event(event)
  return continuity.close()
}

/** A store in memory, for tests: it answers every question by counting one by one the events that `add` was given. */
export function openMemory() {
  const logs: Log[] = []
  const stored = new Map<string, Stored & Pick<EventDetail, 'fields'>>()
  const names = new Map<string, string>()
  const events = () => [...stored.values()]
  const reads: Reads = {
    ...eventReads(events, { foundBy: stored }),
    ...uploadReads(logs, events),
    event: async (key) => {
      const found = stored.get(key)
      if (found === undefined) return null
      const stack = found.stacks.find(({ family }) => family === 'stacking')?.key ?? ''
      const format = logs.find(({ id }) => id === found.row.upload)?.format ?? null
      return { ...found.row, format, stack, fields: found.fields }
    },
  }

  /** Adds a log. What has the identity of a stored event is a duplicate. */
  function add({ id, events, counts = { ...nothing, records: events.length }, ...given }: ReadLog): void {
    const read = { times: events.map(({ time }) => time), dests: events.map(({ dest }) => foldDest(dest)), counts }
    const made = { createdAt: Date.now(), name: id, continuity: continuityOf(events) }
    const log: Log = { ...usual, ...made, ...given, id, ...read, stored: [] }
    const ordinals = new Map<string, number>()
    for (const logged of events) {
      const dest = names.get(foldDest(logged.dest)) ?? logged.dest
      names.set(foldDest(dest), dest)
      const event = { ...prepareEvent(logged), dest }
      const ordinal = event.hash === null ? null : (ordinals.get(event.hash) ?? 0)
      if (event.hash !== null) ordinals.set(event.hash, (ordinal ?? 0) + 1)
      const each = storedOf(event, ordinal, id)
      if (stored.has(each.row.id)) continue
      const sections = loggedSections(logged)
      const fields = sections.flatMap(([section, of]) => of.map(([name, value]) => ({ section, name, value })))
      stored.set(each.row.id, { ...each, fields })
      log.stored.push(each)
    }
    logs.push(log)
  }
  return { reads, add }
}
