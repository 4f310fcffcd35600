import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import { tarOf } from '#lib/containers/testing.ts'
import { xmlEvent } from '#lib/formats/testing.ts'
import type { NewUpload } from '#lib/model/upload.ts'
import { ownProcess } from '#lib/process/running.ts'
import { selectUploads } from '#lib/query/uploads.ts'
import type { Writes } from '#lib/store/store.ts'
import { assertTotalsHold, contentDump, dump } from '#lib/store/testing.ts'
import { openIngestQueue } from './ingest-queue.ts'
import { openFixture, sendLog, writesOf } from './testing.ts'

const log = (from: number, to: number, dest = 'host1'): Buffer => {
  const one = (record: number) => xmlEvent(1121, `<Data Name='ID'>x</Data>`).replace('>2975<', `>${record}<`)
  const records = Array.from({ length: to - from }, (_, index) => one(from + index))
  return Buffer.from(records.join('\n').replaceAll('>host1<', `>${dest}<`))
}
const upload = (id: string, bytes: number | null = null) => ({ id, name: `${id}.xml`, tz: 'UTC', bytes })

/** A queue with a store of its own. Uploads that a failed test leaves open are broken off, so that it does not hang. */
function openAll(t: TestContext, options: Parameters<typeof openIngestQueue>[1] = {}, writes: Partial<Writes> = {}) {
  const fixture = openFixture()
  const queue = openIngestQueue({ ...writesOf(fixture.writer), ...writes }, options)
  const begun: string[] = []
  t.after(async () => {
    for (const id of begun) await queue.breakOff(id, 'The test is over.')
    await fixture.close()
  })
  const begin = (upload: NewUpload) => {
    begun.push(upload.id)
    return queue.begin(upload)
  }
  return { ...fixture, queue: { ...queue, begin } }
}

/** A queue on which two uploads, `a` and `b`, hold the turns without being read until `pass` is called. */
async function openHeld(t: TestContext) {
  const held = Promise.withResolvers<void>()
  let asked = 0
  // Each upload asks before it has a turn, and then once more.
  const removed = () => {
    asked += 1
    return asked === 2 || asked === 4 ? held.promise : Promise.resolve()
  }
  const opened = openAll(t, {}, { removed })
  for (const [id, count] of [
    ['a', 2],
    ['b', 4],
  ] as const) {
    await opened.queue.begin(upload(id))
    await opened.queue.push(id, log(0, 10, id))
    await until(() => asked === count)
  }
  return { ...opened, pass: held.resolve }
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await holds()); await wait(10))
    assert.ok(Date.now() < end, 'it took a minute')
}

/** What a promise returns within a minute; else the test fails rather than hangs. */
async function soon<Result>(promise: Promise<Result> | null, what: string): Promise<Result> {
  const late = wait(60_000, null, { ref: false }).then(() => assert.fail(`${what} took longer than a minute`))
  const result = await Promise.race([promise as Promise<Result>, late])
  return result as Result
}

test('two logs that arrive in turns are both stored, each with its own receipt', async (t) => {
  const { queue, receipt, writer } = openAll(t)
  await queue.begin(upload('a'))
  await queue.begin(upload('b'))
  const logs = { a: log(0, 300), b: log(200, 500) }
  for (let at = 0; at < logs.a.length; at += 5000) {
    for (const id of ['a', 'b'] as const) await queue.push(id, logs[id].subarray(at, at + 5000))
    if (at % 25_000 === 0) await turn()
  }
  const [a, b] = await Promise.all([queue.end('a'), queue.end('b')])
  assert.deepEqual([a, b], [{ state: 'done' }, { state: 'done' }])
  const [one, two] = [await receipt('a'), await receipt('b')]
  assert.deepEqual([one.records, two.records], [300, 300])
  assert.equal(one.stored + two.stored, 500)
  assert.equal(one.duplicates + two.duplicates, 100)
  assertTotalsHold(writer.db)
})

