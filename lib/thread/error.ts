/** An error on its way between threads. Structured clone keeps only name, message and stack, and no name of our own. */
export type SentError = { name: string; message: string; stack?: string; code?: string | number; cause?: SentError }

/** How many causes of causes are kept. */
const maxDepth = 4

/** Packs whatever was thrown, so that it survives the way to another thread. */
export function packError(thrown: unknown, depth = 0): SentError {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown) }
  const { name, message, stack, cause } = thrown
  const { code } = thrown as { code?: unknown }
  return {
    name,
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(cause === undefined || depth >= maxDepth ? {} : { cause: packError(cause, depth + 1) }),
  }
}

/** Returns an Error with the name, code, message, stack and cause of the one that was thrown. Its class is lost. */
export function unpackError({ name, message, stack, code, cause }: SentError): Error {
  const error = new Error(message, cause === undefined ? undefined : { cause: unpackError(cause) })
  Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true })
  if (stack !== undefined) error.stack = stack
  return code === undefined ? error : Object.assign(error, { code })
}

/** Whether an error has this code, such as `SQLITE_FULL`, even if it was thrown in another thread. */
export const hasCode = (error: unknown, code: string | number): boolean =>
  error instanceof Error && (error as { code?: unknown }).code === code
