import type { StoreProblem as Problem, StoreHealth } from '#lib/model/state.ts'
import { shared } from '#lib/process/shared.ts'
import { isDamage, isFileGone, isNoSpace } from './errors.ts'
import { dataFolder } from './settings.ts'
import { spaceOf } from './space.ts'
import type { Sql } from './sqlite/sql.ts'
import type { SqliteWrites } from './sqlite/writes.ts'

/** The result of a test write is used for this long, in milliseconds. */
const freshFor = 30_000
/** How long to wait for a test write, in milliseconds: if there is a result to answer with, and if there is none yet. */
const patience = { known: 100, unknown: 5000 }
/** A test write that takes longer than this has failed, in milliseconds. */
const longestProbe = 60_000

type Probe = { at: number; error: Error | null }

type State = { probe?: Probe; probing?: { since: number; done: Promise<void> } | undefined; damage?: Error }
const state = (): State => shared('store health', () => ({}))

/** Starts a test write if the last one is too old and none is under way. Waits a moment for its result. */
async function probe(writes: SqliteWrites): Promise<void> {
  const known = state()
  if (known.probing === undefined && Date.now() - (known.probe?.at ?? 0) >= freshFor) {
    const finish = (error: Error | null): void => {
      known.probe = { at: Date.now(), error }
      known.probing = undefined
    }
    const done = writes.probe().then(() => finish(null), finish)
    known.probing = { since: Date.now(), done }
  }
  if (known.probing === undefined) return
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, known.probe === undefined ? patience.unknown : patience.known)
  })
  await Promise.race([known.probing.done, late]).finally(() => clearTimeout(timer))
}

function codeOf(error: unknown): Problem['code'] {
  if (isDamage(error)) return 'damage'
  if (isFileGone(error)) return 'file'
  return isNoSpace(error) ? 'space' : 'write'
}

function writeProblem(): Problem | null {
  const error = state().probe?.error
  if (error) return { code: codeOf(error), message: error.message }
  const { probing } = state()
  const waits = probing === undefined ? 0 : Date.now() - probing.since
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
  const { damage } = state()
  if (damage !== undefined) problems.push(damageProblem(damage))
  const space = spaceOf(dataFolder())
  if (!space.ok) problems.push({ code: 'space', message: spaceMessage })
  const write = writeProblem()
  if (write !== null && problems.every(({ code }) => code !== write.code)) problems.push(write)
  const at = state().probe?.at
  const seconds = at === undefined ? null : Math.round((Date.now() - at) / 1000)
  const warnings = writes.warning === null ? [] : [writes.warning]
  return { problems, warnings, write: { ok: write === null, seconds }, space }
}

function noted(error: unknown): never {
  if (isDamage(error)) state().damage ??= error
  throw error
}

async function* noting<Row>(rows: AsyncGenerator<Row[]>): AsyncGenerator<Row[]> {
  try {
    yield* rows
  } catch (error) {
    noted(error)
  }
}

/** The same database; if it is found damaged, `storeHealth` says so from then on. */
export function noteDamage(sql: Sql): Sql {
  return {
    ...sql,
    all: <Row>(...asked: Parameters<Sql['all']>) => sql.all<Row>(...asked).catch(noted),
    stream: <Row>(...asked: Parameters<Sql['stream']>) => noting(sql.stream<Row>(...asked)),
    logged: (...asked) => sql.logged(...asked).catch(noted),
    stacks: {
      warm: () => sql.stacks.warm().catch(noted),
      page: (asked) => sql.stacks.page(asked).catch(noted),
      rows: (asked) => noting(sql.stacks.rows(asked)),
      members: (asked) => sql.stacks.members(asked).catch(noted),
      events: (asked) => sql.stacks.events(asked).catch(noted),
    },
  }
}
