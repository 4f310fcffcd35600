import { z } from 'zod'
import { versionKinds } from './continuity.ts'
import type { EventRow } from './hunting.ts'
import { receipt } from './receipt.ts'
import { count, type Page, page, time } from './schema.ts'

/** Which of the two uploads have an event. */
export const places = ['both', 'a', 'b'] as const
export type Place = (typeof places)[number]

/** Two uploads that are compared. */
export type Pair = readonly [a: string, b: string]

const held = { both: count, a: count, b: count }
const times = { firstTime: time.nullable(), lastTime: time.nullable() }

/** What one upload contains of a dest: records of Defender's channel, events that are kept, duplicates included. */
const side = z.object({ records: count, events: count, ...times })
export type Side = z.infer<typeof side>

/**
 * A dest of two uploads; null on the side that does not have it. What is unknown is null: records and events are compared
 * by EventRecordID, so both logs must have them.
 */
export const comparedDest = z.object({
  dest: z.string(),
  a: side.nullable(),
  b: side.nullable(),
  records: z.object(held).nullable(),
  filled: z
    .object({ a: count, b: count })
    .nullable()
    .describe('Records missing in a gap of one upload that the other has.'),
  events: z.object(held).nullable(),
})
export type ComparedDest = z.infer<typeof comparedDest>

/** Events of one host and code: in both uploads, and in one only. `dest` is the host in lower case. */
export const heldCount = z.object({ ...held, dest: z.string(), EventCode: count })
export type HeldCount = z.infer<typeof heldCount>

/** Records without a break in their ids. */
const recordRun = z.object({ firstId: count, lastId: count, firstTime: time, lastTime: time })
export type RecordRun = z.infer<typeof recordRun>

/** A host of two uploads as each has it. `isUnknown`: some of its records have no id, or its runs are not all kept. */
export const sideStretches = z.object({
  key: z.string().describe('The host in lower case.'),
  sides: z.array(
    side.extend({ side: z.enum(['a', 'b']), dest: z.string(), isUnknown: z.boolean(), runs: z.array(recordRun) }),
  ),
})
export type SideStretches = z.infer<typeof sideStretches>

export const comparedVersion = z.object({ kind: z.enum(versionKinds), version: z.string(), a: count, b: count })
export type ComparedVersion = z.infer<typeof comparedVersion>

const comparedCode = z.object({
  code: z.string().describe('As in otherCodes.'),
  a: count.nullable().describe('Records in this upload; null if unknown of a code that is kept.'),
  b: count.nullable(),
})
export type ComparedCode = z.infer<typeof comparedCode>

export const comparison = z.object({
  a: receipt,
  b: receipt,
  dests: page(comparedDest),
  events: z.object(held).describe('Events in both and in one only, over the dests of which it is known.'),
  unknown: count.describe('Hosts for which it is unknown which events both uploads have.'),
  breaks: z
    .object({ a: count, b: count })
    .describe('Breaks of each upload: gaps, silences, cleared logs and clocks set back.'),
  codes: z.array(comparedCode),
  versions: z.array(comparedVersion),
})
export type Comparison = z.infer<typeof comparison>

export type ComparedEvents = Page<EventRow>
