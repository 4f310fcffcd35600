import type { Mode, RuleName } from './rules.ts'
import type { Source } from './source.ts'

/** One event of a story, `after` minutes from its beginning. */
export type Step = {
  after: number
  code: number
  rule?: RuleName
  fields: Record<string, string>
  /** What mode this gives rules on the host, and which they had before. */
  sets?: readonly { rule: RuleName; was: Mode; becomes: Mode }[]
  /** The event log of the host was cleared just before: EventRecordID begins again at 1. */
  clearsLog?: true
  /** The host logs nothing after this. */
  fallsSilent?: true
}

/** A story that somebody hunting should find. */
export type Scenario = {
  name: string
  on: Source['on']
  /** When it begins on each host it happens on, in hours before the end of the log; one host per number. */
  hoursBeforeEnd: readonly number[]
  steps: readonly Step[]
}
