import { z } from 'zod'
import { count } from './schema.ts'

/** A value of a field, in the spelling of the first in the order of code points, and how many events have it in any case. */
export const valueRow = z.object({
  value: z.string().describe('`NULL` for events in which nothing was logged.'),
  count,
})

/** The most frequent values of a field. */
export const valuePage = z.object({
  total: count.describe('Distinct values.'),
  events: count.describe('Events of all these values.'),
  rows: z.array(valueRow),
})
export type ValuePage = z.infer<typeof valuePage>
