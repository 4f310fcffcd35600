import assert from 'node:assert/strict'
import { closeSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { test } from 'node:test'
import { event, openFixture, temporaryFolder } from '#lib/ingest/testing.ts'
import { checkDamage } from './sqlite/damage.ts'
import { openStorage } from './sqlite/storage.ts'
import { openSqliteWrites } from './sqlite/writes.ts'

/** A closed database with some events. */
async function closed() {
  const { file, remove } = temporaryFolder()
  const fixture = openFixture()
  fixture.add(
    Array.from({ length: 2000 }, (_, index) => event(1121, `PC${index % 9}`, index * 1000, { Path: `p${index}` })),
  )
  fixture.writer.db.pragma('wal_checkpoint(TRUNCATE)')
  writeFileSync(file, readFileSync(fixture.file))
  await fixture.close()
  return { file, remove }
}

function overwrite(file: string, at: number, length: number): void {
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(length, 0xff), 0, length, at)
  closeSync(handle)
}

const damages: Record<string, (file: string) => void> = {
  'cut off in the middle': (file) => truncateSync(file, Math.floor(statSync(file).size / 8192) * 4096),
  'cut off by one byte': (file) => truncateSync(file, statSync(file).size - 1),
  'cut off after its header': (file) => truncateSync(file, 100),
  empty: (file) => truncateSync(file, 0),
  'with another header': (file) => overwrite(file, 0, 100),
  'with another page in the middle': (file) => overwrite(file, Math.floor(statSync(file).size / 8192) * 4096, 4096),
  'deleted, with its log left': (file) => {
    writeFileSync(`${file}-wal`, 'log')
    rmSync(file)
  },
}

for (const [name, damage] of Object.entries(damages)) {
  test(`a database that is ${name} does not open, and the message says to restore a backup`, async (t) => {
    const { file, remove } = await closed()
    t.after(remove)
    checkDamage(file)
    damage(file)
    const expected = { name: 'DamagedDatabase', message: /is damaged: .*npm run restore -- FILE/ }
    assert.throws(() => checkDamage(file), expected)
    const before = statSync(file, { throwIfNoEntry: false })?.size
    await assert.rejects(openSqliteWrites(file, null), expected)
    assert.equal(statSync(file, { throwIfNoEntry: false })?.size, before)
  })
}

test('a file that is not a database does not open', async (t) => {
  const { file, remove } = temporaryFolder()
  t.after(remove)
  writeFileSync(file, 'Log Name: Microsoft-Windows-Windows Defender/Operational\n'.repeat(300))
  assert.throws(() => checkDamage(file), /is damaged: file is not a database/)
})

test('of a large file the beginning and the end of every table is read', async (t) => {
  const { file, remove } = await closed()
  t.after(remove)
  checkDamage(file, 0)
  overwrite(file, 2 * 4096, 30 * 4096)
  assert.throws(() => checkDamage(file, 0), { name: 'DamagedDatabase' })
})

test('a database that is cut off while it is open acknowledges nothing more, before SQLite fills it up with zeros', async (t) => {
  const { file, remove } = await closed()
  t.after(remove)
  const storage = openStorage(file, null)
  t.after(() => storage.db.close())
  const write = (): void => {
    storage.db.transaction(storage.probe).immediate()
    storage.confirm(true, () => false)
  }
  write()
  truncateSync(file, statSync(file).size - 4096)
  const expected = { name: 'DamagedDatabase', message: /it was cut off while it was open/ }
  assert.throws(write, expected)
  assert.throws(write, expected)
})
