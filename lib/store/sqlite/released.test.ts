import assert from 'node:assert/strict'
import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { detections } from '#lib/asr/detections.ts'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import { projectFolder } from '#lib/store/settings.ts'
import { assertTotalsHold, contentDump } from '#lib/store/testing.ts'
import { openCalls } from './calls.ts'
import { checkTotals } from './check-totals.ts'
import type { Connection } from './database.ts'
import { openReader } from './reader.ts'
import { openWriteQueue } from './write-queue.ts'
import { openWriter } from './writer.ts'
import { openSqliteWrites } from './writes.ts'

const released = join(projectFolder, 'db/sqlite/released')
const files = readdirSync(released).filter((file) => file.endsWith('.db'))
const oracle = (name: string): string => readFileSync(join(projectFolder, `db/sqlite/oracle/${name}.sql`), 'utf8')

/** What an upgrade must not change: every stored event and receipt. */
const facts = (db: Connection): unknown[] => [
  db
    .prepare(
      `SELECT e.id, d.name, e.EventCode, e.time, e.record_id, hex(e.hash), e.ordinal, u.id, e.detail_id, e.slot FROM event e
       JOIN dest d ON d.id = e.dest_id JOIN upload u ON u.seq = e.upload ORDER BY e.id`,
    )
    .raw()
    .all(),
  db.prepare('SELECT id, upload, first_event, last_event, hex(body) FROM detail ORDER BY id').raw().all(),
  db
    .prepare(
      'SELECT id, name, state, records, stored, duplicates, rejects, other_codes, error FROM upload ORDER BY seq',
    )
    .raw()
    .all(),
  db.prepare('SELECT * FROM upload_stretch ORDER BY 1, 2, 3').raw().all(),
  db
    .prepare("SELECT *, iif(verdict = 'whole', 'unbroken', verdict) AS verdict FROM upload_continuity ORDER BY 1, 2")
    .all(),
  db.prepare('SELECT * FROM reject ORDER BY 1, 2').raw().all(),
]

/** Rows of a view as its oracle has them, in any order. */
function assertOracles(db: Connection): void {
  db.exec(oracle('asr_change'))
  for (const { view, columns } of Object.values(detections)) {
    const names = [...columns, 'faithful'].map((column) => `"${column}"`).join(', ')
    const rows = (sql: string) => (db.prepare(sql).raw().all() as unknown[][]).map((row) => JSON.stringify(row)).sort()
    assert.deepEqual(rows(`SELECT ${names} FROM ${view}`), rows(`SELECT ${names} FROM (${oracle(view)})`), view)
  }
  db.exec('DROP VIEW asr_change')
}

function copyOf(name: string) {
  const { file, remove } = temporaryFolder()
  copyFileSync(join(released, name), file)
  return { file, remove }
}

test('the folder has a database of a released version, and nothing that SQLite left next to it', () => {
  assert.ok(files.includes('0.1.0.db'))
  assert.deepEqual(
    readdirSync(released).filter((file) => !files.includes(file)),
    ['README.md'],
  )
})

for (const name of files) {
  test(`a database of ${name} opens: nothing is lost, every total and the five oracles are right`, () => {
    const { file, remove } = copyOf(name)
    const before = new Database(file)
    const expected = facts(before)
    before.close()
    const writer = openWriter(file, null)
    assert.deepEqual(facts(writer.db), expected)
    assert.deepEqual(checkTotals(writer.db), [], 'before what was derived is recomputed')
    writer.runJobs()
    assert.deepEqual(facts(writer.db), expected)
    assertTotalsHold(writer.db)
    assertOracles(writer.db)
    assert.equal(writer.db.pragma('auto_vacuum', { simple: true }), 2)
    assert.deepEqual(writer.db.pragma('foreign_key_check'), [])
    assert.deepEqual(writer.db.pragma('integrity_check', { simple: true }), 'ok')
    writer.close()
    assert.deepEqual(readFileSync(`${file}.before-upgrade`), readFileSync(join(released, name)), 'the backup')
    remove()
  })

  test(`recomputing ${name} can be killed after any slice: every total is right, and it ends the same`, () => {
    const upgraded = copyOf(name)
    const direct = openWriter(upgraded.file, null)
    direct.runJobs()
    const expected = contentDump(direct.db)
    direct.close()
    upgraded.remove()

    const { file, remove } = copyOf(name)
    let slices = 0
    for (;;) {
      const writer = openWriter(file, null, { milliseconds: 0, events: 10 })
      const isPending = writer.runSlice()
      assert.deepEqual(checkTotals(writer.db), [])
      if (!isPending) {
        assert.deepEqual(contentDump(writer.db), expected)
        assertTotalsHold(writer.db)
        writer.close()
        break
      }
      slices += 1
      writer.close()
    }
    assert.ok(slices > 3, `${slices} slices`)
    assert.ok(existsSync(`${file}.before-upgrade`))
    remove()
  })
}

