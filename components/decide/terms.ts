import type { Disposition } from '#lib/hunting/decision.ts'
import type { Decision, NewDecision } from '#lib/model/decisions.ts'
import { hostsIn } from './draft.ts'

/** What a decision says besides its patterns, as the fields of the form have it. */
export type Terms = {
  disposition: Disposition
  scope: 'all' | 'some'
  hosts: string
  groups: readonly string[]
  reason: string
  author: string
  /** A date such as 2026-12-31, or empty: it applies until this day begins in UTC. */
  until: string
}

export const firstTerms = (author: string): Terms => ({
  ...{ disposition: 'known-good', scope: 'all', hosts: '', groups: [], reason: '', author, until: '' },
})

/** The terms of a stored decision, to be changed. */
export const termsOf = (decision: Omit<Decision, 'createdAt'>, author: string): Terms => ({
  disposition: decision.disposition,
  scope: decision.scope === null ? 'all' : 'some',
  hosts: decision.scope?.hosts.join('\n') ?? '',
  groups: decision.scope?.groups ?? [],
  reason: decision.reason,
  author,
  until: decision.expiresAt === null ? '' : new Date(decision.expiresAt).toISOString().slice(0, 10),
})

/** What is missing before the terms can be sent; null if nothing is. */
export function missing({ disposition, scope, hosts, groups, author, until }: Terms): string | null {
  if (scope === 'some' && hostsIn(hosts).length + groups.length === 0) return 'Name a host or choose a group.'
  if (disposition === 'snoozed' && until === '') return 'Say until when it is snoozed.'
  return author.trim() === '' ? 'Give your name.' : null
}

/** A decision with these terms. */
export const withTerms = (
  { disposition, scope, hosts, groups, reason, author, until }: Terms,
  patterns: NewDecision['patterns'],
): NewDecision => ({
  disposition,
  patterns,
  scope: scope === 'all' ? null : { hosts: hostsIn(hosts), groups: [...groups] },
  reason: reason.trim(),
  author: author.trim(),
  expiresAt: until === '' ? null : Date.parse(until),
})
