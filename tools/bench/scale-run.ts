import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Checkout } from './scale-checkouts.ts'

/** How many events were committed at a time, in seconds from the start. */
export type Point = { seconds: number; stored: number }

/** Pages and bytes of one table or index. */
export type Tree = { pages: number; bytes: number }

export type Run = {
  seconds: number
  stored: number
  /** One point for each commit that was seen, in order; the first has no events. */
  points: Point[]
  /** Bytes that the programs passed to write calls; null if the system does not count them. */
  wchar: number | null
  /** Bytes that the programs caused to be written to the disk; null if the system does not count them. */
  writeBytes: number | null
  /** Bytes of the database and its write-ahead log after the last program has ended. */
  fileBytes: number
  /** Bytes of resident memory of the largest program at its peak; null if the system does not count them. */
  peak: number | null
  trees: Map<string, Tree>
}

const pollInterval = 250
const databaseName = 'asr-hunt.db'

/** Returns how many events are committed; null before the first upload. A new connection each time: one that stays open would keep the last writer from removing the write-ahead log. */
function storedIn(dataFolder: string): number | null {
  try {
    const db = new Database(join(dataFolder, databaseName), { readonly: true, fileMustExist: true, timeout: 100 })
    try {
      return db.prepare<[], number | null>('SELECT sum(stored) FROM upload').pluck().get() ?? null
    } finally {
      db.close()
    }
  } catch {
    // The file or its tables do not exist yet, or it is locked: the next poll asks again.
    return null
  }
}

type Written = { wchar: number; writeBytes: number }

/**
 * Returns what this process has written. Linux adds what a child wrote when the child is reaped, so the difference
 * around a child is exact, which no sample of /proc/<pid>/io is.
 */
function written(): Written | null {
  try {
    const text = readFileSync('/proc/self/io', 'utf8')
    const count = (name: string) => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(text)?.[1])
    return { wchar: count('wchar'), writeBytes: count('write_bytes') }
  } catch {
    return null
  }
}

function peakOf(pid: number | undefined): number | null {
  try {
    const kilobytes = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) * 1024
  } catch {
    return null
  }
}

/** Returns pages and bytes of each table and index of a database. */
function treesOf(file: string): Map<string, Tree> {
  const db = new Database(file, { readonly: true })
  try {
    const rows = db
      .prepare<[], Tree & { name: string }>(
        'SELECT name, pageno AS pages, pgsize AS bytes FROM dbstat WHERE aggregate = TRUE',
      )
      .all()
    return new Map(rows.map(({ name, pages, bytes }) => [name, { pages, bytes }]))
  } finally {
    db.close()
  }
}

const sizeOf = (dataFolder: string): number =>
  readdirSync(dataFolder)
    .filter((name) => name === databaseName || name === `${databaseName}-wal`)
    .reduce((sum, name) => sum + statSync(join(dataFolder, name)).size, 0)

/** Reads files with the `ingest` command of a checkout, one process for each list of files, and measures it from outside. */
export async function measureIngest(
  { root }: Checkout,
  dataFolder: string,
  lists: readonly (readonly string[])[],
): Promise<Run> {
  const { HOST: _, DATABASE_URL: __, INIT_CWD: ___, ...rest } = process.env
  const env: NodeJS.ProcessEnv = { ...rest, NODE_ENV: 'production', DATA_DIR: dataFolder }
  const points: Point[] = []
  let peak: number | null = null
  const before = written()
  const begun = performance.now()
  const look = (pid?: number) => {
    const size = peakOf(pid)
    if (size !== null) peak = Math.max(peak ?? 0, size)
    const stored = storedIn(dataFolder)
    if (stored !== null && stored !== points.at(-1)?.stored)
      points.push({ seconds: (performance.now() - begun) / 1000, stored })
  }
  for (const files of lists) {
    const child = spawn(process.execPath, ['bin/ingest.ts', ...files], {
      cwd: root,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let complaint = ''
    child.stderr.setEncoding('utf8').on('data', (text) => {
      complaint = (complaint + text).slice(-4000)
    })
    const polling = setInterval(() => look(child.pid), pollInterval)
    const [code] = await once(child, 'close')
    clearInterval(polling)
    if (code !== 0) throw new Error(`bin/ingest.ts of ${root} ended with code ${code}.\n${complaint}`)
  }
  const seconds = (performance.now() - begun) / 1000
  const after = written()
  look()
  const stored = points.at(-1)?.stored ?? 0
  if (points[0]?.stored !== 0) points.unshift({ seconds: 0, stored: 0 })
  return {
    seconds,
    stored,
    points,
    wchar: before && after && after.wchar - before.wchar,
    writeBytes: before && after && after.writeBytes - before.writeBytes,
    fileBytes: sizeOf(dataFolder),
    peak,
    trees: treesOf(join(dataFolder, databaseName)),
  }
}

/** Returns events per second of each tenth of the events. Between two commits, events are taken to be stored evenly. */
export function tenthRates({ points, stored }: Pick<Run, 'points' | 'stored'>): number[] {
  const secondsAt = (wanted: number): number => {
    const next = points.findIndex((point) => point.stored >= wanted)
    const [from, to] = [points[Math.max(0, next - 1)], points[next]]
    if (from === undefined || to === undefined) return Number.NaN
    if (from === to) return from.seconds
    return from.seconds + ((wanted - from.stored) / (to.stored - from.stored)) * (to.seconds - from.seconds)
  }
  const tenth = stored / 10
  return Array.from({ length: 10 }, (_, index) => tenth / (secondsAt((index + 1) * tenth) - secondsAt(index * tenth)))
}
