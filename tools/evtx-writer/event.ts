import type { LoggedField } from '#lib/asr/event.ts'

/** One event to be written, in plain values. What is not given is as Defender logs it. */
export type WrittenEvent = {
  EventCode: number
  dest: string
  /** Milliseconds since 1970 UTC, and up to 9999 further ticks of 100 ns. */
  time: number
  ticks?: number
  /** By default the records of a file are numbered from 1. */
  recordId?: number
  channel?: string
  provider?: { name: string; guid: string }
  level?: number
  keywords?: bigint
  processId?: number
  threadId?: number
  activityId?: string
  user?: string
  /** EventData: named Data, or unnamed if the name is ''. */
  fields: LoggedField[]
  /** Written as collectors do: without a template, every value within the binary XML. */
  isInline?: boolean
}

export const defenderProvider = {
  name: 'Microsoft-Windows-Windows Defender',
  guid: '{11cd958a-c507-4ef3-b3f2-5fd9dfbd2c78}',
}
