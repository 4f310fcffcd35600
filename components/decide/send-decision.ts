import type { z } from 'zod'
import type {
  Decision,
  DecisionPreview,
  decisionPage,
  decisionPreview,
  decisionSteps,
  GroupPage,
  Imported,
  NewDecision,
} from '#lib/model/decisions.ts'
import { apiPaths } from '#lib/params/api-paths.ts'

/** What a request came to: what was answered, or why it failed. */
export type Sent<Answer> = { answer: Answer } | { failure: string }

const isoText = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString())

/** A decision as the API reads it. */
export const asSent = ({ expiresAt, ...decision }: NewDecision) => ({ ...decision, expiresAt: isoText(expiresAt) })

async function send<Answer>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Sent<Answer>> {
  try {
    const answer = await fetch(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
      ...(signal === undefined ? {} : { signal }),
    })
    const text = await answer.text()
    if (answer.ok) return { answer: (text === '' ? null : JSON.parse(text)) as Answer }
    const { errorMessage } = await import('#lib/model/answer.ts')
    return { failure: errorMessage(text) ?? `The server answered ${answer.status}.` }
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
    signal,
  )
export type { DecisionPreview, SentPreview }

export const sendDecisions = (decisions: readonly NewDecision[]) =>
  send<SentPage>('POST', apiPaths.decisions, { decisions: decisions.map(asSent) })

export const changeDecision = (id: string, decision: NewDecision) =>
  send<z.input<typeof decisionPage>['rows'][number]>('PUT', apiPaths.decision(id), asSent(decision))

export const deleteDecision = (id: string, author: string) => send<null>('DELETE', apiPaths.decision(id), { author })

export const undoDecision = (id: string, author: string, step?: number) =>
  send<unknown>('POST', apiPaths.undoDecision(id), { author, ...(step === undefined ? {} : { step }) })

export const importDecisions = (file: unknown, author: string, isApplied: boolean) => {
  const path = apiPaths.importDecisions(isApplied)
  return send<Imported>('POST', `${path}${isApplied ? '&' : '?'}${new URLSearchParams({ author })}`, file)
}

export type SentSteps = z.input<typeof decisionSteps>

/** The newest steps of a decision, or of all. */
export const readHistory = (id: string | null) =>
  send<SentSteps>('GET', id === null ? apiPaths.allDecisionHistory : apiPaths.decisionHistory(id))

export const readGroups = () => send<GroupPage>('GET', apiPaths.groups)

export const sendGroups = (groups: readonly { name: string; patterns: readonly string[] }[], author: string) =>
  send<GroupPage>('PUT', apiPaths.groups, { groups, author })

export type { Decision }
