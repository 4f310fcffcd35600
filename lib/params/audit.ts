import { type AuditAction, auditActions } from '#lib/model/access.ts'
import type { Params, Problem, SearchParams } from './params.ts'
import { parseParams, unknownParams } from './parse.ts'

/** Parameters of the audit log besides range and page. */
export const auditParams = ['actor', 'action', 'subject'] as const

/** What a page or an export of the audit log is asked for; null leaves a condition out. Times are included. */
export type AuditAsked = {
  actor: string | null
  action: AuditAction | null
  subject: string | null
  from: number | null
  to: number | null
}

const isAction = (text: string): text is AuditAction => auditActions.some((action) => action === text)

const shared = ['from', 'to', 'page', 'limit'] as const

/**
 * Reads a query of the audit log. `further` names parameters that the caller reads itself. Ignoring a condition that makes no sense
 * would show more than its link means.
 */
export function readAudit(
  search: SearchParams,
  further: readonly string[],
): { asked: AuditAsked; params: Params; problems: Problem[] } {
  const given = Object.fromEntries(
    shared.map((name) => [name, search[name]]).filter(([, value]) => value !== undefined),
  )
  const { params, problems } = parseParams(given, 'uploads')
  const text = (name: (typeof auditParams)[number]): string | null => [search[name]].flat().at(-1) || null
  const action = text('action')
  if (action !== null && !isAction(action))
    problems.push({
      param: 'action',
      value: action,
      message: `Give one of ${auditActions.join(', ')}.`,
      showsNothing: true,
    })
  return {
    asked: {
      actor: text('actor'),
      action: action !== null && isAction(action) ? action : null,
      subject: text('subject'),
      from: params.from,
      to: params.to,
    },
    params,
    problems: [...problems, ...unknownParams(search, [...shared, ...auditParams, ...further])],
  }
}

/** An address of the audit log with these conditions. */
export function auditHref(path: string, asked: Partial<AuditAsked>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(asked))
    if (value !== null) search.set(name, typeof value === 'number' ? new Date(value).toISOString() : value)
  return search.size === 0 ? path : `${path}${path.includes('?') ? '&' : '?'}${search}`
}
