import assert from 'node:assert/strict'
import { test } from 'node:test'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import { openForWriting } from './database.ts'
import type { Job } from './jobs.ts'
import { openWriteQueue } from './write-queue.ts'

/** A queue over a table of its own, with what happened in the order in which it did. */
function openFixture(jobs: Job[] = []) {
  const { file, remove } = temporaryFolder()
  const db = openForWriting(file)
  db.exec('CREATE TABLE t (value INTEGER UNIQUE)')
  const seen: string[] = []
  const errors: [string, number][] = []
  const half = { written: false }
  const confirmed: { error: Error | null } = { error: null }
  const opened = {
    db,
    jobs,
    calls: {},
    begin: () => seen.push('begin'),
    settle: () => {},
    confirm: () => {
      seen.push('confirm')
      if (confirmed.error !== null) throw confirmed.error
    },
    storage: { explain: (error: unknown) => error, isTight: () => false },
    forget: () => seen.push('forget'),
    isHalfWritten: () => half.written,
  }
  const queue = openWriteQueue(opened as never, ({ message }, pause) => errors.push([message, pause]))
  const add = (value: number, options = {}) =>
    queue.call(() => {
      db.prepare('INSERT INTO t VALUES (?)').run(value)
      seen.push(`add ${value}`)
      return value
    }, options)
  const values = () => db.prepare('SELECT value FROM t ORDER BY value').pluck().all()
  const close = async () => {
    await queue.stop()
    db.close()
    remove()
  }
  return { db, queue, add, values, seen, errors, half, confirmed, close }
}

/** A job of so many slices. */
function slices(count: number, work: (left: number) => void): Job {
  let left = count
  return {
    isPending: () => left > 0,
    slice: () => {
      work(left)
      left -= 1
    },
  }
}

test('calls that wait are committed together, and each resolves after the commit', async () => {
  const { db, add, values, seen, close } = openFixture()
  const inTransaction: boolean[] = []
  const watch = (value: number) => add(value).then(() => inTransaction.push(db.inTransaction))
  await Promise.all([watch(1), watch(2), watch(3)])
  assert.deepEqual(inTransaction, [false, false, false])
  assert.deepEqual(seen, ['begin', 'add 1', 'add 2', 'add 3', 'confirm'])
  assert.deepEqual(values(), [1, 2, 3])
  await close()
})

test('what is committed, but not confirmed, fails: a file that is gone is no storage', async () => {
  const { add, seen, confirmed, close } = openFixture()
  confirmed.error = new Error('The file is gone.')
  const results = await Promise.allSettled([add(1), add(2)])
  assert.deepEqual(
    results.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  confirmed.error = null
  assert.equal(await add(3), 3)
  assert.deepEqual(seen, ['begin', 'add 1', 'add 2', 'confirm', 'forget', 'begin', 'add 3', 'confirm'])
  await close()
})

test('a call that fails leaves the others of its group as they are, and its own work undone', async () => {
  const { add, queue, db, values, close } = openFixture()
  const failing = queue.call(() => {
    db.exec('INSERT INTO t VALUES (7)')
    throw new Error('It failed.')
  })
  const results = await Promise.allSettled([add(1), failing, add(1), add(2)])
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
  )
  assert.deepEqual(values(), [1, 2])
  await close()
})

test('a batch that fails half-way takes its whole group back: what was counted of it is counted with the others', async () => {
  const { add, queue, half, values, seen, close } = openFixture()
  const first = add(1)
  const failing = queue.call(() => {
    half.written = true
    throw new Error('It failed half-way.')
  })
  const results = await Promise.allSettled([first, failing, add(2)])
  half.written = false
  assert.deepEqual(
    results.map(({ status }) => status),
    ['rejected', 'rejected', 'fulfilled'],
  )
  assert.deepEqual(seen, ['begin', 'add 1', 'forget', 'begin', 'add 2', 'confirm'])
  assert.deepEqual(values(), [2])
  await close()
})

test('a group ends when it has many events', async () => {
  const { add, seen, close } = openFixture()
  await Promise.all([add(1, { events: 100_000 }), add(2, { events: 60_000 }), add(3, { wait: 'urgent' })])
  assert.deepEqual(seen, ['begin', 'add 1', 'add 2', 'confirm', 'begin', 'add 3', 'confirm'])
  await close()
})

test('after a group with many events the next one waits for more, unless a call is urgent', async () => {
  const { add, seen, close } = openFixture()
  await add(1, { events: 5000 })
  const second = add(2)
  // That nothing is committed meanwhile is the point.
  await new Promise((resolve) => setTimeout(resolve, 30))
  assert.deepEqual(seen, ['begin', 'add 1', 'confirm', 'begin', 'add 2'])
  const third = add(3, { wait: 'urgent' })
  await Promise.all([second, third])
  assert.deepEqual(seen, ['begin', 'add 1', 'confirm', 'begin', 'add 2', 'add 3', 'confirm'])
  await close()
})

test('how long a call may wait is asked when its turn has come', async () => {
  const { add, seen, close } = openFixture()
  let before: string[] = []
  const wait = () => {
    before = [...seen]
    return 'urgent'
  }
  await Promise.all([add(1), add(2, { wait })])
  assert.deepEqual(before, ['begin', 'add 1'])
  assert.deepEqual(seen, ['begin', 'add 1', 'add 2', 'confirm'])
  await close()
})

test('between two slices of a job the calls that wait go first', async () => {
  const order: string[] = []
  let late: Promise<unknown> | null = null
  const job = slices(4, (left) => {
    order.push(`slice ${left}`)
    if (left === 3) late = fixture.add(5).then(() => order.push('call'))
  })
  const fixture = openFixture([job])
  fixture.queue.start()
  while (job.isPending()) await fixture.queue.afterSlice()
  await late
  assert.deepEqual(order, ['slice 4', 'slice 3', 'call', 'slice 2', 'slice 1'])
  await fixture.close()
})

test('a slice that fails is rolled back, reported and tried again; calls go on', async () => {
  let isBroken = true
  const job = slices(3, (left) => {
    fixture.db.prepare('INSERT INTO t VALUES (?)').run(left)
    if (left === 2 && isBroken) throw new Error('The slice failed.')
  })
  const fixture = openFixture([job])
  await fixture.queue.afterSlice()
  await assert.rejects(fixture.queue.afterSlice(), /The slice failed/)
  await assert.rejects(fixture.queue.afterSlice(), /The slice failed/, 'while it is not tried again')
  await fixture.add(100)
  assert.deepEqual(fixture.values(), [3, 100])
  assert.deepEqual(fixture.errors, [['The slice failed.', 1000]])
  isBroken = false
  fixture.queue.retry()
  while (job.isPending()) await fixture.queue.afterSlice()
  assert.deepEqual(fixture.values(), [1, 2, 3, 100])
  await fixture.close()
})

test('closing commits what waits and leaves a pending job for the next start', async () => {
  const job = slices(1000, () => {})
  const fixture = openFixture([job])
  await fixture.add(0, { events: 5000 })
  const added = fixture.add(1, { wait: 'bulk' })
  const stopping = fixture.queue.stop()
  await assert.rejects(fixture.add(2), /being closed/)
  await stopping
  assert.equal(await added, 1)
  assert.ok(job.isPending())
  await fixture.close()
})
