import { writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import { isMainThread, threadName } from 'node:worker_threads'
import { printable } from './printable.ts'
import { requestId } from './request.ts'

export const levels = ['debug', 'info', 'warn', 'error'] as const
export type Level = (typeof levels)[number]

/** What a line says besides its message. An error, in any field, is logged with its name, code, message, stack and cause. */
export type Fields = Record<string, unknown>
export type Log = Record<Level, (message: string, fields?: Fields) => void>

export type LogOptions = {
  /** Lines below this level are dropped. */
  level: Level
  /** One readable line for a terminal instead of JSON. */
  isTerminal: boolean
  thread: string
  write: (line: string) => void
  now?: () => Date
}

/** The longest text in a field. What a client sends has no bound of its own. */
const longestText = 8192

/** Returns the level that a setting names; null if there is no such level. Unset is info. */
export const levelOf = (setting: string | undefined): Level | null =>
  setting ? (levels.find((level) => level === setting) ?? null) : 'info'

/** Returns the message for a LOG_LEVEL that is not a level; null if it is one. */
export function levelProblem(setting = process.env.LOG_LEVEL): string | null {
  if (levelOf(setting) !== null) return null
  return `LOG_LEVEL is ${printable(JSON.stringify(setting))}, which is not a log level. Use ${levels.join(', ')}.`
}

type Head = { time: string; level: Level; thread: string; request?: string; message: string }
type LoggedError = { name: string; code?: unknown; message: string; stack?: string; cause?: unknown }

function errorFields(error: Error): LoggedError {
  const { name, message, stack, cause } = error
  const { code } = error as { code?: unknown }
  return {
    name,
    ...(code === undefined ? {} : { code }),
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(cause === undefined ? {} : { cause }),
  }
}

function plain(_name: string, value: unknown): unknown {
  if (value instanceof Error) return errorFields(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'string' && value.length > longestText) return `${value.slice(0, longestText)}…`
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`
  return value
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value, plain) ?? 'null'
  } catch (error) {
    // A value that refers to itself, or whose getter throws: the line is more useful without it than not at all.
    return JSON.stringify(`not shown: ${(error as Error).message}`)
  }
}

/** The head comes first and wins: no field can pass for the time, the level or the message. */
function jsonLine(head: Head, fields: Fields): string {
  const others = Object.entries(fields).filter(([name]) => !(name in head))
  const parts = [...Object.entries(head), ...others].map(([name, value]) => `${JSON.stringify(name)}:${json(value)}`)
  return `{${parts.join(',')}}`
}

const frames = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
    .join(' | ')

function shown(value: unknown): string {
  if (typeof value === 'string') return /^[\w.:/-]+$/.test(value) ? value : json(value)
  if (!(value instanceof Error)) return json(value)
  const { name, code, message, stack = '', cause } = errorFields(value)
  const what = `${name}${code === undefined ? '' : ` ${String(code)}`}: ${message}`
  return `${json(what)} ${frames(stack)}${cause === undefined ? '' : ` cause=${shown(cause)}`}`
}

function terminalLine({ time, level, thread, request, message }: Head, fields: Fields): string {
  const place = request === undefined ? thread : `${thread} ${request}`
  const rest = Object.entries(fields).map(([name, value]) => ` ${name}=${shown(value)}`)
  return `${time} ${level.toUpperCase().padEnd(5)} [${place}] ${message}${rest.join('')}`
}

/** Opens a log. Each call writes one line; no value in it can begin another or steer a terminal. */
export function openLog({ level: least, isTerminal, thread, write, now = () => new Date() }: LogOptions): Log {
  const lowest = levels.indexOf(least)
  const at = (level: Level) => {
    if (levels.indexOf(level) < lowest) return () => {}
    return (message: string, fields: Fields = {}) => {
      const request = requestId()
      const head = { time: now().toISOString(), level, thread, ...(request === undefined ? {} : { request }), message }
      write(`${printable(isTerminal ? terminalLine(head, fields) : jsonLine(head, fields))}\n`)
    }
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

const pause = new Int32Array(new SharedArrayBuffer(4))

/**
 * Writes to standard error at once: `process.stderr` of a worker thread goes through the main thread and loses what a
 * thread says last. A pipe that is full is tried again for a while; a log that nobody reads must not stop the server.
 */
function writeToStderr(line: string): void {
  let rest = Buffer.from(line)
  for (let attempt = 0; rest.length > 0 && attempt < 50; attempt++) {
    try {
      rest = rest.subarray(writeSync(2, rest))
    } catch (error) {
      // EPIPE, EBADF: whoever read the log is gone, and there is no other place to say so.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return
      Atomics.wait(pause, 0, 0, 2)
    }
  }
}

/** The log of this thread, to standard error. */
export const log: Log = openLog({
  level: levelOf(process.env.LOG_LEVEL) ?? 'info',
  isTerminal: isatty(2),
  thread: isMainThread ? (process.env.ASR_HUNT_PROCESS ?? 'main') : threadName || 'worker',
  write: writeToStderr,
})
