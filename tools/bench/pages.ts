import { cpSync, existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { must } from '#bin/run.js'
import { dayLength } from '#lib/asr/hours.ts'
import { figure, quantile, table, times } from './figures.ts'
import { groupBy } from './group-by.ts'
import { type Log, logOf } from './logs.ts'
import type { Options } from './options.ts'
import { type Question, questions } from './questions.ts'
import { type Server, startServer } from './server.ts'

const month = { days: 30, others: 0 }
const firstEnd = Date.parse('2026-11-20T18:00:00Z')
const monthLength = 30 * dayLength

async function sendAll(server: Server, { file }: Log): Promise<void> {
  const { status, body } = await server.send(file)
  if (status !== 201) throw new Error(`The upload of ${file} was answered ${status}: ${body}`)
}

/** A folder of data with so many events and dests, made once, through the server. */
async function storeOf(folder: string, { stored, dests }: Options): Promise<string> {
  const data = join(folder, `store_dests-${dests}_events-${stored}`)
  if (existsSync(data)) return data
  const log = await logOf(folder, { ...month, dests, events: stored, end: firstEnd })
  const server = await startServer(`${data}.part`)
  await sendAll(server, log)
  await server.stop()
  renameSync(`${data}.part`, data)
  return data
}

type Taken = Map<string, number[]>

/** Milliseconds of each question, asked one after the other, so many rounds or until `isOver`. */
async function ask(server: Server, asked: Question[], rounds: number, isOver = () => false): Promise<Taken> {
  const taken: Taken = new Map(asked.map(({ path }) => [path, []]))
  for (let round = 0; round < rounds; round++) {
    for (const { path } of asked) {
      const begun = performance.now()
      const { status, body } = await server.get(path)
      const ms = performance.now() - begun
      if (isOver()) return taken
      if (status !== 200) throw new Error(`${path} was answered ${status}: ${body.slice(0, 300)}`)
      taken.get(path)?.push(ms)
    }
  }
  return taken
}

/** Asks while further months of the same fleet are sent, one after the other; what is still being sent at the end is broken off. */
async function askDuring(server: Server, asked: Question[], rounds: number, logs: Log[]): Promise<Taken> {
  const stop = new AbortController()
  let isOver = false
  const sending = (async () => {
    for (const { file } of logs) if (!stop.signal.aborted) await server.send(file, stop.signal).catch(() => {})
    isOver = true
  })()
  const taken = await ask(server, asked, rounds, () => isOver)
  stop.abort()
  await sending
  return taken
}

const eventsOf = async (server: Server): Promise<number> =>
  JSON.parse((await server.get('/api/v1/events?limit=1')).body).total

/** Each page's data over HTTP, alone and while a log is being read, next to the plain GROUP BY of its view. */
export async function benchPages(folder: string, options: Options): Promise<string> {
  const { stored, dests, rounds, runs, build } = options
  if (build) await must('Building …', 'next', ['build'], { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' })
  const store = await storeOf(folder, options)
  const logs: Log[] = []
  for (const later of [1, 2])
    logs.push(await logOf(folder, { ...month, dests, events: stored, end: firstEnd + later * monthLength }))
  const data = join(folder, 'store-in-use')
  rmSync(data, { recursive: true, force: true })
  cpSync(store, data, { recursive: true })

  const server = await startServer(data)
  const hosts = JSON.parse((await server.get('/api/v1/hosts?limit=1')).body) as { rows: { dest: string }[] }
  const asked = questions(hosts.rows[0]?.dest ?? '')
  await ask(server, asked, 2)
  const alone = await ask(server, asked, rounds)
  const during = await askDuring(server, asked, rounds, logs)
  const grown = await eventsOf(server)
  await server.stop()
  const views = asked.flatMap(({ view }) => (view === undefined ? [] : [view]))
  const plain = groupBy(join(store, 'asr-hunt.db'), views, runs)
  rmSync(data, { recursive: true })

  const ms = (values: number[] | undefined, share: number) => `${figure(quantile(values ?? [], share))}`
  const rows = asked.map(({ page, path, view }) => {
    const baseline = view === undefined ? undefined : plain.get(view)
    const [idle, busy] = [alone.get(path), during.get(path)]
    return [
      page,
      ms(idle, 0.5),
      ms(idle, 0.95),
      ms(busy, 0.5),
      ms(busy, 0.95),
      baseline === undefined ? '' : figure(baseline),
      baseline === undefined ? '' : times(baseline / quantile(idle ?? [], 0.5)),
    ]
  })
  const least = Math.min(...[...during.values()].map(({ length }) => length))
  const head = ['page', 'p50 ms', 'p95 ms', 'p50 during an upload', 'p95 during an upload', 'GROUP BY ms', 'ratio']
  return `Pages: ${figure(stored)} events of ${figure(dests)} dests, ${rounds} rounds alone and ${least} while a log was read (to ${figure(grown)} events)\n\n${table(head, rows)}`
}
