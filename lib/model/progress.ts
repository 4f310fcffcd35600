import { z } from 'zod'
import { count } from './schema.ts'

export const progress = z.object({
  doing: z
    .enum(['start', 'stacks', 'events', 'filter', 'forms', 'hints', 'counting'])
    .describe(
      'start: the process that counts starts. stacks, events: they are read into memory. filter: events that fit the filters are looked up. forms: paths and command lines are normalised. hints: texts are looked through for hints. counting: events are grouped and counted.',
    ),
  done: count.describe('How many events, texts or rows this step has done.'),
  total: count.nullable().describe('How many it has to do; null if that is not known before it ends.'),
  isWaiting: z.boolean().describe('Whether this is what another question does, which goes first.'),
})
/** How far a question is that is being answered. */
export type Progress = z.infer<typeof progress>

/** What is being done, and how far it is. */
export type Step = Omit<Progress, 'isWaiting'>
