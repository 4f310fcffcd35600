import { z } from 'zod'
import { detectionKeys } from '#lib/asr/detections.ts'
import { dayLength, hourLength } from '#lib/asr/hours.ts'
import { isStackKey } from '#lib/asr/stack-key.ts'
import { isTimeZone, parseTime } from '#lib/asr/time.ts'
import { newnesses } from '#lib/hunting/definition.ts'
import { hintNames } from '#lib/hunting/hints/hints.ts'
import { sortColumns } from './columns.ts'
import { longestPage, mostPages, mostSorts, type Reader } from './limits.ts'
import { filterFields, stackFilterFields, type TableName } from './params.ts'
import { parseBy, parseSince } from './stack-by.ts'

const units: Record<string, number> = { m: 60_000, h: hourLength, d: dayLength, w: 7 * dayLength }

/** Milliseconds of a length such as `24h` or `7d`; null if it is none. */
export const parseLength = (text: string): number | null => {
  const [, amount = '', unit = ''] = /^(\d{1,5})([mhdw])$/.exec(text) ?? []
  const ms = Number(amount) * (units[unit] ?? 0)
  return ms > 0 ? ms : null
}

/** A time; of a date alone the moment of it that `clock` names, since both ends of a range are included. */
const time = (clock: string) =>
  z
    .string()
    .transform((text, context) => {
      // A `+` in a query string means a blank, so an offset of `+01:00` arrives with one.
      const ms = parseTime(text.replace(/ (?=\d\d:\d\d$)/, '+')) ?? parseTime(`${text}T${clock}Z`)
      if (ms === null)
        context.addIssue('Give an ISO 8601 time such as 2026-11-20T16:29:48Z or a date such as 2026-11-20.')
      return ms
    })
    .describe('ISO 8601 time, or a date in UTC; both ends of the range are included.')

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .transform((value, context) => {
      const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
      if (!(number >= least && number <= most)) context.addIssue(`Give a whole number from ${least} to ${most}.`)
      return number
    })
    // What the OpenAPI document says of it: the text of a URL is a number to a client.
    .meta({ override: { type: 'integer', minimum: least } })

const sortOf = (table: TableName) =>
  z
    .string()
    .transform((text, context) =>
      text.split(',').flatMap((part) => {
        const descending = part.startsWith('-')
        const column = descending ? part.slice(1) : part
        if (sortColumns[table].includes(column)) return [{ column, descending }]
        context.addIssue(`Sort by one of ${sortColumns[table].join(', ')}; a leading - means descending.`)
        return []
      }),
    )
    .describe(`Columns to sort by, comma-separated, at most ${mostSorts}; a leading - means descending.`)

const isDetection = (table: TableName): boolean => detectionKeys.some((key) => key === table)
const isOfChanges = (table: TableName): boolean => table === 'registry' || table === 'disabled'

const atMost = (most: number, what: string) =>
  wholeNumber(0, most).describe(`Only stacks with at most so many ${what}.`)

/** The parameters of stacks over any fields. */
const stackSchemas = {
  by: z
    .string()
    .transform((text, context) => {
      const by = parseBy(text)
      if (typeof by !== 'string') return by
      context.addIssue(by)
      return []
    })
    .describe(
      'Fields to form stacks by, comma-separated, in order. Paths and command lines can have a step after a point: exact, normalised, folder or name.',
    ),
  maxHosts: atMost(1_000_000_000, 'hosts'),
  maxEvents: atMost(1_000_000_000, 'events'),
  maxShare: z
    .string()
    .transform((text, context) => {
      const share = /^\d{1,3}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN
      if (!(share <= 100)) context.addIssue('Give a percentage from 0 to 100, such as 1 or 0.5.')
      return share
    })
    .describe('Only stacks on at most so many percent of the hosts that reported anything.'),
  since: z
    .string()
    .transform((text, context) => {
      const since = parseSince(text)
      if (since === null) context.addIssue('Give an ISO 8601 time, a date, or upload: and the id of an upload.')
      return since
    })
    .describe('What separates before and since: a time, or `upload:ID` for the start of an upload.'),
  seen: z
    .enum(newnesses, `Give one of ${newnesses.join(', ')}.`)
    .describe(
      'Only stacks without events before `since` (new), with a host that had none before (new-on-host), or without events since (gone).',
    ),
  minRatio: z
    .string()
    .transform((text, context) => {
      const ratio = /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN
      if (Number.isNaN(ratio)) context.addIssue('Give a number such as 2 or 0.5.')
      return ratio
    })
    .meta({ override: { type: 'number', minimum: 0 } })
    .describe(
      'Only stacks with at least so many events a day since for each a day before. Those without events before have no ratio and are left out.',
    ),
  hint: z
    .enum([...hintNames, 'any'], `Give one of ${hintNames.join(', ')}, any.`)
    .describe('Only stacks with an event that has this hint, or any.'),
  dispositions: z
    .enum(['hide'], 'Give hide.')
    .describe('hide: leaves out events whose disposition hides them; they are counted.'),
}

