import { log } from '#lib/log/log.ts'
import { selectRecomputing } from '#lib/query/recomputing.ts'
import { selectNewestUpload } from '#lib/query/uploads.ts'
import { newestEvent } from '#lib/query/window.ts'
import { asServer } from '#lib/store/asking.ts'
import { isDamage } from '#lib/store/errors.ts'
import { type Problem, type StoreHealth, storeHealth } from '#lib/store/health.ts'
import { getStore, getWrites } from '#lib/store/open.ts'
import { version } from '#lib/version.ts'
import { apiRow } from './json.ts'

async function readStore() {
  const store = await getStore()
  const [event, upload, recomputing] = await Promise.all([
    newestEvent(store),
    selectNewestUpload(store),
    selectRecomputing(store),
  ])
  return { newestEvent: event, newestUpload: upload?.createdAt ?? null, recomputing }
}

type Read = Awaited<ReturnType<typeof readStore>>

let asked: Promise<Read> | null = null

/** Returns what health says of the data. It is read once, however many ask at the same time. */
function sharedRead(): Promise<Read> {
  asked ??= asServer('watch', readStore).finally(() => {
    asked = null
  })
  return asked
}

const unread = { newestEvent: null, newestUpload: null, recomputing: null }
const unknown: StoreHealth = {
  problems: [],
  warnings: [],
  write: { ok: false, seconds: null },
  space: { free: null, ok: true },
}

/** Answers whether the server can be used: 200, or 503 if the store cannot be read or written, with the problems. */
export async function serveHealth(): Promise<Response> {
  const failed: Problem[] = []
  const fail = (code: Problem['code'], error: Error): void => {
    log.error('The health check found a problem.', { error })
    failed.push({ code: isDamage(error) ? 'damage' : code, message: error.message })
  }
  const read = await sharedRead().catch((error: Error) => {
    fail('read', error)
    return unread
  })
  const { problems, ...store } = await getWrites()
    .then(storeHealth)
    .catch((error: Error) => {
      fail('write', error)
      return unknown
    })
  // The store knows more of what it found itself; without its file nothing can be read.
  const isKnown = (code: Problem['code']): boolean =>
    problems.some((problem) => problem.code === code || (code === 'read' && problem.code === 'file'))
  const all = [...problems, ...failed.filter(({ code }) => !isKnown(code))]
  const ok = all.length === 0
  return Response.json(apiRow({ ok, version, store: 'sqlite', ...read, problems: all, ...store }), {
    status: ok ? 200 : 503,
  })
}
