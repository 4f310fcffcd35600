import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { log } from '#lib/log/log.ts'
import { printable } from '#lib/log/printable.ts'
import { isStillRunning, ownProcess } from '#lib/process/running.ts'

export type HolderKind = 'server' | 'command'

/** The process that uses a data folder, as its lock file describes it. */
export type Holder = {
  kind: HolderKind
  pid: number
  /** The process number and the start of the process in the kernel's count: unlike the number, never used again. */
  process: string
  /** When the process started, ISO 8601 in UTC. */
  since: string
  /** Where the server takes requests of this machine; null if it does not, or not yet. */
  socket: string | null
}

export type FolderLock = {
  /** Adds the path of the local socket to the lock file. Call it when the socket is open. */
  announce: (socket: string) => void
  /** Gives the folder free. It is also given free when the process ends, however it ends. */
  release: () => void
}

/** The data folder is in use by another process. `holder` is null if its lock file cannot be read. */
export class FolderInUse extends Error {
  override name = 'FolderInUse'
  code = 'FOLDER_IN_USE'
  readonly holder: Holder | null
  constructor(folder: string, holder: Holder | null) {
    super(messageOf(printable(folder), holder))
    this.holder = holder
  }
}

function messageOf(folder: string, holder: Holder | null): string {
  const who = holder === null ? '' : ` (process ${holder.pid} since ${holder.since})`
  return holder?.kind === 'command'
    ? `A command of ASR Hunt${who} is writing to the data folder ${folder}. Wait until it has ended, or set DATA_DIR to another folder.`
    : `ASR Hunt is already running on the data folder ${folder}${who}. Stop it, or set DATA_DIR to another folder.`
}

const lockFile = (folder: string): string => join(folder, 'asr-hunt.lock')

/** How long the winner of a race may take to write its lock file, in milliseconds. */
const patience = 1000
const pause = new Int32Array(new SharedArrayBuffer(4))

function readHolder(folder: string): Holder | null {
  try {
    const found = JSON.parse(readFileSync(lockFile(folder), 'utf8')) as Partial<Holder>
    if (typeof found.pid !== 'number' || typeof found.process !== 'string' || typeof found.since !== 'string')
      return null
    const { pid, process, since, kind, socket } = found
    return {
      pid,
      process,
      since: printable(since),
      kind: kind === 'command' ? kind : 'server',
      socket: typeof socket === 'string' ? socket : null,
    }
  } catch {
    // No lock file, or one that is damaged. Neither decides whether the folder is free.
    return null
  }
}

/** The lock file of the process that has the folder: right after a race it may still be that of the last one. */
function waitForHolder(folder: string): Holder | null {
  for (const end = Date.now() + patience; ; Atomics.wait(pause, 0, 0, 20)) {
    const holder = readHolder(folder)
    if (holder !== null && isStillRunning(holder.process)) return holder
    if (Date.now() > end) return null
  }
}

/**
 * Takes the kernel's lock, which ends with the process and is seen from other containers: a write transaction, never
 * finished, on an empty database. Null if another process has it.
 */
function takeKernelLock(folder: string): Database.Database | null {
  const db = new Database(`${lockFile(folder)}.db`, { timeout: 0 })
  try {
    // Nothing is ever written: no journal is needed next to it.
    db.pragma('journal_mode = MEMORY')
    // Not EXCLUSIVE: two that try at once would refuse each other.
    db.exec('BEGIN IMMEDIATE')
    return db
  } catch (error) {
    db.close()
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return null
    throw error
  }
}

function openFolder(folder: string): Database.Database | null {
  try {
    // Logs and hashes of passwords are nobody else's. A folder that is there keeps its permissions.
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return takeKernelLock(folder)
  } catch (error) {
    const { message } = error as Error
    throw new Error(
      `The data folder ${printable(folder)} cannot be written to (${message}). Make it writable, or set DATA_DIR to another folder.`,
      { cause: error },
    )
  }
}

/**
 * Reserves the data folder for this process: one server or command a folder. The kernel decides who has it; the lock file
 * says who that is. @throws FolderInUse if another process has it.
 */
export function takeLock(folder: string, kind: HolderKind): FolderLock {
  const db = openFolder(folder)
  if (db === null) throw new FolderInUse(folder, waitForHolder(folder))
  const began = new Date(Date.now() - process.uptime() * 1000).toISOString()
  const holder: Holder = { kind, pid: process.pid, process: ownProcess(), since: began, socket: null }

  function writeLockFile(): void {
    const file = lockFile(folder)
    try {
      writeFileSync(`${file}.new`, `${JSON.stringify(holder)}\n`)
      renameSync(`${file}.new`, file)
    } catch (error) {
      // The folder is reserved all the same; on a full disk the server must start, so that uploads can be removed.
      log.warn('The lock file could not be written. Commands cannot find this process.', { file, error })
    }
  }
  const release = (): void => {
    process.off('exit', release)
    if (!db.open) return
    rmSync(lockFile(folder), { force: true })
    db.close()
  }
  writeLockFile()
  process.on('exit', release)
  return {
    announce: (socket) => {
      holder.socket = socket
      writeLockFile()
    },
    release,
  }
}

/** Returns the process that uses the folder as it describes itself now; null if none is running. */
export function holderOf(folder: string): Holder | null {
  const holder = readHolder(folder)
  return holder !== null && isStillRunning(holder.process) ? holder : null
}
