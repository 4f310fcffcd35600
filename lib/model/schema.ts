import { z } from 'zod'

// The content security policy of a page forbids to make code from text, which zod would otherwise try and be reported for. It
// tries when the first schema is made: every file of schemas imports this one.
z.config({ jitless: true })

const isoForm = /^(\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** A time: milliseconds since 1970 UTC in a row, ISO 8601 in UTC with milliseconds in the API. */
export const time = z.codec(
  z.string().regex(isoForm, 'Expected an ISO 8601 time in UTC with milliseconds.').meta({ format: 'date-time' }),
  z.int(),
  // Times are cut to milliseconds when they are read, never rounded.
  { decode: (text) => Date.parse(text), encode: (ms) => new Date(ms).toISOString() },
)
export type Time = z.infer<typeof time>

/** A whole number that is not negative: a count, a score, an id of a record. */
export const count = z.int().min(0)

/** A yes or no that a store keeps as a number. */
export const flag = z.literal([0, 1])

/** One page of rows, and how many there are on all pages. */
export const page = <Row extends z.ZodType>(row: Row) => z.object({ total: count, rows: z.array(row) })
export type Page<Row> = { total: number; rows: Row[] }
