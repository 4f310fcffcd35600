import type { AppliedDecision } from '#lib/hunting/decision.ts'
import type { Decision, DecisionPreview, HostGroup } from '#lib/model/decisions.ts'
import { readPattern } from '#lib/params/pattern.ts'
import type { ControlReads, DecidedAsked, EventReads, GroupPatterns } from '#lib/store/reads.ts'
import type { Question } from './question.ts'

export const groupPatterns = (groups: readonly HostGroup[]): GroupPatterns[] =>
  groups.map(({ name, patterns }) => ({ name, patterns: patterns.map(readPattern) }))

/** Whether a decision applies at a moment: from the time it expires, or is snoozed until, it does not. */
export const appliesAt = ({ expiresAt }: Pick<Decision, 'expiresAt'>, now: number): boolean =>
  expiresAt === null || expiresAt > now

/**
 * A decision as it is applied. A scope of groups becomes one application for each group under the same id, since a host is of the
 * first group that fits only, which no list of patterns says.
 */
function applied({ id, disposition, patterns, scope }: Decision): AppliedDecision[] {
  if (scope === null) return [{ id, disposition, patterns, scope: null }]
  const hosts: AppliedDecision[] = scope.hosts.length === 0 ? [] : [{ id, disposition, patterns, scope: scope.hosts }]
  const groups = scope.groups.map((name): AppliedDecision => {
    const group = { column: 'group', step: 'exact', value: name, isWildcard: false } as const
    return { id, disposition, patterns: [...patterns, group], scope: null }
  })
  return [...hosts, ...groups]
}

/** Decisions as they are applied at a moment, in their order. Those that have expired are left out. */
export const appliedAt = (decisions: readonly Decision[], now: number): AppliedDecision[] =>
  decisions.filter((each) => appliesAt(each, now)).flatMap(applied)

/** What is decided and how hosts are grouped at a moment. Of several decisions that fit an event, the newest counts: it is first. */
export async function selectDecided(reads: ControlReads, now: number): Promise<DecidedAsked> {
  const [groups, decisions] = await Promise.all([reads.hostGroups(), reads.decisions()])
  return { groups: groupPatterns(groups), decisions: appliedAt(decisions, now) }
}

/** The question with the result rows that are known good left out of its risk, if that is asked for: by default by its parameters. */
export async function applyDecisions(
  reads: EventReads & ControlReads,
  question: Question,
  dispositions = question.params.dispositions,
): Promise<Question> {
  if (dispositions !== 'apply') return question
  return { ...question, leftOut: await reads.findRows(await selectDecided(reads, question.window.now)) }
}

/** What storing some decisions as the newest would do. Those that have the id of a stored one are counted in its place. */
export async function previewDecisions(
  reads: EventReads & ControlReads,
  asked: readonly Decision[],
  now: number,
): Promise<DecisionPreview> {
  const [groups, stored] = await Promise.all([reads.hostGroups(), reads.decisions()])
  const ids = asked.map(({ id }) => id)
  const changed = stored.map((each) => asked.find(({ id }) => id === each.id) ?? each)
  const added = asked.filter(({ id }) => stored.every((each) => each.id !== id)).toReversed()
  // What has expired already is counted too: it is what the decision was about.
  const mine = (each: Decision) => (ids.includes(each.id) ? { ...each, expiresAt: null } : each)
  const decisions = appliedAt([...added, ...changed].map(mine), now)
  const found = await reads.reach({ groups: groupPatterns(groups), decisions }, ids)
  const reaches = ids.flatMap((id) => found.reaches.find((each) => each.id === id) ?? [])
  const others = new Set(reaches.flatMap(({ conflicts }) => conflicts.map(({ id }) => id)))
  return { ...found, reaches, others: stored.filter(({ id }) => others.has(id) && !ids.includes(id)) }
}
