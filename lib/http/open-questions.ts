import { randomUUID } from 'node:crypto'
import type { Progress } from '#lib/model/progress.ts'
import { shared } from '#lib/process/shared.ts'
import { asking, withAsking } from '#lib/store/asking.ts'

type OpenQuestion = { progress: Progress; cancelled: AbortController }

/** Questions that pages ask at the moment, by their ids: as many as there are requests, at most. */
const questions = shared('open questions', () => new Map<string, OpenQuestion>())

/** Somebody ended the question before its answer was there. */
export class QuestionCancelled extends Error {
  override name = 'QuestionCancelled'
  constructor() {
    super('The question was cancelled.')
  }
}

/**
 * Begins a question whose progress others can ask for and that they can cancel, by the id it returns, until it is answered. `answer`
 * rejects with QuestionCancelled if it was cancelled, else as `work` does.
 */
export function openQuestion<Result>(work: () => Promise<Result>): { id: string; answer: Promise<Result> } {
  const id = randomUUID()
  const question: OpenQuestion = {
    progress: { doing: 'start', done: 0, total: null, isWaiting: false },
    cancelled: new AbortController(),
  }
  const { signal } = question.cancelled
  const asked = asking()
  questions.set(id, question)
  const own = {
    ...asked,
    signal: AbortSignal.any([asked.signal, signal]),
    report: (progress: Progress) => void Object.assign(question, { progress }),
  }
  const answer = withAsking(own, work)
    .catch((error: unknown) => {
      throw signal.aborted ? new QuestionCancelled() : error
    })
    .finally(() => questions.delete(id))
  return { id, answer }
}

/** Returns how far a question is; null if there is none with this id that is being answered. */
export const progressOf = (id: string): Progress | null => questions.get(id)?.progress ?? null

/** Ends a question; false if there is none with this id. */
export function cancelQuestion(id: string): boolean {
  const question = questions.get(id)
  question?.cancelled.abort()
  return question !== undefined
}
