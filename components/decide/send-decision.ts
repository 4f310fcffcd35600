import type { z } from 'zod'
import type {
  Decision,
  DecisionPreview,
  decisionPage,
  decisionPreview,
  decisionSteps,
  GroupPage,
  groupSteps,
  Imported,
  NewDecision,
} from '#lib/model/decisions.ts'
import { apiPaths } from '#lib/params/api-paths.ts'

/**
 * What a request came to: what was answered, or why it failed. `others`: if it was refused since others changed the same meanwhile, their
 * steps, the newest first.
 */
export type Sent<Answer, Step = never> = { answer: Answer } | { failure: string; others?: readonly Step[] }

const isoText = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString())

/** A decision as the API reads it. */
export const asSent = ({ expiresAt, ...decision }: NewDecision) => ({ ...decision, expiresAt: isoText(expiresAt) })

type Extras = { signal?: AbortSignal; etag?: string }

/** `etag`: the version that a change is made for. */
async function send<Answer, Step = never>(
  method: string,
  path: string,
  body?: unknown,
  { signal, etag }: Extras = {},
): Promise<Sent<Answer, Step>> {
  try {
    const answer = await fetch(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(etag === undefined ? {} : { 'If-Match': etag }),
      },
    })
    const text = await answer.text()
    if (answer.ok) return { answer: (text === '' ? null : JSON.parse(text)) as Answer }
    const { errorMessage } = await import('#lib/model/answer.ts')
    const failure = errorMessage(text) ?? `The server answered ${answer.status}.`
    if (answer.status !== 412) return { failure }
    const { error } = JSON.parse(text) as { error: { detail: { rows: Step[] } | null } }
    return { failure, others: error.detail?.rows ?? [] }
  } catch {
    return { failure: 'The server cannot be reached.' }
  }
}

type SentPreview = z.input<typeof decisionPreview>
type SentPage = z.input<typeof decisionPage>

/** Asks what deciding would do. `replaces`: the id of the decision that is being changed. */
export const previewDecisions = (decisions: readonly NewDecision[], replaces: string | null, signal: AbortSignal) =>
  send<SentPreview>(
    'POST',
    apiPaths.previewDecisions,
    { decisions: decisions.map(asSent), ...(replaces === null ? {} : { replaces }) },
    { signal },
  )
export type { DecisionPreview, SentPreview }

export const sendDecisions = (decisions: readonly NewDecision[]) =>
  send<SentPage>('POST', apiPaths.decisions, { decisions: decisions.map(asSent) })

export type SentDecision = SentPage['rows'][number]
export type SentSteps = z.input<typeof decisionSteps>
export type SentStep = SentSteps['rows'][number]
export type SentGroupStep = z.input<typeof groupSteps>['rows'][number]

export const changeDecision = (id: string, decision: NewDecision, etag: string) =>
  send<SentDecision, SentStep>('PUT', apiPaths.decision(id), asSent(decision), { etag })

export const deleteDecision = (id: string, author: string, etag: string) =>
  send<null, SentStep>('DELETE', apiPaths.decision(id), { author }, { etag })

/** Restores the state before a step, by default the newest; null if the decision did not exist then. */
export const undoDecision = (id: string, author: string, etag: string, step?: number) =>
  send<SentDecision | null, SentStep>(
    'POST',
    apiPaths.undoDecision(id),
    { author, ...(step === undefined ? {} : { step }) },
    { etag },
  )

export const importDecisions = (file: unknown, author: string, isApplied: boolean) => {
  const path = apiPaths.importDecisions(isApplied)
  return send<Imported>('POST', `${path}${isApplied ? '&' : '?'}${new URLSearchParams({ author })}`, file)
}

/** A page of the steps of a decision, or of all (null), the newest first. */
export const readHistory = (id: string | null, page: number, limit: number) => {
  const path = id === null ? apiPaths.allDecisionHistory : apiPaths.decisionHistory(id)
  return send<SentSteps>('GET', `${path}?${new URLSearchParams({ page: String(page), limit: String(limit) })}`)
}

export const readGroups = () => send<GroupPage>('GET', apiPaths.groups)

export const sendGroups = (
  groups: readonly { name: string; patterns: readonly string[] }[],
  author: string,
  etag: string,
) => send<GroupPage, SentGroupStep>('PUT', apiPaths.groups, { groups, author }, { etag })

export type { Decision }
