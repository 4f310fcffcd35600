import type { StackRow } from '#lib/model/rows.ts'
import { type Asking, asking, asServer, type Pool } from '../asking.ts'
import { ClientLeft } from '../read-errors.ts'
import { querySeconds } from '../settings.ts'
import type { Lease } from './lease.ts'
import { type ReadChild, startReadChild } from './read-child.ts'
import { openReadPool, type PoolLimits, type ReadPool, type Times } from './read-pool.ts'
import type { Sql, StackSql, Value } from './sql.ts'
import { openStackProgress } from './stack-progress.ts'

/**
 * Pages wait for one another only if two slow ones are open; whoever watches waits for none of them. Stacks are counted by one
 * process, which has columns of all events in memory.
 */
const limits: Record<Pool, PoolLimits> = {
  pages: { size: 2, keep: 2, waiting: 2000, perClient: 1000 },
  watch: { size: 2, keep: 2, waiting: 200, perClient: 50 },
  exports: { size: 2, keep: 1, waiting: 20, perClient: 10 },
  stacks: { size: 1, keep: 1, waiting: 200, perClient: 50 },
}

const defaultTimes = (): Times => ({
  deadline: querySeconds() * 1000,
  grace: 500,
  idle: 60_000,
  idleIfAwaited: 5000,
})

/** Mebibytes of JavaScript heap of the process that counts stacks, for forms of texts. Its columns are not part of it. */
const stacksHeap = 1024
/** Milliseconds that the process which counts stacks has to give up a question: without it, its columns are loaded again. */
const patience = 5000

/** SQL on the database file in processes of its own, so that a question can be stopped and stops nothing else. */
export function openSqlInProcesses(file: string, times = defaultTimes()): Sql {
  const progress = openStackProgress()
  const open = (pool: Pool, ofPool = times, heap?: number): ReadPool =>
    openReadPool((index) => startReadChild(file, `${pool}-${index}`, heap, progress.hear), limits[pool], ofPool)
  const pools: Record<Pool, ReadPool> = {
    ...{ pages: open('pages'), watch: open('watch'), exports: open('exports') },
    stacks: open('stacks', { ...times, patience }, stacksHeap),
  }

  async function question<Result>(
    ask: (lease: Lease) => Promise<Result>,
    pool?: Pool,
    asked = asking(),
  ): Promise<Result> {
    const lease = await pools[pool ?? asked.pool].lease(asked)
    return ask(lease).finally(lease.release)
  }

  /** Makes a call of the process that counts stacks. */
  function ofStacks<Result>(
    call: (calls: ReadChild['calls']) => Promise<Result>,
    asked: Asking = asking(),
  ): Promise<Result> {
    const own = progress.follow(asked)
    const ask = (lease: Lease): Promise<Result> => {
      own.begin()
      // The next question begins when the process is released.
      return lease.ask(call).finally(own.end)
    }
    return question(ask, 'stacks', asked).finally(own.end)
  }

  /** Others can ask the process between the chunks of an export: it remembers what is still to be sent. */
  async function* stackRowsOf(given: Parameters<StackSql['rows']>[0], asked: Asking): AsyncGenerator<StackRow[]> {
    const rows = await ofStacks((calls) => calls.call('openStackRows', given), asked)
    try {
      for (;;) {
        const next = await ofStacks((calls) => calls.call('nextStackRows', rows), asked)
        if (next === null) break
        yield next
      }
    } finally {
      // Whoever asked may have left; what is open is closed all the same.
      await ofStacks((calls) => calls.call('closeStackRows', rows), asServer(asked.pool, asking)).catch(() => {})
    }
  }

  /** A reader that stops would keep a snapshot open, and so the write-ahead log from shrinking; others wait for its process. */
  function watchIdle(lease: Lease): NodeJS.Timeout {
    const from = Date.now()
    const look = (): void => {
      if (!pools.exports.isAwaited() && Date.now() - from < times.idle) return
      clearInterval(timer)
      lease.stop(new ClientLeft('The export was not read any further.'))
    }
    const timer = setInterval(look, Math.min(times.idleIfAwaited, times.idle)).unref()
    return timer
  }

  async function* rowsOf(sql: string, values: readonly Value[], asked: Asking): AsyncGenerator<unknown[]> {
    const lease = await pools.exports.lease(asked)
    let stream = 0
    try {
      stream = await lease.ask((calls) => calls.call('openStream', sql, values))
      for (;;) {
        const rows = await lease.ask((calls) => calls.call('nextRows', stream))
        if (rows === null) break
        const patience = watchIdle(lease)
        try {
          yield rows
        } finally {
          clearInterval(patience)
        }
      }
    } finally {
      await lease.ask((calls) => calls.call('closeStream', stream)).catch(lease.stop)
      lease.release()
    }
  }

  return {
    all: <Row>(sql: string, values: readonly Value[] = []) =>
      question((lease) => lease.ask((calls) => calls.call('all', sql, values))) as Promise<Row[]>,
    // Whose question it is, is known now; the first rows may be asked for in another place.
    stream: <Row>(sql: string, values: readonly Value[] = []) => rowsOf(sql, values, asking()) as AsyncGenerator<Row[]>,
    stacks: {
      warm: () => ofStacks((calls) => calls.call('warmStacks')),
      page: (given) => ofStacks((calls) => calls.call('stackPage', given)),
      rows: (given) => stackRowsOf(given, asking()),
      members: (given) => ofStacks((calls) => calls.call('stackMembers', given)),
      events: (given) => ofStacks((calls) => calls.call('stackEvents', given)),
    },
    logged: (id) => question((lease) => lease.ask((calls) => calls.call('logged', id))),
    close: async () => void (await Promise.all(Object.values(pools).map((pool) => pool.close()))),
  }
}
