import { hash } from 'node:crypto'
import { canonicalFields } from '#lib/asr/canonical.ts'
import type { LoggedEvent, Section } from '#lib/asr/event.ts'
import { readChanges } from '#lib/asr/registry.ts'
import type { LoggedSections, PreparedEvent } from './event.ts'

/** The sections of an event that were logged, in a fixed order, as they are kept. */
export const loggedSections = (event: LoggedEvent): LoggedSections =>
  Object.entries(event.sections).map(([section, fields]) => [section as Section, fields])

/** Makes an event ready to be stored: canonical fields, what a 5007 changed, and what identifies it without EventRecordID. */
export function prepareEvent(event: LoggedEvent): PreparedEvent {
  const { EventCode, dest, time, recordId } = event
  const canonical = canonicalFields(event)
  const changes = EventCode === 5007 ? readChanges(canonical.Old_Value, canonical.New_Value) : []
  return { ...canonical, EventCode, dest, time, recordId, hash: recordId === null ? contentHash(event) : null, changes }
}

/** The sections are in the order of their names, whatever the order in the log. */
function contentHash({ EventCode, dest, time, sections }: LoggedEvent): string {
  const sorted = Object.entries(sections).sort(([a], [b]) => (a < b ? -1 : 1))
  return hash('sha256', JSON.stringify([EventCode, dest.toLowerCase(), time, sorted]), 'hex').slice(0, 32)
}
