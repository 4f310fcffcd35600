import { checkContainer } from './check-container.ts'
import { checkLog } from './check-log.ts'
import { isContainer, type Subject } from './subjects.ts'
import type { Tally } from './tally.ts'

/** Checks every promise about reading these bytes; returns what became of them. @throws Finding, or what the reader threw. */
export const check = (subject: Subject, bytes: Buffer): Promise<Tally> =>
  isContainer(subject) ? checkContainer(bytes) : checkLog(bytes, subject)
