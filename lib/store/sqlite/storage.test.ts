import assert from 'node:assert/strict'
import { closeSync, copyFileSync, openSync, readFileSync, statSync, truncateSync, writeSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import Database from 'better-sqlite3'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import { openStorage } from './storage.ts'

/** Storage with a table of 8000 pages, written back to the file. */
function openFull(t: TestContext) {
  const { file, remove } = temporaryFolder()
  const storage = openStorage(file, null)
  const { db } = storage
  t.after(() => {
    db.close()
    remove()
  })
  const fill = (rows: number): void => {
    const row = db.prepare('INSERT INTO filler VALUES (zeroblob(4000))')
    db.transaction(() => {
      for (let each = 0; each < rows; each++) row.run()
    })()
  }
  db.exec('CREATE TABLE filler (bytes)')
  fill(8000)
  storage.checkpoint()
  return { ...storage, file, fill }
}

const notNeeded = (): boolean => false

test('a file that got smaller and is growing again is not taken for one that was cut off', (t) => {
  const { db, file, fill, confirm } = openFull(t)
  db.pragma('wal_autocheckpoint = 1000')
  const before = statSync(file).size
  db.exec('DELETE FROM filler')
  db.pragma('incremental_vacuum(100000)')
  // SQLite writes the log back by itself, and returns the free pages to the disk.
  fill(1500)
  assert.ok(statSync(file).size < before)
  fill(500)
  confirm(true, notNeeded)
})

test('a file whose log a reader holds back is not taken for one that was cut off', (t) => {
  const { db, file, fill, confirm } = openFull(t)
  fill(50)
  const reader = new Database(file, { readonly: true })
  t.after(() => reader.close())
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM filler').get()
  // The pages at the end are in the part of the log that is held back, and the header is not.
  db.exec('UPDATE filler SET bytes = randomblob(4000) WHERE rowid > 8000')
  confirm(true, notNeeded)
  assert.ok(statSync(file).size < readFileSync(file).readUInt32BE(28) * 4096, 'the header is ahead')
  fill(1)
  confirm(true, notNeeded)
})

test('after the file was cut off nothing is confirmed', (t) => {
  const { file, fill, confirm } = openFull(t)
  fill(10)
  truncateSync(file, Math.floor(statSync(file).size / 8192) * 4096)
  assert.throws(() => confirm(true, notNeeded), { name: 'DamagedDatabase', message: /was cut off while it was open/ })
  assert.throws(() => confirm(false, notNeeded), { name: 'DamagedDatabase' })
})

test('a write-back that a crash ended after its header is finished at the next start, and is not damage', (t) => {
  const { file, remove } = temporaryFolder()
  const { db } = openStorage(file, null)
  const copy = temporaryFolder()
  const before = statSync(file).size
  db.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
           INSERT INTO text (hash, value) SELECT i, i || hex(zeroblob(2000)) FROM n`)
  for (const ending of ['', '-wal']) copyFileSync(file + ending, copy.file + ending)
  const [page, wal] = [Buffer.alloc(4096), readFileSync(`${copy.file}-wal`)]
  // Frames of the log: a header of 24 bytes, whose first four are the number of the page, and the page.
  for (let at = 32; at < wal.length; at += 24 + 4096) if (wal.readUInt32BE(at) === 1) wal.copy(page, 0, at + 24)
  assert.ok(page.readUInt32BE(28) * 4096 > before, 'the header says that the file is longer')
  const handle = openSync(copy.file, 'r+')
  writeSync(handle, page, 0, 4096, 0)
  closeSync(handle)
  const storage = openStorage(copy.file, null)
  t.after(() => {
    storage.db.close()
    db.close()
    copy.remove()
    remove()
  })
  storage.confirm(true, notNeeded)
  assert.ok(statSync(copy.file).size >= page.readUInt32BE(28) * 4096)
})