test('an upload without a single byte is done, with nothing in it', async () => {
  const fixture = openFixture()
  const { ending, receipt } = await sendLog(fixture, '')
  assert.deepEqual(ending, { state: 'done' })
  assert.deepEqual([receipt?.state, receipt?.records, receipt?.stored, receipt?.firstTime], ['done', 0, 0, null])
  assert.equal((await sendLog(fixture, '\ufeff \r\n\n')).receipt?.records, 0)
  await fixture.close()
})

test('a log of no known format fails, says what can be read, and leaves nothing', async () => {
  const fixture = openFixture()
  const before = dump(fixture.writer.db)
  const { ending, receipt } = await sendLog(fixture, '%PDF-1.7 nothing to see here\n'.repeat(5000))
  assert.equal(ending?.state, 'unknown-format')
  assert.deepEqual([receipt?.state, receipt?.records, receipt?.stored], ['failed', 0, 0])
  assert.match(receipt?.error ?? '', /can be read/)
  assert.deepEqual(dump(fixture.writer.db), before)
  await fixture.close()
})

test('a sender that breaks off leaves a failed upload and no events', async (t) => {
  const { queue, receipt, writer } = openAll(t)
  const before = dump(writer.db)
  await queue.begin(upload('a', 10_000_000))
  await queue.push('a', log(0, 400))
  await until(async () => (await receipt('a')).stored > 0)
  assert.equal((await receipt('a')).state, 'reading')
  assert.deepEqual(await queue.breakOff('a', 'The sender left.'), { state: 'failed', message: 'The sender left.' })
  const { state, error, stored, records } = await receipt('a')
  assert.deepEqual([state, error, stored, records], ['failed', 'The sender left.', 0, 0])
  assert.deepEqual(dump(writer.db), before)
  assert.equal(queue.end('a'), null)
  await assert.rejects(queue.push('a', log(0, 1)), /not being read/)
})

test('an upload cancelled while it is read is gone, and its sender is informed', async (t) => {
  const { queue, reads, writer, receipt } = openAll(t)
  const before = dump(writer.db)
  await queue.begin(upload('a'))
  await queue.push('a', log(0, 400))
  await until(async () => (await receipt('a')).state === 'reading')
  assert.equal(await soon(queue.undo('a'), 'to cancel'), true)
  assert.equal((await selectUploads(reads)).total, 0)
  assert.deepEqual(dump(writer.db), before)
  await assert.rejects(queue.push('a', log(400, 500)), /cancelled/)
  assert.deepEqual(await queue.end('a'), { state: 'cancelled', message: 'The upload was cancelled.' })
  assert.equal(await queue.undo('a'), false)
})

test('an upload cancelled while it waits in line goes at once, and the line moves on', async (t) => {
  const { queue, reads, receipt, pass } = await openHeld(t)
  for (const id of ['c', 'd']) {
    await queue.begin(upload(id))
    await queue.push(id, log(0, 10, id))
  }
  await until(() => Array.isArray(queue.waits().c) && Array.isArray(queue.waits().d))
  assert.deepEqual(queue.waits(), { a: 'removal', b: 'removal', c: ['a.xml', 'b.xml'], d: ['a.xml', 'b.xml'] })
  assert.equal((await receipt('c')).state, 'queued')
  assert.equal(await soon(queue.undo('c'), 'to cancel a queued upload'), true)
  assert.deepEqual(await queue.end('c'), { state: 'cancelled', message: 'The upload was cancelled.' })
  assert.deepEqual(await soon(queue.breakOff('d', 'gone') as Promise<unknown>, 'to break off'), {
    state: 'failed',
    message: 'gone',
  })
  await queue.begin(upload('e'))
  await queue.push('e', log(0, 10, 'e'))
  pass()
  assert.deepEqual(
    await Promise.all(['a', 'b', 'e'].map((id) => soon(queue.end(id), id))),
    Array(3).fill({ state: 'done' }),
  )
  const states = (await selectUploads(reads)).rows.map(({ id, state }) => `${id} ${state}`).sort()
  assert.deepEqual(states, ['a done', 'b done', 'd failed', 'e done'])
})

