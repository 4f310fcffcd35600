import type { Canonical } from '#lib/asr/canonical.ts'
import type { Section } from '#lib/asr/event.ts'
import type { RegistryChange } from '#lib/asr/registry.ts'

/** Every field an event was logged with, section by section, in logged order. */
export type LoggedSections = [section: Section, fields: [name: string, value: string][]][]

/** One event ready to be stored: what identifies it, and what the detections count by. Times are milliseconds since 1970 UTC. */
export type PreparedEvent = Canonical & {
  dest: string
  EventCode: number
  time: number
  recordId: number | null
  /** The first 128 bits of SHA-256 over the complete content, in hex; null if there is an EventRecordID. */
  hash: string | null
  /** Rules and exclusions that a 5007 changed. */
  changes: RegistryChange[]
}
