import { z } from 'zod'
import { type StackColumn, stackColumns } from '#lib/hunting/definition.ts'
import { count, page, time } from './schema.ts'

const text = z.string()

/** A stack over the fields that were asked for, counted over all hosts unless `dest` is one of them. */
export const stackRow = z.object({
  stack: text.describe('Stable key of the stack: 22 characters.'),
  by: z.array(text.nullable()).describe('Its values, in the order of the fields; null if a field was not logged.'),
  ASR_Rule: text.nullable().describe('Name of the rule, if ID is one of the fields and the rule has a name.'),
  events: count,
  hosts: count,
  share: z.number().describe('Its hosts as a part of all hosts that reported anything, from 0 to 1.'),
  users: count.describe('Different users that were logged.'),
  ...{ firstTime: time, lastTime: time },
  activeDays: count.describe('Days in UTC with an event.'),
  spark: z.array(count).describe('Events in equal parts of the time that the question spans.'),
  ...{ blocked: count, audited: count, overridden: count, changed: count },
  variants: count.describe(
    'Different values, as logged, that the steps of the ladder merge in it; 1 if it merges none.',
  ),
  before: count.describe('Events before `since`; 0 without it.'),
  newHosts: count.describe('Hosts that have an event in it since `since`, but none before; 0 without it.'),
  ratio: z
    .number()
    .nullable()
    .describe('Events a day since `since`, divided by events a day before; null if there are none before.'),
  hints: z.array(text).describe('Keys of the hints of any of its events.'),
  mixedHints: z.boolean().describe('Whether its events have different hints.'),
  dispositions: z
    .array(z.object({ disposition: text.nullable(), events: count }))
    .describe('The dispositions of its events, each with how many have it; null is undecided.'),
})
export type StackRow = z.infer<typeof stackRow>

/** A stack as the API and exports have it: each field by its name, with the text NULL if it was not logged. */
export const namedStackRow = stackRow
  .omit({ by: true })
  .extend(
    Object.fromEntries(stackColumns.map((column) => [column, text.optional()])) as Record<
      StackColumn,
      z.ZodOptional<z.ZodString>
    >,
  )
export type NamedStackRow = z.infer<typeof namedStackRow>

/** A page of stacks with the sums that account for every event in the filter. */
const sums = {
  events: count.describe('Events in the filter and the range: those of the stacks, those left out and those hidden.'),
  stacks: count.describe('Stacks of all events that are not hidden.'),
  leftOut: z
    .object({ stacks: count, events: count })
    .describe('Stacks that the limits on hosts, events, share or newness leave out.'),
  hidden: z
    .object({ stacks: count, events: count, dispositions: count })
    .describe('Events that dispositions hide, the stacks they would be in, and how many dispositions hide some.'),
  hosts: count.describe('Hosts with an event in the filter and the range.'),
  reportingHosts: count.describe('Hosts that reported anything in the range, heartbeats included.'),
  since: time.nullable().describe('The moment that separates before and since.'),
}
export const stackPage = page(stackRow).extend(sums)
export const namedStackPage = page(namedStackRow).extend(sums)
export type StackPage = z.infer<typeof stackPage>

/** A value of a ladder column as it was logged, merged in a stack. */
export const stackVariant = z.object({ column: text, value: text.nullable(), events: count, hosts: count })
export type StackVariant = z.infer<typeof stackVariant>

/** What the panel next to a stack shows besides its events. Lists have the most frequent first, with the number of all. */
export const stackMembers = z.object({
  row: stackRow,
  hosts: page(z.object({ dest: text, events: count, firstTime: time, lastTime: time })),
  users: page(z.object({ User: text.nullable(), events: count, hosts: count })),
  variants: page(stackVariant),
  days: z.array(z.object({ time, ...{ blocked: count, audited: count, overridden: count, changed: count } })),
})
export type StackMembers = z.infer<typeof stackMembers>

/** The same as the API answers it, with each field by its name. */
export const namedStackMembers = stackMembers.extend({ row: namedStackRow })
export type NamedStackMembers = z.infer<typeof namedStackMembers>