test('uploads whose senders send no more delay nobody, and say what they wait for', async (t) => {
  const { queue, receipt } = openAll(t)
  for (const id of ['a', 'b', 'c']) {
    await queue.begin(upload(id, 100_000_000))
    await queue.push(id, log(0, 60, id))
  }
  await queue.begin(upload('quiet', 100_000_000))
  await queue.begin(upload('d'))
  await queue.push('d', log(0, 10, 'd'))
  assert.deepEqual(await soon(queue.end('d'), 'an upload next to stalled ones'), { state: 'done' })
  await until(() => Object.keys(queue.waits()).length === 4)
  assert.deepEqual(queue.waits(), { a: 'bytes', b: 'bytes', c: 'bytes', quiet: 'bytes' })
  assert.equal((await receipt('quiet')).state, 'queued')
  await queue.push('a', Buffer.from(`\n${log(60, 64, 'a')}`))
  assert.deepEqual(await soon(queue.end('a'), 'an upload that goes on'), { state: 'done' })
  assert.equal((await receipt('a')).stored, 64)
})

test('an upload that was never taken in leaves nothing: too many are open, or the queue is closing', async (t) => {
  const { queue, reads } = openAll(t, { most: 2 })
  await queue.begin(upload('a'))
  await queue.begin(upload('b'))
  await assert.rejects(queue.begin(upload('c')), { code: 'BUSY', message: /^2 uploads are open already\. Try again/ })
  await queue.breakOff('a', 'gone')
  await queue.begin(upload('c'))
  await queue.close(0)
  await assert.rejects(queue.begin(upload('d')), { code: 'STOPPING' })
  const ids = (await selectUploads(reads)).rows.map(({ id }) => id)
  assert.deepEqual(ids.sort(), ['a', 'b', 'c'])
})

test('when all places are taken, a further upload takes that of the slowest sender, but of no other', async (t) => {
  const { queue, receipt } = openAll(t, { most: 2 })
  let later = 0
  const now = performance.now.bind(performance)
  t.mock.method(performance, 'now', () => now() + later)
  for (const id of ['slow', 'fast']) {
    await queue.begin(upload(id, 100_000_000))
    await queue.push(id, log(0, 2, id))
  }
  const bothWait = () => Object.values(queue.waits()).join() === 'bytes,bytes'
  await until(bothWait)
  await assert.rejects(queue.begin(upload('early')), { code: 'BUSY' })
  later = 11_000
  await queue.push('fast', Buffer.from(`\n${log(2, 30, 'fast')}`))
  await until(bothWait)
  await queue.begin(upload('c'))
  const message =
    /^The upload broke off: fewer than 1024 bytes a second came while others waited to send\. Nothing of it/
  const ending = await soon(queue.end('slow'), 'the slow upload')
  assert.ok(ending?.state === 'failed' && ending.code === 'STALLED')
  assert.match(ending.message, message)
  assert.match((await receipt('slow')).error ?? '', message)
  assert.equal((await receipt('slow')).stored, 0)
  await assert.rejects(queue.begin(upload('d')), { code: 'BUSY' })
  await queue.push('c', log(0, 10, 'c'))
  assert.deepEqual(await soon(queue.end('c'), 'the further upload'), { state: 'done' })
  assert.deepEqual(await soon(queue.end('fast'), 'the fast upload'), { state: 'done' })
  assert.equal((await receipt('fast')).stored, 30)
})

test('an upload that is undone when it is read but not committed is gone, and its sender is informed', async (t) => {
  const committed = Promise.withResolvers<void>()
  const fixture = openFixture()
  t.after(() => fixture.close())
  const writes = writesOf(fixture.writer)
  const finishUpload: typeof writes.finishUpload = async (...args) => {
    await writes.finishUpload(...args)
    await committed.promise
  }
  const queue = openIngestQueue({ ...writes, finishUpload })
  await queue.begin(upload('a'))
  await queue.push('a', log(0, 10))
  const ended = queue.end('a')
  while ((await fixture.receipt('a')).state !== 'done') await wait(5)
  const undone = queue.undo('a')
  committed.resolve()
  assert.equal(await soon(undone, 'to cancel'), true)
  assert.deepEqual(await ended, { state: 'cancelled', message: 'The upload was cancelled.' })
  assert.equal((await selectUploads(fixture.reads)).total, 0)
})

