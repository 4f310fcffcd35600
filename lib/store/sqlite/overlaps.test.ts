import assert from 'node:assert/strict'
import { dirname } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { openDesk } from '#lib/ingest/desk.ts'
import { continuityOf, event, sendEvents, temporaryFolder } from '#lib/ingest/testing.ts'
import { assertTotalsHold } from '#lib/store/testing.ts'
import { openSqliteWrites } from './writes.ts'

/** Events of the given numbers; the same number is the same event. From 1000 on they have no EventRecordID. */
const events = (...numbers: number[]): LoggedEvent[] =>
  numbers.map((n) => event(1121, 'PC', n * 1000, { Path: `p${n}` }, n < 1000 ? n : null))

async function openAll(t: TestContext) {
  const { file, remove } = temporaryFolder()
  const writes = await openSqliteWrites(file, dirname(file))
  t.after(async () => {
    await writes.close()
    const db = new Database(file)
    assertTotalsHold(db)
    db.close()
    remove()
  })
  const db = new Database(file, { readonly: true })
  t.after(() => db.close())
  return {
    writes,
    begin: async (id: string, parent?: string) => {
      await writes.createUpload({ id, name: `${id}.xml`, tz: 'UTC', bytes: null, ...(parent ? { parent } : {}) })
      await writes.startUpload(id, 'xml')
    },
    send: (id: string, ...numbers: number[]) => sendEvents(writes, id, events(...numbers)),
    /** Ends an upload; how it ended is known when `ending` resolves, and meanwhile `is.open`. */
    finish: (id: string) => {
      const is = { open: true }
      const ending = writes.finishUpload(id, continuityOf([])).then(
        () => 'done',
        (error) => error.code as string,
      )
      void ending.then(() => {
        is.open = false
      })
      return { is, ending }
    },
    /** Numbers of the stored events. */
    stored: () => db.prepare<[], number>('SELECT time / 1000 FROM event ORDER BY 1').pluck().all(),
    states: () =>
      Object.fromEntries(db.prepare<[], [string, string]>('SELECT id, state FROM upload ORDER BY seq').raw().all()),
  }
}

test('an upload with duplicates of one that is still open ends after it', async (t) => {
  const { writes, begin, send, finish, states } = await openAll(t)
  for (const id of ['a', 'b']) await begin(id)
  await send('a', 1, 2, 1001)
  await send('b', 2, 3)
  const b = finish('b')
  await writes.nextUpload()
  assert.deepEqual([b.is.open, states().b, await writes.finishWaits()], [true, 'reading', { b: ['a.xml'] }])
  assert.equal(await finish('a').ending, 'done')
  assert.equal(await b.ending, 'done')
  assert.deepEqual([states(), await writes.finishWaits()], [{ a: 'done', b: 'done' }, {}])
})

for (const numbers of [
  [1, 2],
  [1001, 1002],
]) {
  test(`an upload with duplicates of one that fails, such as ${numbers}, fails too, and is complete when it is sent again`, async (t) => {
    const { writes, begin, send, finish, stored, states } = await openAll(t)
    for (const id of ['a', 'b', 'c']) await begin(id)
    await send('a', ...numbers)
    await send('b', ...numbers, 3)
    await send('c', 3)
    const [b, c] = [finish('b'), finish('c')]
    await writes.failUpload('a', 'The sender left.')
    assert.equal(await b.ending, 'OVERLAP_GONE')
    assert.deepEqual([c.is.open, stored()], [true, [3]])
    await writes.failUpload('b', 'Upload it again.')
    assert.equal(await c.ending, 'OVERLAP_GONE')
    await writes.failUpload('c', 'Upload it again.')
    assert.deepEqual([stored(), states()], [[], { a: 'failed', b: 'failed', c: 'failed' }])
    await begin('again')
    await send('again', ...numbers, 3)
    assert.equal(await finish('again').ending, 'done')
    assert.deepEqual(
      stored(),
      [...numbers, 3].sort((a, b) => a - b),
    )
  })
}

test('uploads that have duplicates of one another end together', async (t) => {
  const { begin, send, finish } = await openAll(t)
  for (const id of ['a', 'b', 'c']) await begin(id)
  await send('a', 1)
  await send('b', 1, 2)
  await send('c', 2, 3)
  await send('a', 3)
  const [a, b] = [finish('a'), finish('b')]
  // That neither ends meanwhile is the point.
  await wait(50)
  assert.deepEqual([a.is.open, b.is.open], [true, true])
  const c = finish('c')
  assert.deepEqual(await Promise.all([a.ending, b.ending, c.ending]), ['done', 'done', 'done'])
})

