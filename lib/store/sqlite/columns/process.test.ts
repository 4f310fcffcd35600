import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { event, openFixture } from '#lib/ingest/testing.ts'
import type { Progress } from '#lib/model/progress.ts'
import { withAsking } from '../../asking.ts'
import { allOf } from '../../testing-same.ts'
import { openReader } from '../reader.ts'
import type { StackSql } from '../sql.ts'
import { openSqlInProcesses } from '../sql-in-processes.ts'

type Asked = Parameters<StackSql['page']>[0]

const asked: Asked = {
  ...{ by: [{ column: 'Path', step: 'exact' }], groups: [], since: null, decisions: [], hides: false },
  ...{ range: { from: null, to: null }, filter: { sql: 'true', values: [] }, codes: null },
  ...{
    rare: { hosts: null, events: null, share: null },
    minRatio: null,
    hint: null,
    stackFilters: [],
    newness: null,
    sort: [],
    page: { offset: 0, limit: 10 },
  },
}
/** A filter that keeps the process busy: it lets every event through after a while. */
const slow: Asked = {
  ...asked,
  filter: {
    sql: `v.event > (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) SELECT max(i) * 0 FROM n)`,
    values: [],
  },
}

/** A filter that takes a moment for each event. */
const slowEach: Asked = { ...asked, filter: { sql: 'length(hex(zeroblob(400000 + v.event % 2))) > 0', values: [] } }

function openStore(t: TestContext, times = { deadline: 600_000, grace: 20 }) {
  const fixture = openFixture()
  fixture.add(Array.from({ length: 2500 }, (_, at) => event(1121, `PC${at % 7}`, at * 1000, { Path: `p${at % 1250}` })))
  const sql = openSqlInProcesses(fixture.file, { ...times, idle: 600_000, idleIfAwaited: 600_000 })
  t.after(async () => {
    await sql.close()
    await fixture.close()
  })
  return { ...fixture, sql, here: fixture.sql }
}

/** The processes that read a database file. */
const readersOf = (file: string): string[] =>
  readdirSync('/proc').filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(file)
    } catch {
      return false
    }
  })

test('stacks are counted in one process, which stays, and the answers are those of this one', async (t) => {
  const { sql, file, here } = openStore(t)
  await sql.stacks.warm()
  const before = process.platform === 'linux' ? readersOf(file) : []
  const page = await sql.stacks.page(asked)
  assert.deepEqual([page.total, page.rows.length, page.events], [1250, 10, 2500])
  assert.deepEqual(page, await here.stacks.page(asked))
  const [row] = page.rows
  const member = { ...asked, stack: row?.stack ?? '', limit: 5 }
  assert.equal((await sql.stacks.members(member))?.row.events, 2)
  assert.equal((await sql.stacks.events({ ...member, sort: [{ column: '_time', descending: true }] })).total, 2)
  if (process.platform === 'linux') assert.deepEqual(readersOf(file), before)
})

test('a client that leaves ends its question, but not the process and its columns', async (t) => {
  const { sql, file } = openStore(t)
  await sql.stacks.warm()
  const before = process.platform === 'linux' ? readersOf(file) : []
  const left = new AbortController()
  const refused = withAsking({ pool: 'pages', client: 'a', signal: left.signal }, () => sql.stacks.page(slow))
  const failing = assert.rejects(refused, { code: 'CLIENT_LEFT' })
  await wait(50)
  left.abort()
  await failing
  assert.equal((await sql.stacks.page(asked)).events, 2500)
  if (process.platform === 'linux') assert.deepEqual(readersOf(file), before)
})

/** Asks as a client that hears how far its question is. */
function following(sql: StackSql, question: Asked) {
  const left = new AbortController()
  const heard: Progress[] = []
  const report = (progress: Progress) => void heard.push(progress)
  const answer = withAsking({ pool: 'pages', client: 'a', signal: left.signal, report }, () => sql.page(question))
  return { left, heard, answer }
}

