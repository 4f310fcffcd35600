import { z } from 'zod'
import { type Disposition, dispositions } from '#lib/hunting/decision.ts'
import { hasLadder, stackColumns, steps } from '#lib/hunting/definition.ts'
import { wildcardsProblem } from '#lib/hunting/wildcards.ts'
import type { By } from './access.ts'
import { count, page, time } from './schema.ts'

/** Decisions that a store has at most. */
export const mostDecisions = 1000
/** Characters of a value that Windows logs at most in one field. */
const longestValue = 32_767
const longestReason = 2000
const longestName = 100
const mostScopes = 200

const names = Object.keys(dispositions) as [Disposition, ...Disposition[]]

/** A name that people choose: without blanks at its ends, and without control and direction characters. */
export const plainName = z
  .string()
  .trim()
  .min(1, 'Give a name.')
  .max(longestName, `Give at most ${longestName} characters.`)
  .refine((name) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name), 'A name cannot have control or direction characters.')

/** A pattern of host names: `*` is a wildcard, a leading `=` takes the rest literally. */
export const hostPattern = z
  .string()
  .trim()
  .min(1, 'Give the name of a host, or a pattern with *.')
  .max(255, 'The name of a host has at most 255 characters.')
  .refine((text) => !text.startsWith('!'), 'A pattern cannot exclude. Put what is left out into an earlier group.')

export const fieldPattern = z
  .object({
    column: z.enum(stackColumns),
    step: z.enum(steps),
    value: z.string().max(longestValue).nullable().describe('null is "not logged".'),
    isWildcard: z.boolean().describe('Whether * in the value is a wildcard.'),
  })
  .refine(({ column, step }) => step === 'exact' || hasLadder(column), 'Only paths and command lines have steps.')
  .refine(({ value, isWildcard }) => !isWildcard || value !== null, 'What was not logged has no pattern.')
  .superRefine(({ value, isWildcard }, context) => {
    const message = isWildcard && value !== null ? wildcardsProblem(value) : null
    if (message !== null) context.addIssue({ code: 'custom', path: ['value'], message })
  })

const scope = z
  .object({ hosts: z.array(hostPattern).max(mostScopes), groups: z.array(plainName).max(mostScopes) })
  .refine(
    ({ hosts, groups }) => hosts.length + groups.length > 0,
    'Name a host or a group, or give null for every host.',
  )

const decided = {
  disposition: z.enum(names),
  patterns: z
    .array(fieldPattern)
    .min(1, 'Give at least one field.')
    .max(stackColumns.length, `There are ${stackColumns.length} fields.`)
    .refine((patterns) => new Set(patterns.map(({ column }) => column)).size === patterns.length, {
      message: 'A field is named twice.',
    })
    .describe('An event fits if all of them fit. Case does not count.'),
  scope: scope.nullable().describe('Hosts that it is about, as patterns of names or by group; null is every host.'),
  reason: z.string().trim().max(longestReason, `Give at most ${longestReason} characters.`),
  expiresAt: time.nullable().describe('From then on it does not apply. A snoozed decision must have one.'),
}

const author = plainName.describe('A name kept in the browser: until there are accounts it is not checked.')

const hasEnd = ({ disposition, expiresAt }: { disposition: Disposition; expiresAt: number | null }): boolean =>
  disposition !== 'snoozed' || expiresAt !== null
const endMissing = { message: 'Say until when it is snoozed.', path: ['expiresAt'] }

/** What is sent to decide. */
export const newDecision = z.object({ ...decided, author }).refine(hasEnd, endMissing)
export type NewDecision = z.infer<typeof newDecision>

/** What is sent to delete a decision. */
export const removalAsked = z.object({ author })

/** What is sent to undo a step; without `step` it is the newest. */
export const undoAsked = z.object({ author, step: count.optional() })

const stored = { id: z.string().regex(/^[\w-]{8,40}$/, 'An id has 8 to 40 letters, digits, - and _.'), ...decided }

/** A decision as it is stored. */
export const decision = z.object({
  ...stored,
  ...{ author, isSigned: z.boolean().describe('Whether the author was signed in.'), createdAt: time },
})
export type Decision = z.infer<typeof decision>

/**
 * The version of a decision, or of the list of groups, as the headers ETag and If-Match have it: the number of its newest step and its
 * time, since a number is used again after a backup is restored.
 */
export const etagOf = (step: number, at: number): string => `"${step}-${at}"`
const etag = z.string().describe('Its version, to be sent as `If-Match` as it is.')

/** A decision with its version, as a store returns it. */
export const storedDecision = decision.extend({ etag })
export type StoredDecision = z.infer<typeof storedDecision>