test('an upload with duplicates of one that is undone before it ends fails', async (t) => {
  const { writes, begin, send, finish, stored } = await openAll(t)
  await begin('a')
  await send('a', 1, 2)
  assert.equal(await finish('a').ending, 'done')
  await begin('b')
  await send('b', 2, 3)
  await writes.undoUpload('a')
  assert.equal(await finish('b').ending, 'OVERLAP_GONE')
  await writes.failUpload('b', 'Upload it again.')
  assert.deepEqual(stored(), [])
})

test('an archive owns the events of its logs until it ends, and waits for what its logs have duplicates of', async (t) => {
  const { writes, begin, send, finish } = await openAll(t)
  for (const id of ['zip', 'a', 'tar']) await begin(id)
  await begin('one', 'zip')
  await begin('two', 'zip')
  await begin('three', 'tar')
  await send('one', 1, 2)
  await send('two', 2)
  assert.deepEqual(await Promise.all([finish('one').ending, finish('two').ending]), ['done', 'done'])
  await send('a', 1)
  await send('three', 1)
  const [a, tar] = [finish('a'), finish('tar')]
  await writes.nextUpload()
  assert.deepEqual([a.is.open, tar.is.open], [true, true])
  // Its own log has failed, but the other log is that of the same archive.
  await writes.failUpload('one', 'It is damaged.')
  assert.deepEqual(await Promise.all([a.ending, tar.ending]), ['OVERLAP_GONE', 'OVERLAP_GONE'])
})

test('an upload with duplicates of a feed waits for none of it, and fails only if the feed is undone', async (t) => {
  const { writes, begin, send, finish } = await openAll(t)
  await writes.createUpload({ id: 'feed', kind: 'feed', name: 'feed', tz: 'UTC', bytes: null })
  await writes.startUpload('feed', 'xml')
  await send('feed', 1, 2)
  await begin('a')
  await send('a', 1)
  assert.equal(await finish('a').ending, 'done')
  await writes.failUpload('feed', 'It was closed.')
  await begin('b')
  await send('b', 2)
  assert.equal(await finish('b').ending, 'done')
  await begin('c')
  await send('c', 2)
  await writes.undoUpload('feed')
  assert.equal(await finish('c').ending, 'OVERLAP_GONE')
})

test('an upload that is undone while it waits for another one is gone', async (t) => {
  const { writes, begin, send, finish, states } = await openAll(t)
  const desk = openDesk(writes)
  await begin('a')
  await send('a', 1)
  await desk.begin({ id: 'b', name: 'b.xml', tz: 'UTC', bytes: null })
  await send('b', 1, 2)
  const ending = desk.end('b')
  for (let end = Date.now() + 60_000; (await desk.waits()).b?.[0] !== 'a.xml'; await wait(10))
    assert.ok(Date.now() < end, 'b does not wait')
  assert.equal(await desk.undo('b'), true)
  assert.equal((await ending)?.state, 'cancelled')
  assert.equal(await finish('a').ending, 'done')
  assert.deepEqual(states(), { a: 'done' })
})

test('whatever order uploads are sent and ended in, those that ended well have all their events', async (t) => {
  const { writes, begin, send, finish, stored } = await openAll(t)
  let state = 7
  const random = (below: number): number => {
    state = (state * 1103515245 + 12345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * below)
  }
  let ended = 0
  for (let round = 0; round < 40; round++) {
    const ids = [0, 1, 2, 3, 4].map((n) => `${round}-${n}`)
    const sent = new Map<string, Set<number>>(ids.map((id) => [id, new Set()]))
    for (const id of ids) await begin(id)
    const endings: Promise<void>[] = []
    const done = new Set<string>()
    const left = [...ids]
    while (left.length > 0) {
      const id = left[random(left.length)] as string
      if (random(3) > 0) {
        const numbers = [random(8), random(8)].map((n) => round * 20 + n + (n % 2) * 1000)
        for (const n of numbers) sent.get(id)?.add(n)
        await send(id, ...new Set(numbers))
        continue
      }
      left.splice(left.indexOf(id), 1)
      const fails = random(4) === 0
      endings.push(
        fails
          ? writes.failUpload(id, 'It broke off.')
          : finish(id).ending.then(async (ending) => {
              if (ending === 'done') done.add(id)
              else await writes.failUpload(id, ending)
            }),
      )
      if (random(2) === 0) await writes.nextUpload()
    }
    await Promise.all(endings)
    const wanted = new Set([...done].flatMap((id) => [...(sent.get(id) ?? [])]))
    const found = new Set(stored().filter((n) => n % 1000 >= round * 20 && n % 1000 < round * 20 + 20))
    assert.deepEqual(found, new Set([...wanted].sort((a, b) => a - b)), `round ${round}`)
    ended += done.size
  }
  assert.ok(ended > 40, 'enough of them ended well')
})