/** Tables with numbers of risk. */
const hasRisk = (table: TableName): boolean => table === 'risk' || table === 'hosts'

export const appliedDispositions = z
  .enum(['apply'], 'Give apply.')
  .describe('apply: leaves out the risk events whose result row is known good; their points are counted.')

/** The parameters that occur once in a URL, each with the rule that makes sense of its text. The OpenAPI document is made from these. */
export const paramSchemas = (table: TableName, reader: Reader = 'json') => ({
  from: time('00:00:00.000'),
  to: time('23:59:59.999'),
  last: z
    .string()
    .transform((text, context) => {
      const ms = parseLength(text)
      if (ms === null) context.addIssue('Give a length such as 24h, 7d or 4w.')
      return { text, ms: ms ?? 0 }
    })
    .describe('Length of a relative range, back from `to` if it is set, else from the anchor: 24h, 7d, 4w.'),
  anchor: z
    .enum(['now', 'newest'], 'Give now or newest.')
    .describe('What a relative range ends at: now, or the newest event.'),
  mode: z
    .enum(['complete', 'faithful'], 'Give complete or faithful.')
    .describe("complete: a missing field groups under NULL. faithful: exactly the rows Splunk's grouping returns."),
  ...(isDetection(table)
    ? {
        faithful: z
          .enum(['0', '1'])
          .transform((text) => (text === '1' ? 1 : 0))
          .describe("Only rows that Splunk's grouping returns (1) or drops (0)."),
      }
    : {}),
  ...(isOfChanges(table)
    ? {
        weakened: z
          .enum(['1'], 'Give 1.')
          .transform(() => 1 as const)
          .describe('Only changes that weakened protection (1).'),
      }
    : {}),
  ...(table === 'stack' ? stackSchemas : {}),
  ...(hasRisk(table) ? { dispositions: appliedDispositions } : {}),
  q: z.string().describe('Text to find in any of the fields, without regard to case; * is a wildcard.'),
  stack: z
    .string()
    .refine(isStackKey, 'Give the `stack` of a row: 22 characters.')
    .describe('One stack only, by its key: the `stack` of a row of a detection.'),
  sort: sortOf(table),
  page: wholeNumber(1, mostPages).describe('Page, from 1.'),
  limit: wholeNumber(1, longestPage[reader]).describe(
    `Rows a page, at most ${longestPage.json} as JSON. CSV and NDJSON have no limit, and have every row if it is left out.`,
  ),
  tz: z
    .string()
    .refine(isTimeZone, 'Give an IANA time zone such as UTC or Europe/Berlin.')
    .describe('Zone of the times on screen; the API answers in UTC.'),
})

/** Filters: repeatable, any text. */
export const filterSchema = z
  .string()
  .describe(
    'Repeatable. * is a wildcard, a leading ! excludes, a leading = takes the rest literally; case does not count.',
  )

export const filterNames: readonly string[] = filterFields
/** The filters that only stacks have, written as the others. */
export const stackFilterNames: readonly string[] = stackFilterFields
