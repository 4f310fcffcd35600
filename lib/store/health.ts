import { isDamage, isFileGone, isNoSpace } from './errors.ts'
import { dataFolder } from './settings.ts'
import { type Space, spaceOf } from './space.ts'
import type { SqliteWrites } from './sqlite/writes.ts'
import type { Store } from './store.ts'

/** Why the store cannot be used. */
export type Problem = { code: 'read' | 'write' | 'file' | 'damage' | 'space'; message: string }

/** What is known of the store. `seconds`: the age of the last test write; null if there was none yet. */
export type StoreHealth = {
  problems: Problem[]
  warnings: string[]
  write: { ok: boolean; seconds: number | null }
  space: Space
}

/** The result of a test write is used for this long, in milliseconds. */
const freshFor = 30_000
/** How long to wait for a test write, in milliseconds: if there is a result to answer with, and if there is none yet. */
const patience = { known: 100, unknown: 5000 }
/** A test write that takes longer than this has failed, in milliseconds. */
const longestProbe = 60_000

type Probe = { at: number; error: Error | null }

// One state a process, also across the two copies of this module that Next makes.
const kept = globalThis as {
  asrHuntProbe?: Probe | undefined
  asrHuntProbing?: { since: number; done: Promise<void> } | undefined
  asrHuntDamage?: Error | undefined
}

/** Starts a test write if the last one is too old and none is under way. Waits a moment for its result. */
async function probe(writes: SqliteWrites): Promise<void> {
  if (kept.asrHuntProbing === undefined && Date.now() - (kept.asrHuntProbe?.at ?? 0) >= freshFor) {
    const finish = (error: Error | null): void => {
      kept.asrHuntProbe = { at: Date.now(), error }
      kept.asrHuntProbing = undefined
    }
    const done = writes.probe().then(() => finish(null), finish)
    kept.asrHuntProbing = { since: Date.now(), done }
  }
  if (kept.asrHuntProbing === undefined) return
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, kept.asrHuntProbe === undefined ? patience.unknown : patience.known)
  })
  await Promise.race([kept.asrHuntProbing.done, late]).finally(() => clearTimeout(timer))
}

function codeOf(error: unknown): Problem['code'] {
  if (isDamage(error)) return 'damage'
  if (isFileGone(error)) return 'file'
  return isNoSpace(error) ? 'space' : 'write'
}

function writeProblem(): Problem | null {
  const error = kept.asrHuntProbe?.error
  if (error) return { code: codeOf(error), message: error.message }
  const waits = kept.asrHuntProbing === undefined ? 0 : Date.now() - kept.asrHuntProbing.since
  if (waits < longestProbe) return null
  return { code: 'write', message: `A test write has not finished for ${Math.round(waits / 1000)} seconds.` }
}

const damageProblem = (error: Error): Problem => ({
  code: 'damage',
  message:
    isDamage(error) && error.name === 'DamagedDatabase'
      ? error.message
      : `The database is damaged: ${error.message}. Stop ASR Hunt and restore a backup: npm run restore -- FILE`,
})

const spaceMessage = 'The disk of the data folder is full. Uploads are refused. Free some space.'

/** Returns whether the store can be written, and what is wrong with it. It writes at most every 30 seconds. */
export async function storeHealth(writes: SqliteWrites): Promise<StoreHealth> {
  await probe(writes)
  const problems: Problem[] = []
  const gone = writes.fileProblem()
  if (gone !== null) problems.push({ code: 'file', message: gone })
  if (kept.asrHuntDamage !== undefined) problems.push(damageProblem(kept.asrHuntDamage))
  const space = spaceOf(dataFolder())
  if (!space.ok) problems.push({ code: 'space', message: spaceMessage })
  const write = writeProblem()
  if (write !== null && problems.every(({ code }) => code !== write.code)) problems.push(write)
  const at = kept.asrHuntProbe?.at
  const seconds = at === undefined ? null : Math.round((Date.now() - at) / 1000)
  const warnings = writes.warning === null ? [] : [writes.warning]
  return { problems, warnings, write: { ok: write === null, seconds }, space }
}

function noted(error: unknown): never {
  if (isDamage(error)) kept.asrHuntDamage ??= error
  throw error
}

async function* noting<Row>(rows: AsyncGenerator<Row[]>): AsyncGenerator<Row[]> {
  try {
    yield* rows
  } catch (error) {
    noted(error)
  }
}

/** The same store; if it finds the database damaged, `storeHealth` says so from then on. */
export function noteDamage(store: Store): Store {
  return {
    ...store,
    all: <Row>(...asked: Parameters<Store['all']>) => store.all<Row>(...asked).catch(noted),
    stream: <Row>(...asked: Parameters<Store['stream']>) => noting(store.stream<Row>(...asked)),
    logged: (...asked) => store.logged(...asked).catch(noted),
  }
}
