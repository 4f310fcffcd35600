import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { batchesOf, event, openFixture, temporaryFolder } from '#lib/ingest/testing.ts'
import { takeLock } from '#lib/store/lock.ts'
import { allChecks } from '#lib/store/sqlite/check.ts'
import { contentDump } from '#lib/store/testing.ts'
import { startWriter } from '#lib/store/testing-process.ts'

type Run = { code: number; stdout: string; stderr: string }

/** Runs a command on a data folder; returns what it printed and its exit code. */
function run(folder: string, name: 'backup' | 'restore' | 'check', ...args: string[]): Promise<Run> {
  const env = { ...process.env, DATA_DIR: folder, INIT_CWD: folder, DATABASE_URL: '' }
  return promisify(execFile)(process.execPath, [join(import.meta.dirname, `${name}.ts`), ...args], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  )
}

const events = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => event(1121, `PC${n % 9}`, (from + n) * 1000, { Path: `p${n}` }))

function openFolder(t: TestContext) {
  const fixture = openFixture()
  t.after(() => fixture.close())
  fixture.add(events(0, 300))
  return fixture
}

/** A data folder without a process, with an upload of so many events. */
async function closedFolder(t: TestContext, count: number) {
  const { folder, file, remove } = temporaryFolder()
  t.after(remove)
  const fixture = openFixture()
  fixture.add(events(0, count))
  fixture.writer.db.prepare('VACUUM INTO ?').run(file)
  await fixture.close()
  return { folder, file }
}

const countIn = (file: string): number => {
  const db = new Database(file, { readonly: true })
  const count = db.prepare<[], number>('SELECT count(*) FROM event').pluck().get() ?? 0
  db.close()
  return count
}

test('a backup of a database that is open is that database, keeps its kind of vacuum, and restores', async (t) => {
  const { folder, file, writer } = openFolder(t)
  const { code, stdout, stderr } = await run(folder, 'backup', 'b.db')
  assert.deepEqual([code, stderr], [0, ''])
  assert.match(stdout, /b\.db: 300 events of 1 uploads, [\d.]+ kB\./)
  const backup = new Database(join(folder, 'b.db'), { readonly: true })
  assert.deepEqual(contentDump(backup), contentDump(writer.db))
  assert.equal(backup.pragma('auto_vacuum', { simple: true }), 2)
  backup.close()
  assert.equal(statSync(join(folder, 'b.db')).mode, statSync(file).mode)
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('b.db.')),
    [],
  )

  const other = await closedFolder(t, 20)
  const restored = await run(other.folder, 'restore', join(folder, 'b.db'))
  assert.equal(restored.code, 0, restored.stderr)
  assert.match(restored.stdout, /Restored: 300 events of 1 uploads, the newest of 2.*\n.*kept as .*before-restore/)
  assert.equal(countIn(other.file), 300)
  assert.equal(countIn(`${other.file}.before-restore`), 20)
  const again = await startWriter(t, other.file)
  assert.deepEqual(again.said, ['open '], again.errors)
})

test('backups that are made while logs are stored and undone are each one state of the data', async (t) => {
  const { folder, writer } = openFolder(t)
  let isOver = false
  const load = (async () => {
    for (let round = 0; !isOver; round++) {
      const id = `load-${round}`
      writer.createUpload({ id, name: id, tz: 'UTC', bytes: null })
      for (const batch of batchesOf(events(round * 50, round * 50 + 200), 40)) {
        writer.write(id, ...batch)
        await new Promise((resolve) => setImmediate(resolve))
      }
      writer.finishUpload(id)
      if (round % 2 === 0) writer.undoUpload(id)
    }
  })()
  for (const name of ['1.db', '2.db', '3.db']) {
    const { code, stderr } = await run(folder, 'backup', name)
    assert.equal(code, 0, stderr)
    const backup = new Database(join(folder, name), { readonly: true })
    // Also of one that was made in the middle of a removal.
    const problems = allChecks(backup).map(({ name, run }) => [name, run()])
    assert.deepEqual(
      problems.filter(([, problem]) => problem !== null),
      [],
    )
    backup.close()
  }
  const checked = await run(folder, 'check')
  assert.equal(checked.code, 0, checked.stdout)
  isOver = true
  await load
})

test('an existing file is not overwritten, and what cannot be backed up is said', async (t) => {
  const { folder } = openFolder(t)
  writeFileSync(join(folder, 'b.db'), 'mine')
  const refused = await run(folder, 'backup', 'b.db')
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /b\.db exists\. Name another file/)
  assert.equal(readFileSync(join(folder, 'b.db'), 'utf8'), 'mine')
  assert.match((await run(folder, 'backup', 'no/b.db')).stderr, /There is no folder/)
  const empty = temporaryFolder()
  t.after(empty.remove)
  for (const name of ['backup', 'check'] as const) {
    const { code, stderr } = await run(empty.folder, name, ...(name === 'backup' ? ['b.db'] : []))
    assert.equal(code, 1)
    assert.match(stderr, /There is no database .*asr-hunt\.db/)
  }
})

test('wrong arguments end with code 2 and the help; --help is not an error', async (t) => {
  const { folder } = openFolder(t)
  for (const [name, ...args] of [['backup'], ['restore'], ['check', 'x'], ['backup', 'a', 'b'], ['check', '--deep']])
    assert.equal((await run(folder, name as 'check', ...args)).code, 2, `${name} ${args}`)
  const { code, stdout } = await run(folder, 'restore', '--help')
  assert.equal(code, 0)
  assert.match(stdout, /npm run restore -- FILE/)
})

