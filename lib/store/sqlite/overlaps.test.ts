import assert from 'node:assert/strict'
import { dirname } from 'node:path'
import { type TestContext, test } from 'node:test'
import Database from 'better-sqlite3'
import type { LoggedEvent } from '#lib/asr/event.ts'
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
    /** Events that each upload stored, and its duplicates. */
    counts: (): Record<string, number[]> =>
      Object.fromEntries(
        db
          .prepare<[], { id: string; stored: number; duplicates: number; own: number }>(
            `SELECT id, stored, duplicates, (SELECT count(*) FROM event e WHERE e.upload = u.seq) AS own FROM upload u
             WHERE id NOT IN (SELECT p.id FROM upload p JOIN upload l ON l.parent = p.seq)`,
          )
          .all()
          .map(({ id, stored, duplicates, own }) => {
            assert.equal(own, stored, `events of ${id}`)
            return [id, [stored, duplicates]]
          }),
      ),
    /** How many frames there are, and how many of them are noted as taken over. */
    leftOver: () => db.prepare('SELECT (SELECT count(*) FROM detail), (SELECT count(*) FROM adopted)').raw().get(),
    /** Numbers of the stored events. */
    stored: () => db.prepare<[], number>('SELECT time / 1000 FROM event ORDER BY 1').pluck().all(),
    states: () =>
      Object.fromEntries(db.prepare<[], [string, string]>('SELECT id, state FROM upload ORDER BY seq').raw().all()),
  }
}

test('an upload ends without waiting for one that is still open and has the same events', async (t) => {
  const { writes, begin, send, finish, counts, stored, states } = await openAll(t)
  for (const id of ['a', 'b']) await begin(id)
  await send('a', 1, 2, 1001)
  await send('b', 2, 1001, 3)
  assert.equal(await finish('b').ending, 'done')
  // What both have is the one's that has ended.
  assert.deepEqual(counts(), { a: [1, 2], b: [3, 0] })
  await writes.failUpload('a', 'The sender left.')
  assert.deepEqual([stored(), states()], [[2, 3, 1001], { a: 'failed', b: 'done' }])
  await writes.undoUpload('b')
  assert.deepEqual(stored(), [])
})

test('an upload that loses events to one that has ended counts them as duplicates, and ends well', async (t) => {
  const { writes, begin, send, finish, counts, stored } = await openAll(t)
  for (const id of ['a', 'b']) await begin(id)
  await send('a', 1, 2)
  await send('b', 2, 3)
  assert.equal(await finish('b').ending, 'done')
  await send('a', 4)
  assert.equal(await finish('a').ending, 'done')
  assert.deepEqual(counts(), { a: [2, 1], b: [2, 0] })
  await writes.undoUpload('a')
  assert.deepEqual(stored(), [2, 3])
})

test('if the one that took events over is undone first, the other fails and says so', async (t) => {
  const { writes, begin, send, finish, stored } = await openAll(t)
  for (const id of ['a', 'b']) await begin(id)
  await send('a', 1, 2)
  await send('b', 2, 3)
  assert.equal(await finish('b').ending, 'done')
  await writes.undoUpload('b')
  assert.deepEqual(stored(), [1])
  assert.equal(await finish('a').ending, 'OVERLAP_GONE')
  await writes.failUpload('a', 'Upload it again.')
  assert.deepEqual(stored(), [])
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

test('an archive takes over when it ends, not when one of its logs does', async (t) => {
  const { writes, begin, send, finish, counts, stored } = await openAll(t)
  for (const id of ['zip', 'a', 'tar']) await begin(id)
  await begin('one', 'zip')
  await begin('three', 'tar')
  await send('a', 1, 2)
  await send('one', 1)
  await send('three', 2, 3)
  assert.equal(await finish('one').ending, 'done')
  assert.deepEqual(counts().a, [2, 0])
  assert.equal(await finish('zip').ending, 'done')
  assert.deepEqual(
    [counts().a, counts().one],
    [
      [1, 1],
      [1, 0],
    ],
  )
  assert.equal(await finish('three').ending, 'done')
  await writes.failUpload('tar', 'It is damaged.')
  assert.deepEqual(stored(), [1, 2])
  assert.equal(await finish('a').ending, 'done')
})

test('an upload takes nothing over from a feed, and fails only if the feed is undone', async (t) => {
  const { writes, begin, send, finish, counts } = await openAll(t)
  await writes.createUpload({ id: 'feed', kind: 'feed', name: 'feed', tz: 'UTC', bytes: null })
  await writes.startUpload('feed', 'xml')
  await send('feed', 1, 2)
  await begin('a')
  await send('a', 1)
  assert.equal(await finish('a').ending, 'done')
  assert.deepEqual(counts(), { feed: [2, 0], a: [0, 1] })
  await begin('c')
  await send('c', 2)
  await writes.undoUpload('feed')
  assert.equal(await finish('c').ending, 'OVERLAP_GONE')
})

test('a batch of a feed is final: it takes over from an upload that is still open', async (t) => {
  const { writes, begin, send, stored } = await openAll(t)
  await begin('a')
  await send('a', 1, 2)
  await writes.createUpload({ id: 'feed', kind: 'feed', name: 'feed', tz: 'UTC', bytes: null })
  await writes.startUpload('feed', 'xml')
  await send('feed', 2)
  await writes.failUpload('a', 'The sender left.')
  assert.deepEqual(stored(), [2])
})

test('whatever order uploads are sent and ended in, those that ended well have all their events', async (t) => {
  const { writes, begin, send, finish, stored, states, leftOver } = await openAll(t)
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
  for (const id of Object.keys(states())) await writes.undoUpload(id)
  assert.deepEqual([stored(), leftOver()], [[], [0, 0]])
})