/** A decision as the API lists it. */
export const listedDecision = storedDecision.extend({
  applies: z.boolean().describe('Whether it has not expired.'),
})
export const decisionPage = page(listedDecision)

export const decisionActions = ['created', 'changed', 'deleted', 'undone', 'imported'] as const

/** A step of the history of a decision. */
export const decisionStep = z.object({
  step: count,
  decision: z.string(),
  action: z.enum(decisionActions),
  before: decision.nullable().describe('null if there was none.'),
  after: decision.nullable().describe('null if there is none since.'),
  undoes: count.nullable().describe('The step that this one undid.'),
  ...{ author: z.string(), isSigned: z.boolean(), at: time, etag },
})
export type DecisionStep = z.infer<typeof decisionStep>
export const decisionSteps = page(decisionStep)

/** What a decision fits among the stored events, whatever their time. */
export const reach = z.object({
  id: z.string(),
  events: count,
  stacks: count.describe('Different values of the fields that it names.'),
  hosts: count,
  decides: count.describe('Events for which it counts: no newer decision fits them.'),
  conflicts: z
    .array(z.object({ id: z.string(), events: count }))
    .describe('Other decisions with another disposition that fit some of the same events.'),
})
export type Reach = z.infer<typeof reach>

const reached = {
  reaches: z.array(reach).describe('One for each of the decisions, in their order.'),
  total: z.object({ events: count, stacks: count, hosts: count }).describe('What any of them fits.'),
  otherwise: z.object({ events: count, stacks: count }).describe('Of these, what another decision decides otherwise.'),
}
export const decidedReach = z.object(reached)
export type DecidedReach = z.infer<typeof decidedReach>

/** What deciding would do. */
export const decisionPreview = z.object({
  ...reached,
  others: z.array(storedDecision).describe('The decisions that do.'),
})
export type DecisionPreview = z.infer<typeof decisionPreview>

/** The name of the format of an exported list. */
export const decisionFileFormat = 'asr-hunt-dispositions'

/** An exported list, the newest decision first. */
export const decisionFile = z.object({
  format: z.literal(decisionFileFormat),
  version: z.literal(1),
  decisions: z
    .array(decision.refine(hasEnd, endMissing))
    .max(mostDecisions)
    .superRefine((decisions, context) => {
      const first = new Map<string, number>()
      for (const [place, { id }] of decisions.entries()) {
        const before = first.get(id)
        if (before === undefined) first.set(id, place)
        else
          context.addIssue({
            ...{ code: 'custom', path: [place, 'id'] },
            message: `The list has this id twice: decisions.${before} has it too. Remove one of them.`,
          })
      }
    }),
})
export type DecisionFile = z.infer<typeof decisionFile>

/** What an import does or would do. */
export const decisionImport = z.object({
  isApplied: z.boolean(),
  ...{ added: count, changed: count, unchanged: count },
})
export type Imported = Omit<z.infer<typeof decisionImport>, 'isApplied'>

/** Who changes what people decide, and when. */
export type Signed = { author: string; isSigned: boolean; at: number; by?: By }

/** The versions of which what is changed must have one; null changes whatever is there. */
export type IfMatch = readonly string[] | null

/** A host group, in the order of the list: a host is of the first that fits. */
export const hostGroup = z.object({
  name: plainName.refine((name) => name.toUpperCase() !== 'NULL', 'NULL is what hosts without a group have.'),
  patterns: z.array(hostPattern).min(1, 'Give at least one pattern.').max(mostScopes),
})
export type HostGroup = z.infer<typeof hostGroup>

/** The complete list of groups, to be stored in place of the one before. */
export const hostGroups = z
  .object({ groups: z.array(hostGroup).max(mostScopes), author })
  .refine(({ groups }) => new Set(groups.map(({ name }) => name.toLowerCase())).size === groups.length, {
    message: 'Two groups have the same name.',
    path: ['groups'],
  })

/** A step of the history of the list of groups. */
export const groupStep = z.object({
  ...{ step: count, before: z.array(hostGroup), after: z.array(hostGroup) },
  ...{ author: z.string(), isSigned: z.boolean(), at: time, etag },
})
export type GroupStep = z.infer<typeof groupStep>
export const groupSteps = page(groupStep)

/** Groups with the hosts that fall in each. */
export const groupPage = z.object({
  groups: z.array(
    hostGroup.safeExtend({
      hosts: count.describe('Known hosts of it.'),
      taken: count.describe('Known hosts that fit it, but are of an earlier group.'),
    }),
  ),
  ungrouped: count.describe('Known hosts of no group.'),
  hosts: count.describe('Known hosts.'),
  etag: etag.describe('The version of the list, to be sent as `If-Match` as it is. It does not change with the hosts.'),
})
export type GroupPage = z.infer<typeof groupPage>