test('a restore is refused while a server runs, and leaves the database as it is', async (t) => {
  const { folder } = openFolder(t)
  await run(folder, 'backup', 'b.db')
  const { folder: other, file } = await closedFolder(t, 20)
  const before = readFileSync(file)
  const lock = takeLock(other, 'server')
  const { code, stderr } = await run(other, 'restore', join(folder, 'b.db'))
  lock.release()
  assert.equal(code, 1)
  assert.match(stderr, /ASR Hunt is already running on the data folder .* Stop it/)
  assert.deepEqual(readFileSync(file), before)
})

const spoilt: Record<string, [spoil: (file: string) => void, says: RegExp]> = {
  'is cut off': [(file) => truncateSync(file, statSync(file).size - 4096), /it is damaged: the file has \d+ bytes/],
  'is not a database': [(file) => writeFileSync(file, 'Log Name: x\n'.repeat(9999)), /file is not a database/],
  'has totals that disagree with its events': [
    (file) =>
      new Database(file)
        .exec('UPDATE stack_total SET count = count + 1 WHERE id = (SELECT min(id) FROM stack_total)')
        .close(),
    /disagree/,
  ],
  'has rows without the row they belong to': [
    (file) => new Database(file).exec('PRAGMA foreign_keys = OFF; DELETE FROM upload').close(),
    /foreign keys/,
  ],
  'is of an unknown schema': [
    (file) => new Database(file).exec('CREATE TABLE mine (a)').close(),
    /any released version/,
  ],
  'is of a newer version': [(file) => new Database(file).exec('PRAGMA user_version = 999').close(), /version 999/],
}

for (const [name, [spoil, says]] of Object.entries(spoilt)) {
  test(`a backup that ${name} is refused, and the database stays as it is`, async (t) => {
    const [backup, { folder, file }] = await Promise.all([closedFolder(t, 300), closedFolder(t, 20)])
    spoil(backup.file)
    const before = readFileSync(file)
    const { code, stderr } = await run(folder, 'restore', backup.file)
    assert.equal(code, 1)
    assert.match(stderr, says)
    assert.deepEqual(readFileSync(file), before)
    for (const ending of ['.restoring', '.restoring-wal', '.before-restore']) assert.ok(!existsSync(`${file}${ending}`))
  })
}

test('a restore keeps an earlier kept database, and a damaged database with its log', async (t) => {
  const [backup, { folder, file }] = await Promise.all([closedFolder(t, 300), closedFolder(t, 20)])
  assert.equal((await run(folder, 'restore', backup.file)).code, 0)
  const again = await run(folder, 'restore', backup.file)
  assert.equal(again.code, 1)
  assert.match(again.stderr, /before-restore is there from an earlier restore\. Move or delete it first/)
  assert.equal(countIn(`${file}.before-restore`), 20)

  rmSync(`${file}.before-restore`)
  const writer = await startWriter(t, file, 'begin')
  await writer.end('SIGKILL')
  writeFileSync(file, 'not a database any more')
  const log = readFileSync(`${file}-wal`)
  const restored = await run(folder, 'restore', backup.file)
  assert.equal(restored.code, 0, restored.stderr)
  assert.deepEqual(readFileSync(`${file}.before-restore-wal`), log)
  assert.equal(readFileSync(`${file}.before-restore`, 'utf8'), 'not a database any more')
  assert.ok(!existsSync(`${file}-wal`) && !existsSync(`${file}-shm`))
  assert.equal(countIn(file), 300)
  assert.deepEqual((await startWriter(t, file)).said, ['open '])
})

test('what was in the log of the database before a restore is in the file that is kept', async (t) => {
  const [backup, { folder, file }] = await Promise.all([closedFolder(t, 300), closedFolder(t, 20)])
  const writer = await startWriter(t, file, '40', 'begin')
  await writer.end('SIGKILL')
  assert.equal((await run(folder, 'restore', backup.file)).code, 0)
  const kept = new Database(`${file}.before-restore`, { readonly: true })
  assert.equal(kept.prepare('SELECT count(*) FROM upload').pluck().get(), 3)
  kept.close()
})

test('a copied database and its log are restored together', async (t) => {
  const { folder, file } = await closedFolder(t, 20)
  const writer = await startWriter(t, file, '40', 'begin')
  for (const ending of ['', '-wal']) copyFileSync(`${file}${ending}`, join(folder, `copy.db${ending}`))
  await writer.end('SIGKILL')
  const other = temporaryFolder()
  t.after(other.remove)
  const { code, stdout, stderr } = await run(other.folder, 'restore', join(folder, 'copy.db'))
  assert.equal(code, 0, stderr)
  assert.match(stdout, /60 events of 3 uploads/)
})

test('a check names what is wrong and ends with code 1', async (t) => {
  const sound = await closedFolder(t, 300)
  const { code, stdout } = await run(sound.folder, 'check')
  assert.equal(code, 0)
  assert.match(stdout, /^integrity of the file +ok\n/)
  assert.match(stdout, /\nstack_hour recounted +ok\n/)
  const db = new Database(sound.file)
  db.exec(
    'UPDATE stack_hour SET first_time = first_time + 1 WHERE stack_id = (SELECT min(stack_id) FROM stack_hour); UPDATE fleet SET dests = dests + 1',
  )
  db.close()
  const wrong = await run(sound.folder, 'check')
  assert.equal(wrong.code, 1)
  assert.match(wrong.stdout, /\nstack_hour recounted +1 stored rows are not what the events add up to; 1 counted/)
  assert.match(wrong.stdout, /\nfleet recounted +\d+ stored rows/)
  assert.match(wrong.stderr, /checks failed\. Restore a backup/)
})