test('the meaning of 0.2 reaches the events of 0.1.0: disabled, weakened, exclusions', () => {
  const { file, remove } = copyOf('0.1.0.db')
  const writer = openWriter(file, null)
  const count = (sql: string) => writer.db.prepare(`SELECT count(*) FROM windows_defender_asr_${sql}`).pluck().get()
  const withoutRisk =
    "rule_disabled WHERE Old_Registry_Value IN ('Disabled', 'Not configured', 'NULL') AND ASR_ID <> 'NULL'"
  assert.equal(count(withoutRisk), 3)
  writer.runJobs()
  assert.equal(count(withoutRisk), 0)
  assert.equal(count("rule_disabled WHERE ASR_Rule = 'All rules'"), 1)
  assert.equal(count("rule_disabled WHERE dest LIKE 'odd-1%' AND Old_Registry_Value = 'Warn'"), 1)
  assert.equal(
    count("registry_modification WHERE dest LIKE 'odd-1%' AND Exclusion = 'C:\\Users\\Public' AND weakened = 1"),
    1,
  )
  assert.equal(count("registry_modification WHERE Exclusion = 'C:\\Temp\\a = b.exe'"), 1)
  assert.ok(Number(count('registry_modification WHERE weakened = 1')) >= 3)
  writer.close()
  remove()
})

test('while the totals are checked elsewhere small writes go on; what is wrong is an error, and the check is repeated', async () => {
  const { file, remove } = copyOf('0.1.0.db')
  const checks = [Promise.withResolvers<string[]>(), Promise.withResolvers<string[]>()]
  let started = 0
  const opened = openCalls(file, null, {
    findWrong: async () => {
      started += 1
      return (await checks[started - 1]?.promise.finally(() => setImmediate(() => queue.start()))) ?? []
    },
  })
  const errors: string[] = []
  const queue = openWriteQueue(opened, ({ message }) => errors.push(message))
  const isPending = () => opened.jobs.some((job) => job.isPending())
  const upload = { name: 'small', tz: 'UTC', bytes: null }
  queue.start()
  for (const [index, found] of [['t disagree'], []].entries()) {
    while (started <= index) await queue.call(() => {}, { wait: 'urgent' })
    await queue.call(() => opened.calls.createUpload({ ...upload, id: `small ${index}` }))
    assert.ok(isPending())
    checks[index]?.resolve(found)
  }
  while (isPending()) await queue.call(() => {}, { wait: 'urgent' })
  assert.deepEqual(errors, ['Stored events were recomputed, but totals disagree: t disagree'])
  assert.equal(started, 2)
  await queue.stop()
  opened.db.close()
  remove()
})

test('the thread that writes has the totals checked by another process, which a close ends', async () => {
  const { file, remove } = copyOf('0.1.0.db')
  const writes = await openSqliteWrites(file, null)
  const reader = openReader(file)
  const pending = () => reader.all("SELECT 1 FROM derivation WHERE name = 'changes' AND version < 2", [])
  for (const end = Date.now() + 60_000; pending().length > 0; await wait(20)) assert.ok(Date.now() < end)
  assert.deepEqual(reader.checkTotals(), [])
  reader.close()
  await writes.close()

  copyFileSync(join(released, '0.1.0.db'), file)
  await (await openSqliteWrites(file, null)).close()
  const writer = openWriter(file, null)
  writer.runJobs()
  assertTotalsHold(writer.db)
  writer.close()
  remove()
})

test('a version that changes again while it is applied is applied from the first event', () => {
  const { file, remove } = copyOf('0.1.0.db')
  const slowly = openWriter(file, null, { milliseconds: 0, events: 10 })
  for (let slices = 0; slices < 3; slices++) slowly.runSlice()
  const next = slowly.db.prepare("SELECT next_event FROM derivation WHERE name = 'changes'").pluck()
  const reached = Number(next.get())
  assert.ok(reached > 0, `${reached}`)
  // As if the last slices had been of an older program.
  slowly.db.exec("UPDATE derivation SET target = 1000 WHERE name = 'changes'")
  slowly.runSlice()
  assert.ok(Number(next.get()) < reached)
  slowly.close()
  remove()
})
