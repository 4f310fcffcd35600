import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { type Asking, withAsking } from '../asking.ts'
import { openSqlInProcesses } from './sql-in-processes.ts'

const endless = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) AS i FROM n'

/** A store over its own database. Its deadline is longer than any test, unless a test says otherwise. */
function openStore(t: TestContext, times: { deadline?: number; idle?: number; idleIfAwaited?: number } = {}) {
  const fixture = openFixture()
  fixture.add(Array.from({ length: 3000 }, (_, index) => event(1121, 'PC1', index * 1000, { Path: `p${index}` })))
  const store = openSqlInProcesses(fixture.file, {
    deadline: 600_000,
    grace: 20,
    idle: 600_000,
    idleIfAwaited: 600_000,
    ...times,
  })
  t.after(async () => {
    await store.close()
    await fixture.close()
  })
  return { ...fixture, store }
}

const clientOf = (client: string, pool: Asking['pool'] = 'pages') => {
  const left = new AbortController()
  return {
    leave: () => left.abort(),
    asks: <R>(work: () => R): R => withAsking({ pool, client, signal: left.signal }, work),
  }
}

/** The processes that read a database file. */
const readersOf = (file: string): string[] =>
  readdirSync('/proc').filter((pid) => {
    try {
      const [, ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      return args.includes(file)
    } catch {
      // Not a process, or one that ended meanwhile.
      return false
    }
  })

/** Waits until something is so; a test that waits in vain ends by its time limit. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await wait(5)
}

const isLinux = process.platform === 'linux'

test('a question whose client leaves is ended with its process, and its place is free again', async (t) => {
  const { store, file } = openStore(t)
  const [one, two] = [clientOf('a'), clientOf('a')]
  const asked = [one, two].map(({ asks }) => asks(() => store.all(endless)))
  const refused = Promise.all(asked.map((each) => assert.rejects(each, { code: 'CLIENT_LEFT' })))
  if (isLinux) await until(() => readersOf(file).length === 2)
  one.leave()
  two.leave()
  await refused
  if (isLinux) await until(() => readersOf(file).length === 0)
  assert.deepEqual(await store.all('SELECT 1 AS one'), [{ one: 1 }])
})

test('a question that waits in line is given up when its client leaves', async (t) => {
  const { store } = openStore(t)
  const busy = clientOf('a')
  const held = [1, 2].map(() => busy.asks(() => store.all(endless)).catch((error) => error.code))
  const waiting = clientOf('b')
  const asked = waiting.asks(() => store.all('SELECT 1'))
  waiting.leave()
  await assert.rejects(asked, { code: 'CLIENT_LEFT' })
  busy.leave()
  assert.deepEqual(await Promise.all(held), ['CLIENT_LEFT', 'CLIENT_LEFT'])
  await assert.rejects(
    waiting.asks(() => store.all('SELECT 1')),
    { code: 'CLIENT_LEFT' },
  )
})

test('a question past its deadline is stopped and says what to do; one that waits as long is refused', async (t) => {
  const { store } = openStore(t, { deadline: 700 })
  const asked = [1, 2, 3].map(() => store.all(endless).catch((error) => error))
  const [first, second, third] = await Promise.all(asked)
  assert.equal(first.code, 'TOO_SLOW')
  assert.match(first.message, /stopped after 0\.7 s \(QUERY_SECONDS\)\. Choose a shorter time range/)
  assert.equal(second.code, 'TOO_SLOW')
  assert.ok(['BUSY', 'TOO_SLOW'].includes(third.code), third.code)
})

test('however slow the pages are, whoever watches is answered', async (t) => {
  const { store } = openStore(t)
  const page = clientOf('a')
  const held = Array.from({ length: 20 }, () => page.asks(() => store.all(endless)).catch((error) => error.code))
  const watch = clientOf('a', 'watch')
  assert.deepEqual(await watch.asks(() => store.all('SELECT 1 AS one')), [{ one: 1 }])
  page.leave()
  assert.deepEqual([...new Set(await Promise.all(held))], ['CLIENT_LEFT'])
})

test('of several clients the one with the fewest open questions goes first', async (t) => {
  const { store } = openStore(t)
  const [greedy, modest] = [clientOf('greedy'), clientOf('modest')]
  const order: string[] = []
  const slow = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT max(i) FROM n'
  const ask = (name: string, asks: typeof greedy.asks) => asks(() => store.all(slow)).then(() => order.push(name))
  await Promise.all([...Array.from({ length: 8 }, () => ask('greedy', greedy.asks)), ask('modest', modest.asks)])
  assert.ok(order.indexOf('modest') < 4, order.join(' '))
})

test('exports wait in a short line; beyond it they are refused at once', async (t) => {
  const { store } = openStore(t)
  const streams = Array.from({ length: 60 }, (_, index) =>
    clientOf(`c${index}`).asks(() => store.stream('SELECT * FROM event')),
  )
  const begun = streams.map((stream) =>
    stream.next().then(
      ({ value }) => value.length,
      (error) => error.code,
    ),
  )
  // Two are open, 20 wait, the others are refused.
  assert.deepEqual(await Promise.all(begun.slice(22)), Array(38).fill('BUSY'))
  const rows: unknown[] = []
  for (const [index, stream] of streams.slice(0, 22).entries()) {
    rows.push(await begun[index])
    await stream.return(undefined)
  }
  assert.deepEqual(rows, Array(22).fill(500))
})

test('a stream that is not read any further is closed, so that the write-ahead log can shrink', async (t) => {
  const { store, writer, add } = openStore(t, { idle: 50 })
  const isHeld = (): boolean => {
    // The writer waits for readers again after each of its own checkpoints.
    writer.db.pragma('busy_timeout = 0')
    return (writer.db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[])[0]?.busy === 1
  }
  const stream = store.stream('SELECT * FROM event')
  await stream.next()
  add([event(1121, 'PC2', 1)])
  await until(() => !isHeld())
  await assert.rejects(stream.next(), { code: 'CLIENT_LEFT', message: /not read any further/ })
  assert.deepEqual(await store.all('SELECT count(*) AS n FROM event'), [{ n: 3001 }])
})

test('streams that are read slowly make room for those that wait', async (t) => {
  const { store } = openStore(t, { idleIfAwaited: 100 })
  const slow = [1, 2].map(() => store.stream('SELECT * FROM event'))
  await Promise.all(slow.map((stream) => stream.next()))
  const waiting = store.stream('SELECT count(*) AS n FROM event')
  assert.deepEqual((await waiting.next()).value, [{ n: 3000 }])
  await assert.rejects(Promise.all(slow.map((stream) => stream.next())), { code: 'CLIENT_LEFT' })
  await waiting.return(undefined)
})

test('a stream whose client leaves is closed without being read', async (t) => {
  const { store, file } = openStore(t)
  const client = clientOf('a')
  const stream = client.asks(() => store.stream('SELECT * FROM event'))
  await client.asks(() => stream.next())
  if (isLinux) assert.equal(readersOf(file).length, 1)
  client.leave()
  if (isLinux) await until(() => readersOf(file).length === 0)
  await assert.rejects(stream.next(), { code: 'CLIENT_LEFT' })
})

test('a process that dies fails the question it had, and no other', async (t) => {
  if (!isLinux) return t.skip('The process is found in /proc.')
  const { store, file } = openStore(t)
  const asked = assert.rejects(store.all(endless), /pages-1 .*ended/)
  await until(() => readersOf(file).length === 1)
  for (const pid of readersOf(file)) process.kill(Number(pid), 'SIGKILL')
  await asked
  assert.deepEqual(await store.all('SELECT 1 AS one'), [{ one: 1 }])
})

test('a question does not outlive a server that is killed', async (t) => {
  if (!isLinux) return t.skip('The process is found in /proc.')
  const { file } = openStore(t)
  const path = JSON.stringify(join(import.meta.dirname, 'sql-in-processes.ts'))
  const program = `const { openSqlInProcesses } = await import(${path}); void openSqlInProcesses(${JSON.stringify(file)}).all(${JSON.stringify(endless)})`
  const server = spawn(process.execPath, ['--input-type=module', '-e', program, 'server'])
  t.after(() => server.kill('SIGKILL'))
  await until(() => readersOf(file).length === 1)
  const [reader] = readersOf(file)
  // It has begun with the statement when it has used some time of a processor (proc_pid_stat(5)).
  const ticks = () => Number(readFileSync(`/proc/${reader}/stat`, 'utf8').split(') ')[1]?.split(' ')[11])
  await until(() => ticks() > 100)
  server.kill('SIGKILL')
  await until(() => readersOf(file).length === 0)
})
