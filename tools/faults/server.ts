import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { NotSurvived } from './kind.ts'

/** After this many milliseconds a start or a stop is taken for a hang: 20 servers may start at once on a busy machine. */
const guard = 180_000

/** A process of the real server that is up. */
export type Running = {
  url: string
  child: ChildProcess
  /** What it has written so far, both streams. */
  printed: () => string
}

/** A server that ended before it was up. */
export type Refused = { code: number | null; signal: NodeJS.Signals | null; printed: string }

const children = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

/** Starts the server on a data folder and returns it when it is up, or how it ended. @throws NotSurvived if it does neither. */
export async function tryToStart(folder: string, settings: Record<string, string> = {}): Promise<Running | Refused> {
  const { DATABASE_URL: _, ALLOW_OPEN: __, HOST: ___, ...rest } = process.env
  const own = {
    ...{ NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1', PORT: '0', DATA_DIR: folder },
  }
  const child = spawn(process.execPath, ['bin/serve.ts'], { env: { ...rest, ...own, ...settings } })
  children.add(child)
  let printed = ''
  const up = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => {
        // A server in trouble may log the same line again and again.
        printed = (printed + bytes).slice(-200_000)
        const url = /ASR Hunt is at (http:\S+)/.exec(printed)?.[1]
        if (url !== undefined) resolve(url)
      })
  })
  const ended = once(child, 'close').then(() => null)
  const late = new AbortController()
  const url = await Promise.race([up, ended, wait(guard, undefined, { signal: late.signal })])
  late.abort()
  if (url === undefined) {
    child.kill('SIGKILL')
    throw new NotSurvived(`The server was neither up nor ended after ${guard / 1000} s. It printed:\n${printed}`)
  }
  if (url !== null) return { url, child, printed: () => printed }
  children.delete(child)
  return { code: child.exitCode, signal: child.signalCode, printed }
}

/** Starts the server. @throws NotSurvived if it refuses. */
export async function start(folder: string, settings: Record<string, string> = {}): Promise<Running> {
  const started = await tryToStart(folder, settings)
  if ('url' in started) return started
  throw new NotSurvived(`The server did not start (code ${started.code}). It printed:\n${started.printed}`)
}

/** Ends the server by a signal; returns its exit code, null if the signal killed it. @throws NotSurvived if it goes on. */
export async function stop({ child, printed }: Running, signal: NodeJS.Signals): Promise<number | null> {
  children.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = once(child, 'exit')
  child.kill(signal)
  const late = new AbortController()
  const isLate = await Promise.race([ended, wait(guard, true, { signal: late.signal })])
  late.abort()
  if (isLate !== true) return child.exitCode
  child.kill('SIGKILL')
  throw new NotSurvived(`${signal} did not end the server in ${guard / 1000} s. It printed:\n${printed()}`)
}

/** Whether the server has ended. */
export const hasEnded = ({ child }: Running): boolean => child.exitCode !== null || child.signalCode !== null
