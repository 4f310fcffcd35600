/** One field as it was logged: its name and its value, both exactly as written. An unnamed `<Data>` has the name ''. */
export type LoggedField = [name: string, value: string]

/** The parts of a rendered Windows event that have fields. 'Message' has the labels of a multi-line log. */
export const sections = ['System', 'EventData', 'UserData', 'RenderingInfo', 'Message'] as const
export type Section = (typeof sections)[number]

/** One event as a reader found it: what identifies it, and every field it was logged with, in order. */
export type LoggedEvent = {
  EventCode: number
  /** Host the event happened on, as spelled in the log (`Computer`; Splunk: `host`, renamed `dest`). */
  dest: string
  /** Milliseconds since 1970 UTC, cut and not rounded. The logged text, to 100 ns, stays in `sections`. */
  time: number
  /** EventRecordID, or null if the log has none that is a whole number below 2^53. */
  recordId: number | null
  sections: Partial<Record<Section, LoggedField[]>>
}
