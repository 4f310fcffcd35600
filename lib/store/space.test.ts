import assert from 'node:assert/strict'
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openIngestQueue } from '#lib/ingest/ingest-queue.ts'
import { batchesOf, event, sqlOf, temporaryFolder } from '#lib/ingest/testing.ts'
import { openReads } from '#lib/store/sqlite/reads/reads.ts'
import { simulateLog } from '#tools/simulate/log.ts'
import { noSpaceMessage } from './errors.ts'
import { freeSpace, reserveFile, spaceOf } from './space.ts'
import { openForReading } from './sqlite/database.ts'
import { openWriter } from './sqlite/writer.ts'
import { openSqliteWrites } from './sqlite/writes.ts'
import { assertTotalsHold } from './testing.ts'
import { smallDisk } from './testing-disk.ts'

const events = (count: number, dest = 'PC') =>
  Array.from({ length: count }, (_, index) => event(1121, `${dest}${index % 9}`, index * 1000, { Path: `p${index}` }))

test('when the database cannot grow, the reserve is released, the upload is taken back, and the next is stored', (t) => {
  const { folder, file, remove } = temporaryFolder()
  t.after(remove)
  const writer = openWriter(file, folder)
  t.after(writer.close)
  assert.ok(statSync(reserveFile(folder)).blocks * 512 >= statSync(reserveFile(folder)).size, 'really allocated')
  writer.createUpload({ id: 'a', name: 'a', tz: 'UTC', bytes: null })
  const pages = writer.db.pragma('page_count', { simple: true }) as number
  writer.db.pragma(`max_page_count = ${pages + 60}`)
  const store = () => {
    for (const batch of batchesOf(events(5000), 500)) writer.write('a', ...batch)
  }
  assert.throws(store, { code: 'NO_SPACE', message: /Free some space and upload it again/ })
  assert.deepEqual([existsSync(reserveFile(folder)), spaceOf(folder).ok], [false, false])
  const [batch] = batchesOf(events(1))
  assert.throws(() => writer.write('a', ...(batch as NonNullable<typeof batch>)), { code: 'NO_SPACE' })
  writer.failUpload('a', 'full')
  assert.equal(writer.db.prepare('SELECT state FROM upload').pluck().get(), 'failed')
  assert.equal(writer.db.prepare('SELECT count(*) FROM event').pluck().get(), 0)
  assertTotalsHold(writer.db)
  assert.ok(existsSync(reserveFile(folder)), 'made again, since the disk has space')
  writer.db.pragma('max_page_count = 4294967294')
  writer.createUpload({ id: 'b', name: 'b', tz: 'UTC', bytes: null })
  writer.write('b', ...(batch as NonNullable<typeof batch>))
  writer.finishUpload('b')
})

async function logOf(count: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of simulateLog({ events: count, dests: 40, days: 9, others: 0, format: 'xml' }))
    chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Sends a log to a queue over a data folder on a small disk; `half` is called when half of it was sent. */
async function openOn(t: TestContext, folder: string) {
  const file = join(folder, 'asr-hunt.db')
  const writes = await openSqliteWrites(file, folder)
  const queue = openIngestQueue(writes)
  const reads = openReads(sqlOf(file))
  t.after(async () => {
    await reads.close()
    await writes.close()
  })
  const send = async (id: string, log: Buffer, half = () => {}) => {
    await queue.begin({ id, name: id, tz: 'UTC', bytes: log.length })
    let isHalf = false
    for (let at = 0; at < log.length; at += 65_536) {
      if (!isHalf && at > log.length / 2) {
        isHalf = true
        half()
      }
      // A chunk is refused only when the upload has ended; `end` says how.
      await queue.push(id, log.subarray(at, at + 65_536)).catch(() => {})
    }
    const ending = await queue.end(id)
    await writes.removed()
    return { ending, receipt: await reads.upload(id) }
  }
  return { file, writes, reads, send }
}

function assertSound(file: string, expected: number): void {
  const db = openForReading(file)
  assert.equal(db.prepare('SELECT count(*) FROM event').pluck().get(), expected)
  assertTotalsHold(db)
  db.close()
}

/** Fills what is left of the disk, to the last byte. */
function fill(folder: string): void {
  writeFileSync(join(folder, 'filler'), Buffer.alloc(freeSpace(folder)), { flag: 'a' })
  assert.equal(freeSpace(folder), 0)
}

test('a log that does not fit on the disk ends failed and leaves nothing; smaller ones are stored before and after', async (t) => {
  const folder = smallDisk(t, 24)
  if (folder === null) return
  const { file, send } = await openOn(t, folder)
  assert.equal((await send('small', await logOf(500))).ending?.state, 'done')
  const { ending, receipt } = await send('large', await logOf(40_000))
  assert.deepEqual(ending, { state: 'failed', code: 'NO_SPACE', message: noSpaceMessage })
  assert.deepEqual([receipt?.state, receipt?.stored], ['failed', 0])
  assertSound(file, 500)
  const after = await send('after', await logOf(900))
  assert.equal(after.ending?.state, 'done')
  assertSound(file, 500 + (after.receipt?.stored ?? 0))
})

test('if others fill the disk to its last byte, the log is taken back, and stored when there is space again', async (t) => {
  const folder = smallDisk(t, 48)
  if (folder === null) return
  const { file, send, writes } = await openOn(t, folder)
  const log = await logOf(12_000)
  assert.equal((await send('first', await logOf(500))).ending?.state, 'done')
  const { ending, receipt } = await send('full', log, () => fill(folder))
  assert.deepEqual(ending, { state: 'failed', code: 'NO_SPACE', message: noSpaceMessage })
  assert.deepEqual([receipt?.state, receipt?.stored], ['failed', 0])
  assertSound(file, 500)
  // What taking it back freed is used up as well. The reserve is there again.
  fill(folder)
  await assert.rejects(send('refused', log), { code: 'NO_SPACE' })
  await assert.rejects(writes.probe(), { code: 'NO_SPACE' })
  assert.equal(spaceOf(folder).ok, false)
  // What was stored can be undone, and read, on a full disk.
  assert.equal(await writes.undoUpload('first'), true)
  assertSound(file, 0)
  rmSync(join(folder, 'filler'))
  await writes.probe()
  assert.equal(spaceOf(folder).ok, true)
  assert.equal((await send('again', log)).ending?.state, 'done')
  assertSound(file, 12_000)
})

test('on a full disk the server starts with what the reserve releases, and removes what was interrupted', async (t) => {
  const folder = smallDisk(t, 48)
  if (folder === null) return
  const first = await openSqliteWrites(join(folder, 'asr-hunt.db'), folder)
  await first.createUpload({ id: 'a', name: 'a', tz: 'UTC', bytes: null })
  await first.close()
  fill(folder)
  const again = await openSqliteWrites(join(folder, 'asr-hunt.db'), folder)
  assert.equal(await again.undoUpload('a'), true)
  await assert.rejects(again.createUpload({ id: 'b', name: 'b', tz: 'UTC', bytes: null }), { code: 'NO_SPACE' })
  await again.close()
})
