import { format, stripVTControlCharacters } from 'node:util'
import type { Log } from './log.ts'

/** Returns the message and fields for what was given to `console.error` and its like. */
function lineOf(values: unknown[]): [message: string, fields: { error?: unknown }] {
  const error = values.find((value) => value instanceof Error)
  const words = values.filter((value) => value !== error)
  const message = stripVTControlCharacters(format(...words)).trim()
  // Next puts a sign in front, for which a log has a level.
  const text = message.replace(/^[⨯⚠]\s*/, '')
  return [text === '' ? 'A library failed.' : text, error === undefined ? {} : { error }]
}

/**
 * Sends what libraries write with `console.error` and `console.warn` to the log: with the id of the request, and escaped.
 * Next does so when a page fails.
 */
export function logConsole(log: Log, target: Pick<Console, 'error' | 'warn'> = console): void {
  target.error = (...values: unknown[]) => log.error(...lineOf(values))
  target.warn = (...values: unknown[]) => log.warn(...lineOf(values))
}