test('a sender need not send the rest of an upload that has ended', async (t) => {
  const { queue } = openAll(t)
  await queue.begin(upload('a', 100_000_000))
  await queue.push('a', log(0, 5))
  const over = queue.over('a')
  await queue.undo('a')
  await soon(over, 'the end')
  await queue.begin(upload('b'))
  await queue.push('b', Buffer.from('%PDF-1.7\n'.repeat(20_000))).catch(() => {})
  await soon(queue.over('b'), 'the refusal')
  assert.equal((await queue.end('b'))?.state, 'unknown-format')
})

test('a queue that closes lets uploads end, then parks those whose bytes are kept and fails the others', async (t) => {
  const { queue, writer, reads, receipt } = openAll(t, { kept: async () => ['kept'] })
  for (const id of ['done', 'kept', 'sent']) {
    await queue.begin(upload(id))
    await queue.push(id, log(0, 60, id))
  }
  for (const id of ['kept', 'sent']) while ((await receipt(id)).stored === 0) await wait(20)
  const [done, kept, sent] = ['done', 'kept', 'sent'].map((id) => (id === 'done' ? queue.end(id) : queue.over(id)))
  await soon(queue.close(500), 'to close')
  assert.deepEqual(await done, { state: 'done' })
  await Promise.all([kept, sent])
  const [ofKept, ofSent] = [await queue.end('kept'), await queue.end('sent')]
  assert.deepEqual([ofKept?.state, ofSent?.state], ['failed', 'failed'])
  assert.deepEqual(
    [ofKept, ofSent].map((ending) => ending?.state === 'failed' && ending.code),
    ['PARKED', 'STOPPING'],
  )
  while ((await receipt('sent')).state !== 'failed') await wait(20)
  assert.match((await receipt('sent')).error ?? '', /server was stopped .* Upload it again/)
  assert.equal((await receipt('kept')).state, 'reading')

  writer.recover(undefined, ['kept'])
  const states = (await selectUploads(reads)).rows.map(({ id, state }) => `${id} ${state}`).sort()
  assert.deepEqual(states, ['done done', 'sent failed'])
  assert.deepEqual((await sendLog({ writer, reads }, log(0, 60, 'kept'))).receipt?.stored, 60)
  assertTotalsHold(writer.db)
})

test('an upload that the reads refuses fails with the reason, its sender gets it, and the next one is read', async () => {
  const fixture = openFixture()
  const writable = writesOf(fixture.writer)
  const queue = openIngestQueue({ ...writable, write: () => Promise.reject(new Error('The disk is full.')) })
  await queue.begin(upload('a'))
  let refusal = ''
  for (let round = 0; round < 5000 && refusal === ''; round++) {
    await queue.push('a', log(round * 100, round * 100 + 100)).catch((error: Error) => {
      refusal = error.message
    })
    await wait(5)
  }
  assert.equal(refusal, 'The disk is full.')
  assert.deepEqual(await queue.end('a'), { state: 'failed', message: 'The disk is full.' })
  assert.deepEqual(
    [(await fixture.receipt('a')).state, (await fixture.receipt('a')).error],
    ['failed', 'The disk is full.'],
  )
  for (const id of ['b', 'c', 'd']) {
    await queue.begin(upload(id))
    await queue.push(id, log(0, 1))
    assert.equal((await queue.end(id))?.state, 'failed')
  }
  await fixture.close()
})

test('a reads that refuses even the failure ends the upload with the reason and stops nothing else', async () => {
  const fixture = openFixture()
  const refuse = () => Promise.reject(new Error('The disk is full.'))
  const queue = openIngestQueue({ ...writesOf(fixture.writer), failUpload: refuse })
  await queue.begin(upload('a'))
  await queue.push('a', Buffer.from('%PDF-1.7\n'.repeat(20_000))).catch(() => {})
  await soon(queue.over('a'), 'the refusal')
  await assert.rejects(queue.end('a') as Promise<unknown>, /disk is full/)
  await queue.begin(upload('b'))
  await queue.push('b', log(0, 10))
  assert.deepEqual(await queue.end('b'), { state: 'done' })
  await fixture.close()
})

