import assert from 'node:assert/strict'
import { statSync, truncateSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
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

test('after the file was cut off nothing is confirmed', (t) => {
  const { file, fill, confirm } = openFull(t)
  fill(10)
  truncateSync(file, Math.floor(statSync(file).size / 8192) * 4096)
  assert.throws(() => confirm(true, notNeeded), { name: 'DamagedDatabase', message: /was cut off while it was open/ })
  assert.throws(() => confirm(false, notNeeded), { name: 'DamagedDatabase' })
})