test('a question that takes long says how far it is, in order, and who waits for it hears that too', async (t) => {
  const { sql } = openStore(t)
  await sql.stacks.warm()
  const [first, second] = [following(sql.stacks, slowEach), following(sql.stacks, asked)]
  assert.equal((await first.answer).events, 2500)
  await second.answer
  const filters = first.heard.filter(({ doing }) => doing === 'filter')
  assert.ok(filters.length > 1)
  assert.ok(first.heard.every(({ isWaiting }) => !isWaiting || first.heard[0]?.isWaiting))
  const done = filters.map((each) => each.done)
  assert.deepEqual(
    done,
    [...new Set(done)].toSorted((a, b) => a - b),
  )
  assert.ok((done.at(-1) ?? 0) > 0 && (done.at(-1) ?? 0) <= 2500)
  const order = [...new Set(first.heard.map(({ doing }) => doing))]
  assert.deepEqual(order.slice(0, 4), ['start', 'stacks', 'counting', 'filter'])
  const waited = second.heard.filter(({ isWaiting }) => isWaiting)
  assert.deepEqual(
    waited.filter(({ doing }) => doing === 'filter').map((each) => each.done),
    done,
  )
  assert.equal(second.heard.at(-1)?.isWaiting, false)
  assert.ok(
    second.heard.findLastIndex(({ isWaiting }) => isWaiting) < second.heard.findIndex(({ isWaiting }) => !isWaiting),
  )
})

test('after a start, the events that are read are counted', async (t) => {
  const { sql } = openStore(t)
  const { answer, heard } = following(sql.stacks, { ...asked, by: [{ column: 'Path', step: 'name' }] })
  await answer
  const begun = heard
    .filter(({ isWaiting, done }) => !isWaiting && done === 0)
    .map(({ doing, total }) => [doing, total])
  assert.deepEqual(begun, [
    ['start', null],
    ['stacks', null],
    ['events', 2500],
    ['counting', null],
    ['forms', 1250],
    ['hints', 10],
  ])
})

test('a question is cancelled in the middle of its work, also one that waits for its turn', async (t) => {
  const { sql, file } = openStore(t)
  await sql.stacks.warm()
  const before = process.platform === 'linux' ? readersOf(file) : []
  const [running, waiting] = [following(sql.stacks, slowEach), following(sql.stacks, asked)]
  const refused = [running, waiting].map(({ answer }) => assert.rejects(answer, { code: 'CLIENT_LEFT' }))
  while (!running.heard.some(({ doing, done }) => doing === 'filter' && done > 0)) await wait(20)
  for (const { left } of [running, waiting]) left.abort()
  await Promise.all(refused)
  assert.equal((await sql.stacks.page(asked)).events, 2500)
  if (process.platform === 'linux') assert.deepEqual(readersOf(file), before)
})

test('a question that takes too long is ended, and the next one is answered', async (t) => {
  const { sql } = openStore(t, { deadline: 150, grace: 20 })
  await assert.rejects(sql.stacks.page(slow), { code: 'TOO_SLOW' })
  await assert.doesNotReject(async () => {
    // Its process may still have to start, and load the columns.
    for (let tries = 0; tries < 50; tries++) {
      const page = await sql.stacks.page(asked).catch(() => null)
      if (page !== null) return
    }
    assert.fail('no answer')
  })
})

test('an export has every stack as it was when it began, and others are answered meanwhile', async (t) => {
  const { sql, writer, add } = openStore(t)
  const all = { ...asked, page: { offset: 0, limit: Number.MAX_SAFE_INTEGER } }
  const expected = (await sql.stacks.page(all)).rows
  const rows = sql.stacks.rows(all)
  const first = (await rows.next()).value ?? []
  assert.equal(first.length, 500)
  add([event(1121, 'PC9', 5, { Path: 'new' })])
  writer.undoUpload('upload-1')
  assert.deepEqual((await sql.stacks.page(asked)).events, 1)
  assert.deepEqual([...first, ...(await allOf(rows))], expected)
})

test('an export whose process was ended is not given the rows of another export', async (t) => {
  const { file } = openStore(t)
  const [ended, next] = [openReader(file), openReader(file)]
  t.after(() => {
    ended.close()
    next.close()
  })
  const old = await ended.openStackRows(asked)
  await next.openStackRows(asked)
  await assert.rejects(next.nextStackRows(old), /was ended/)
})

test('an export that is left early is closed', async (t) => {
  const { sql } = openStore(t)
  const all = { ...asked, page: { offset: 0, limit: Number.MAX_SAFE_INTEGER } }
  for (let round = 0; round < 40; round++)
    for await (const rows of sql.stacks.rows(all)) {
      assert.equal(rows.length, 500)
      break
    }
  assert.equal((await allOf(sql.stacks.rows(all))).length, 1250)
})
