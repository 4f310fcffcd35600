import type { z } from 'zod'
import { apiError } from './api-error.ts'

/** The server answered something else than the API describes. */
export class UnexpectedAnswer extends Error {
  override name = 'UnexpectedAnswer'
}

const reload = 'The server may be of another version. Reload the page, or update this program.'

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UnexpectedAnswer(`The answer of the server is not JSON. ${reload}`, { cause })
  }
}

/**
 * Parses the text of an answer of the API: times become milliseconds. What the schema does not name is left out.
 * @throws UnexpectedAnswer with the first thing that does not fit
 */
export function parseAnswer<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  const { success, data, error } = schema.safeParse(jsonOf(text))
  if (success) return data
  const [issue] = error.issues
  const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`
  throw new UnexpectedAnswer(`The answer of the server is not as expected${where}: ${issue?.message}. ${reload}`)
}

/** The message of an answer that is an error of the API; null if it is not, such as that of a proxy. */
export function errorMessage(text: string): string | null {
  try {
    return parseAnswer(apiError, text).error.message
  } catch {
    return null
  }
}
