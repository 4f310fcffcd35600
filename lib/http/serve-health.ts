import { serverContext } from '#lib/access/context.ts'
import { health } from '#lib/access/health.ts'
import { log } from '#lib/log/log.ts'
import { health as healthSchema, type StoreProblem as Problem, type StoreHealth } from '#lib/model/state.ts'
import { shared } from '#lib/process/shared.ts'
import { version } from '#lib/process/version.ts'
import { asServer } from '#lib/store/asking.ts'
import { isDamage } from '#lib/store/errors.ts'
import { apiWriter } from './api-writer.ts'

const write = apiWriter(healthSchema)

async function readStore() {
  const { reads } = await serverContext()
  const [{ newest }, upload, recomputing] = await Promise.all([reads.span(), reads.newestUpload(), reads.recomputing()])
  return { newestEvent: newest, newestUpload: upload?.createdAt ?? null, recomputing }
}

type Read = Awaited<ReturnType<typeof readStore>>

const state = shared('health', (): { asked: Promise<Read> | null } => ({ asked: null }))

/** Returns what health says of the data. It is read once, however many ask at the same time. */
function sharedRead(): Promise<Read> {
  state.asked ??= asServer('watch', readStore).finally(() => {
    state.asked = null
  })
  return state.asked
}

const unavailable = { newestEvent: null, newestUpload: null, recomputing: null }
const unknown: StoreHealth = {
  problems: [],
  warnings: [],
  write: { ok: false, seconds: null },
  space: { free: null, ok: true },
}

/**
 * Answers whether the server can be used: 200, or 503 if the store cannot be read or written. `isDetailed`: with the problems and
 * everything else that is known of it, else with `ok` alone.
 */
export async function serveHealth(isDetailed = true): Promise<Response> {
  const failed: Problem[] = []
  const fail = (code: Problem['code'], error: Error): void => {
    log.error('The health check found a problem.', { error })
    failed.push({ code: isDamage(error) ? 'damage' : code, message: error.message })
  }
  const read = await sharedRead().catch((error: Error) => {
    fail('read', error)
    return unavailable
  })
  const { problems, ...store } = await health().catch((error: Error) => {
    fail('write', error)
    return unknown
  })
  // The store knows more of what it found itself; without its file nothing can be read.
  const isKnown = (code: Problem['code']): boolean =>
    problems.some((problem) => problem.code === code || (code === 'read' && problem.code === 'file'))
  const all = [...problems, ...failed.filter(({ code }) => !isKnown(code))]
  const ok = all.length === 0
  const status = ok ? 200 : 503
  if (!isDetailed) return Response.json({ ok }, { status })
  const answer = write({ ok, version, store: 'sqlite', ...read, problems: all, ...store })
  return Response.json(answer, { status })
}
