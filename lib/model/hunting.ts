import { z } from 'zod'
import { sections } from '#lib/asr/event.ts'
import { count, flag, page, time } from './schema.ts'

const text = z.string()
const logged = z.string().nullable()

/** The columns that rows of detections have, by name. A by-field that was not logged is the text NULL. */
const columns = {
  dest: text,
  EventCode: count,
  ID: text,
  Process_Name: text,
  Path: text,
  Parent_Commandline: text,
  Target_Commandline: text,
  New_Value: text,
  Old_Value: text,
  Old_Registry_Value: text,
  New_Registry_Value: text,
  ASR_ID: text,
  count,
  firstTime: time,
  lastTime: time,
  ASR_Rule: text,
  Exclusion: logged.describe('Excluded paths that the change added or removed, separated by |.'),
  weakened: flag.describe('Whether the change lowered protection without disabling a rule.'),
}
const own = {
  stack: text.describe('Stable key of the row: 22 characters.'),
  faithful: flag.describe("Whether Splunk's grouping returns the row."),
}

/** A result row of any detection: those columns of its view that it has, its stable key, and whether Splunk would show it. */
export const detectionRow = z.object({ ...own, ...columns }).partial({
  ...{ EventCode: true, ID: true, Process_Name: true, Path: true, Parent_Commandline: true, Target_Commandline: true },
  ...{ New_Value: true, Old_Value: true, Old_Registry_Value: true, New_Registry_Value: true, ASR_ID: true },
  ...{ Exclusion: true, weakened: true },
})
export type DetectionRow = z.infer<typeof detectionRow>

/** The row of a detection with these columns. One that is not known here is a text, as every other by-field. */
export const detectionRowOf = (names: readonly string[]) =>
  z.object({
    ...own,
    ...Object.fromEntries(
      names.map((name) => [name, Object.entries(columns).find(([each]) => each === name)?.[1] ?? text]),
    ),
  })

/**
 * A page of a detection with the sums that reconcile both modes. Some rows of ASR Rule Disabled are Splunk's only, so the
 * first two sums need not differ by the third.
 */
export const detectionPage = <Row extends z.ZodType>(row: Row) =>
  page(row).extend({
    events: count.describe('Events of complete mode in the filter.'),
    faithfulEvents: count.describe("Events of Splunk's rows."),
    droppedEvents: count.describe("Events of complete mode that Splunk's grouping drops."),
  })
export type DetectionPage = z.infer<ReturnType<typeof detectionPage<typeof detectionRow>>>

/** One event in a list; a field that was not logged is null. */
export const eventRow = z.object({
  id: text.describe('Stable key of the event.'),
  _time: time,
  dest: text,
  EventCode: count,
  ID: logged,
  ASR_Rule: logged,
  Process_Name: logged,
  Path: logged,
  Parent_Commandline: logged,
  Target_Commandline: logged,
  User: logged,
  Old_Value: logged,
  New_Value: logged,
  EventRecordID: count.nullable(),
  Exclusion: logged.describe('Excluded paths that a 5007 added or removed, separated by |.'),
  upload: text.describe('Id of the upload that stored it.'),
  Signature_Version: logged.describe('Version of the security intelligence that the event names.'),
  Engine_Version: logged.describe('Version of the engine that the event names.'),
})
export type EventRow = z.infer<typeof eventRow>

/** One event with every field it was logged with, by the part of the record it was in. */
export const eventDetail = eventRow.extend({
  format: logged.describe('Format of the log it was stored from.'),
  stack: text.describe('Stable key of its row of ASR Rules Stacking.'),
  fields: z.array(z.object({ section: z.enum(sections), name: text, value: text })),
})
export type EventDetail = z.infer<typeof eventDetail>

/** A stack counted over the complete fleet: one process and target under one rule, whatever the host. */
export const fleetStack = z.object({
  ...{ ID: text, ASR_Rule: text, Process_Name: text, Path: text, EventCode: count },
  ...{ dests: count, count, firstTime: time, lastTime: time },
  dest: logged.describe('The host, if it is only one.'),
})
export type FleetStack = z.infer<typeof fleetStack>
