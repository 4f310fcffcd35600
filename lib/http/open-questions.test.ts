import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { DELETE, GET } from '#app/api/v1/progress/[id]/route.ts'
import { theLocalActor } from '#lib/access/actor.ts'
import { asRequest, type Context } from '#lib/access/context.ts'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { progress } from '#lib/model/progress.ts'
import { strict } from '#lib/model/testing.ts'
import type { StackSql } from '#lib/store/sqlite/sql.ts'
import { openSqlInProcesses } from '#lib/store/sqlite/sql-in-processes.ts'
import { openQuestion, QuestionCancelled } from './open-questions.ts'

const asked: Parameters<StackSql['page']>[0] = {
  ...{ by: [{ column: 'Path', step: 'exact' }], groups: [], since: null, decisions: [], hides: false },
  // It takes a moment for each event.
  filter: { sql: 'length(hex(zeroblob(400000 + v.event % 2))) > 0', values: [] },
  ...{
    range: { from: null, to: null },
    codes: null,
    stackFilters: [],
    newness: null,
    sort: [],
    page: { offset: 0, limit: 10 },
  },
  ...{ rare: { hosts: null, events: null, share: null }, minRatio: null, hint: null },
}

function openStacks(t: TestContext): StackSql {
  const fixture = openFixture()
  fixture.add(Array.from({ length: 2500 }, (_, at) => event(1121, `PC${at % 7}`, at * 1000, { Path: `p${at % 50}` })))
  const sql = openSqlInProcesses(fixture.file, { deadline: 600_000, grace: 20, idle: 600_000, idleIfAwaited: 600_000 })
  t.after(async () => {
    await sql.close()
    await fixture.close()
  })
  return sql.stacks
}

const request = new Request('http://127.0.0.1/')
const at = (id: string) => ({ params: Promise.resolve({ id }) })
/** The store is not asked. */
const asLocal = <Result>(work: () => Result): Result =>
  asRequest(theLocalActor, work, { reads: {} as Context['reads'] })
const read = (id: string): Promise<Response> => asLocal(() => GET(request, at(id)))
const end = (id: string): Promise<Response> => asLocal(() => DELETE(request, at(id)))

test('the progress of a question is known by its id until it is answered', async (t) => {
  const stacks = openStacks(t)
  const { id, answer } = openQuestion(() => stacks.page(asked))
  const other = openQuestion(() => stacks.page({ ...asked, filter: { sql: 'true', values: [] } }))
  let filtered = 0
  let wasOther = 0
  const isAnswered = answer.then(() => true)
  while (!(await Promise.race([isAnswered, wait(50, false)]))) {
    const found = await read(id)
    if (found.status === 404) continue
    const { doing, done, isWaiting } = strict(progress).parse(await found.json())
    if (doing === 'filter') filtered = Math.max(filtered, done)
    assert.equal(isWaiting, false)
    const { isWaiting: isOtherWaiting } = strict(progress).parse(await (await read(other.id)).json())
    if (isOtherWaiting) wasOther += 1
  }
  assert.equal((await answer).events, 2500)
  assert.ok(filtered > 0 && filtered <= 2500)
  assert.ok(wasOther > 0)
  await other.answer
  for (const ended of [id, other.id]) assert.equal((await read(ended)).status, 404)
})

test('a question that is cancelled ends at once, and the next one is answered', async (t) => {
  const stacks = openStacks(t)
  const { id, answer } = openQuestion(() => stacks.page(asked))
  const refused = assert.rejects(answer, QuestionCancelled)
  assert.equal((await end(id)).status, 204)
  await refused
  assert.equal((await end(id)).status, 404)
  assert.equal((await stacks.page({ ...asked, filter: { sql: 'true', values: [] } })).events, 2500)
})

test('an id that is not known is 404', async () => {
  for (const answer of [await read('there-is-none'), await end('there-is-none')]) {
    assert.equal(answer.status, 404)
    assert.equal(((await answer.json()) as { error: { code: string } }).error.code, 'not-found')
  }
})

test('a question that fails is not taken for one that was cancelled', async () => {
  const { id, answer } = openQuestion(() => Promise.reject(new Error('It failed.')))
  await assert.rejects(answer, { message: 'It failed.' })
  assert.equal((await read(id)).status, 404)
})
