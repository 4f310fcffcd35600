import { apiPaths } from '#lib/params/api-paths.ts'

/** Ids of questions that this tab has ended by going to another screen before they were answered. */
export const left = new Set<string>()

/** The id of the link that asks a question again which was cancelled. */
export const countAgain = 'count-again'

/**
 * Ends a question whose page is left: the router goes on reading the answer of a page that it does not show any more. It also keeps
 * that answer for whoever goes back: the page is loaded again then.
 */
export function leave(id: string): void {
  left.add(id)
  fetch(apiPaths.progress(id), { method: 'DELETE', keepalive: true }).catch(() => {})
}