test('an upload that is done can be undone, before its sender asks and after', async (t) => {
  const { queue, reads, writer } = openAll(t)
  const before = dump(writer.db)
  await queue.begin(upload('a'))
  await queue.push('a', log(0, 10))
  const ended = queue.end('a')
  await ended
  assert.equal(await queue.undo('a'), true)
  assert.equal(await queue.undo('a'), false)
  assert.deepEqual(dump(writer.db), before)
  assert.equal((await selectUploads(reads)).total, 0)
})

test('what a slow feed has sent shows before it ends', async (t) => {
  const { queue, receipt } = openAll(t)
  await queue.begin(upload('a'))
  await queue.push('a', log(0, 20))
  await until(async () => (await receipt('a')).stored >= 18)
  const { state, bytesRead } = await receipt('a')
  assert.equal(state, 'reading')
  assert.ok(bytesRead > 0)
  await queue.push('a', Buffer.from(`\n${log(20, 40)}`))
  await queue.end('a')
  assert.equal((await receipt('a')).stored, 40)
})

test('an upload that a dead process left unfinished fails at the next start; what another still reads is left to it', async (t) => {
  const { queue, reads, writer } = openAll(t)
  await sendLog({ writer, reads }, log(0, 5))
  const before = contentDump(writer.db)
  const processes = { dead: `${2 ** 22 + 1} 1`, own: ownProcess(), alive: `${process.ppid} ` }
  for (const [id, name] of Object.entries(processes)) {
    const read = await sendLog({ writer, reads }, log(0, 60, id))
    writer.db.prepare("UPDATE upload SET id = ?, state = 'reading', process = ? WHERE id = ?").run(id, name, read.id)
  }
  await openIngestQueue(writesOf(writer)).recover()
  const states = (await selectUploads(reads)).rows.map(({ id, state }) => `${id} ${state}`)
  assert.deepEqual(states.filter((state) => !state.startsWith('log')).sort(), [
    'alive reading',
    'dead failed',
    'own failed',
  ])
  assert.equal(
    writer.db.prepare("SELECT count(*) FROM event JOIN dest ON dest.id = dest_id WHERE key = 'alive'").pluck().get(),
    60,
  )
  assertTotalsHold(writer.db)
  await queue.undo('alive')
  assert.deepEqual(contentDump(writer.db), before)
})

test('a log that is sent again while its events are being removed is stored, not counted as duplicates of what goes', async (t) => {
  const { reads, writer } = openAll(t)
  const first = await sendLog({ writer, reads }, log(0, 40))
  writer.startRemoval(first.id)
  const again = await sendLog({ writer, reads }, log(0, 40))
  assert.deepEqual([again.receipt?.stored, again.receipt?.duplicates], [40, 0])
  assert.equal(writer.db.prepare('SELECT count(*) FROM event').pluck().get(), 40)
  assertTotalsHold(writer.db)
})

test('a tar of too many small files is refused before the first of them is an upload', async (t) => {
  const file = (index: number) => ({ name: `collected/hosts/host-${index}/Defender Operational.log`, content: '' })
  const tar = await tarOf(Array.from({ length: 20_001 }, (_, index) => file(index)))
  const fixture = openFixture()
  t.after(() => fixture.close())
  const writes = writesOf(fixture.writer)
  const created: string[] = []
  const createUpload: Writes['createUpload'] = (upload) => {
    created.push(upload.id)
    return writes.createUpload(upload)
  }
  const queue = openIngestQueue({ ...writes, createUpload })
  await queue.begin(upload('tar', tar.length))
  for (let at = 0; at < tar.length; at += 65_536) await queue.push('tar', tar.subarray(at, at + 65_536)).catch(() => {})
  const ending = await queue.end('tar')
  assert.ok(ending?.state === 'failed' && ending.code === 'OVER_BUDGET', JSON.stringify(ending))
  assert.deepEqual(created, ['tar'])
})
