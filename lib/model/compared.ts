import type { VersionKind } from '#lib/model/continuity.ts'
import type { EventRow, Page, Receipt, Time } from './rows.ts'

/** Which of the two uploads hold an event. */
export const places = ['both', 'a', 'b'] as const
export type Place = (typeof places)[number]

/** Two uploads that are compared. */
export type Pair = readonly [a: string, b: string]

/** What one upload holds of a dest: records of Defender's channel, events that are kept, duplicates included. */
export type Side = { records: number; events: number; firstTime: Time | null; lastTime: Time | null }

/**
 * A dest of two uploads; null on the side that does not have it. What cannot be told is null: records and events are
 * compared by EventRecordID, so both logs must have them.
 */
export type ComparedDest = {
  dest: string
  a: Side | null
  b: Side | null
  records: { both: number; a: number; b: number } | null
  /** Records missing in a gap of one upload that the other has. */
  filled: { a: number; b: number } | null
  events: { both: number; a: number; b: number } | null
}

/** Events of one host and code: in both uploads, and in one only. `dest` is the host in lower case. */
export type HeldCount = Record<Place, number> & { dest: string; EventCode: number }

/** Records without a break in their ids. */
export type RecordRun = { firstId: number; lastId: number; firstTime: Time; lastTime: Time }

/** A host of two uploads as each has it. `isUntold`: some of its records have no id, or its runs are not all kept. */
export type SideStretches = {
  /** The host in lower case. */
  key: string
  sides: {
    side: 'a' | 'b'
    dest: string
    isUntold: boolean
    records: number
    events: number
    firstTime: Time | null
    lastTime: Time | null
    runs: RecordRun[]
  }[]
}

export type ComparedVersion = { kind: VersionKind; version: string; a: number; b: number }
/** `key` as in `otherCodes`; records in each upload, null where they cannot be told of a code that is kept. */
export type ComparedCode = { code: string; a: number | null; b: number | null }

export type Comparison = {
  a: Receipt
  b: Receipt
  dests: Page<ComparedDest>
  /** Events in both and in one only, over the dests of which it can be told; `untold` dests are not among them. */
  events: Record<Place, number>
  untold: number
  /** Breaks that are told of each upload: its gaps, silences, cleared logs and clocks that were set back. */
  breaks: { a: number; b: number }
  codes: ComparedCode[]
  versions: ComparedVersion[]
}

export type ComparedEvents = Page<EventRow>
