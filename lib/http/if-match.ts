import type { IfMatch } from '#lib/model/decisions.ts'
import { isChanged } from '#lib/store/errors.ts'
import { problemsAnswer } from './answer.ts'

/**
 * The versions that the header If-Match of a request names; null if it has none, or `*`: then the change is made whatever is there. A
 * weak one (`W/`) is equal to none, as RFC 9110 says.
 */
export function ifMatchOf(request: Request): { match: IfMatch } | { refused: Response } {
  const text = request.headers.get('if-match')?.trim()
  if (text === undefined || text === '*') return { match: null }
  const tags = text.split(',').map((tag) => tag.trim())
  if (tags.every((tag) => /^(W\/)?"[^"]*"$/.test(tag))) return { match: tags.filter((tag) => !tag.startsWith('W/')) }
  const message = 'Give the `etag` of what is to be changed, in its quotation marks, or leave the header out.'
  return { refused: problemsAnswer([{ param: 'If-Match', value: text.slice(0, 120), message }]) }
}

/** The answer with the version of what it shows. */
export function withEtag(answer: Response, etag: string): Response {
  answer.headers.set('ETag', etag)
  return answer
}

/** The answer to a write that finds another version than it was made for: `changed` says which. */
export async function unlessChanged(
  write: () => Promise<Response>,
  changed: () => Promise<Response>,
): Promise<Response> {
  try {
    return await write()
  } catch (error) {
    if (isChanged(error)) return changed()
    throw error
  }
}
