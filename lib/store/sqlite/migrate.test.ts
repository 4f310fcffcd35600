import assert from 'node:assert/strict'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { event, openFixture, temporaryFolder } from '#lib/ingest/testing.ts'
import { projectFolder } from '#lib/store/settings.ts'
import { contentDump, dump } from '#lib/store/testing.ts'
import { type Connection, openForWriting } from './database.ts'
import { checkSpace, expectedHash, migrate, schemaHash } from './migrate.ts'
import { openReader } from './reader.ts'
import { openWriter } from './writer.ts'

test('a database that is opened again keeps its data, and its views and lookups are recreated', async () => {
  const fixture = openFixture()
  const { db } = fixture.writer
  fixture.add([event(1121, 'PC1', 0, { ID: 'x' })])
  const before = dump(db)
  db.exec("DROP VIEW asr_event; UPDATE asr_rule SET ASR_Rule = 'spoilt'; CREATE VIEW of_before AS SELECT 1")
  migrate(db, fixture.file)
  assert.deepEqual(dump(db), before)
  assert.equal(db.prepare('SELECT count(*) FROM asr_event').pluck().get(), 1)
  assert.equal(db.prepare("SELECT count(*) FROM asr_rule WHERE ASR_Rule = 'spoilt'").pluck().get(), 0)
  assert.equal(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'of_before'").pluck().get(), 0)
  await fixture.close()
})

test('a database of a newer version is refused, and left as it is', () => {
  const { file, remove } = temporaryFolder()
  const db = openForWriting(file)
  migrate(db, file)
  db.pragma('user_version = 999')
  assert.throws(() => migrate(db, file), /version 999.*newer/)
  assert.equal(db.pragma('user_version', { simple: true }), 999)
  db.close()
  remove()
})

test("the lookup has Microsoft's 19 rules and the five detections as the code counts them", async () => {
  const fixture = openFixture()
  const { db } = fixture.writer
  const ids = db.prepare('SELECT ID FROM asr_rule').pluck().all() as string[]
  assert.equal(ids.length, 19)
  for (const ID of ids) assert.match(ID, /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/)
  const stored = db.prepare('SELECT id, view, type, risk_score FROM detection ORDER BY id').raw().all()
  assert.deepEqual(stored, [
    [1, 'windows_defender_asr_rules_stacking', 'Hunting', null],
    [2, 'windows_defender_asr_audit_events', 'Anomaly', 20],
    [3, 'windows_defender_asr_block_events', 'Anomaly', 45],
    [4, 'windows_defender_asr_registry_modification', 'Hunting', null],
    [5, 'windows_defender_asr_rule_disabled', 'TTP', 100],
  ])
  await fixture.close()
})

test("an admin's own lookup names further rules and renames known ones", () => {
  const { folder, file, remove } = temporaryFolder()
  const [own, known] = ['00000000-aaaa-bbbb-cccc-000000000001', '{d4f940ab-401b-4efc-aadc-ad5f3c50688a}']
  mkdirSync(join(folder, 'lookup'))
  writeFileSync(
    join(folder, 'lookup/asr_rules.csv'),
    `\ufeffID,ASR_Rule\r\n${own},Ours\r\n${known},"Office, renamed"\r\n`,
  )
  const db = openForWriting(file)
  migrate(db, folder)
  const name = db.prepare('SELECT ASR_Rule FROM asr_rule WHERE ID = ?').pluck()
  assert.equal(name.get(own.toUpperCase()), 'Ours')
  assert.equal(name.get('D4F940AB-401B-4EFC-AADC-AD5F3C50688A'), 'Office, renamed')
  assert.equal(db.prepare('SELECT count(*) FROM asr_rule').pluck().get(), 20)
  writeFileSync(join(folder, 'lookup/asr_rules.csv'), 'ID,Name\nx,y\n')
  assert.throws(() => migrate(db, folder), /lookup\/asr_rules\.csv: each row needs an ID and an ASR_Rule/)
  assert.equal(name.get(own.toUpperCase()), 'Ours', 'the failed start changes nothing')
  db.close()
  remove()
})

test('a rule that is named later has its name in every table at once', async () => {
  const fixture = openFixture()
  const own = '00000000-AAAA-BBBB-CCCC-000000000001'
  fixture.add([event(1121, 'PC1', 0, { ID: own })])
  const before = contentDump(fixture.writer.db)
  const name = () => fixture.writer.db.prepare('SELECT ASR_Rule FROM windows_defender_asr_rules_stacking').pluck().get()
  assert.equal(name(), 'NULL')
  mkdirSync(join(fixture.folder, 'lookup'))
  writeFileSync(join(fixture.folder, 'lookup/asr_rules.csv'), `ID,ASR_Rule\n${own},Ours\n`)
  migrate(fixture.writer.db, fixture.folder)
  assert.equal(name(), 'Ours')
  assert.deepEqual(contentDump(fixture.writer.db), before)
  await fixture.close()
})

/** The schema of 0.1.0: it must never change, since databases have it. */
const released = 'b6fa92d6f57be70a992517fdca3f087390068ebb6de000dc63791c562d846a62'

test('the schema of 0.1.0 is frozen', () => assert.equal(expectedHash(1), released))

/** A file that says it has the schema of 0.1.0, and has not. */
function unknownFile(sql: string, version = 1) {
  const { file, remove } = temporaryFolder()
  const db = new Database(file)
  db.exec(`${sql}; PRAGMA user_version = ${version}`)
  db.close()
  return { file, remove }
}

test('a database with an unknown schema is refused with what to do, and not one byte of it changes', () => {
  const schema001 = readFileSync(join(projectFolder, 'db/sqlite/migrations/001_events.sql'), 'utf8')
  const changes = [
    '',
    'CREATE TABLE further (id)',
    `${schema001}; DROP INDEX event_by_time`,
    `${schema001}; CREATE TABLE t (a)`,
  ]
  for (const sql of changes) {
    const { file, remove } = unknownFile(sql)
    const before = readFileSync(file)
    assert.throws(
      () => openWriter(file, null),
      /not those of any released version.*move the file out of the data folder/s,
    )
    assert.deepEqual(readFileSync(file), before)
    assert.equal(existsSync(`${file}.before-upgrade`), false)
    remove()
  }
})

test('a migration that fails leaves the database as it was, and its backup', () => {
  const { file, remove } = temporaryFolder()
  copyFileSync(join(projectFolder, 'db/sqlite/released/0.1.0.db'), file)
  const db = openForWriting(file)
  // An event whose upload is gone: what references it cannot be rebuilt.
  db.pragma('foreign_keys = OFF')
  db.exec('DELETE FROM upload WHERE seq = 1')
  const before = dumpSchema(db)
  assert.throws(() => migrate(db), /rows reference a row that is missing/)
  assert.deepEqual(dumpSchema(db), before)
  assert.equal(db.pragma('user_version', { simple: true }), 1)
  assert.ok(existsSync(`${file}.before-upgrade`))
  db.close()
  remove()
})

const dumpSchema = (db: Connection) => [
  schemaHash(db),
  db.prepare('SELECT count(*), sum(time) FROM event').raw().all(),
  db.prepare('SELECT count(*), sum(count) FROM stack').raw().all(),
]

test('an upgrade without enough free space is refused before anything is changed', () => {
  const { file, remove } = temporaryFolder()
  copyFileSync(join(projectFolder, 'db/sqlite/released/0.1.0.db'), file)
  const before = readFileSync(file)
  assert.throws(
    () => checkSpace(file, () => 1_000_000),
    /needs 1\.3 MB of free space in .*; 1 MB are free\. Free some space/,
  )
  checkSpace(file, () => 2_000_000)
  const db = openForWriting(file)
  assert.throws(() => migrate(db, null, () => 1_000_000), /needs 1\.3 MB of free space/)
  assert.equal(db.pragma('user_version', { simple: true }), 1)
  db.close()
  assert.deepEqual(readFileSync(file), before)
  assert.equal(existsSync(`${file}.before-upgrade`), false)
  remove()
})

test('one backup is kept: that of the last upgrade replaces an older one', () => {
  const { folder, file, remove } = temporaryFolder()
  const old = join(projectFolder, 'db/sqlite/released/0.1.0.db')
  copyFileSync(old, file)
  writeFileSync(`${file}.before-upgrade`, 'of an upgrade before')
  openWriter(file, null).close()
  assert.deepEqual(readFileSync(`${file}.before-upgrade`), readFileSync(old))
  assert.deepEqual(readdirSync(folder).sort(), ['asr-hunt.db', 'asr-hunt.db.before-upgrade'])
  openWriter(file, null).close()
  assert.deepEqual(readFileSync(`${file}.before-upgrade`), readFileSync(old), 'a start without an upgrade makes none')
  remove()
})

test('a new database can return free pages to the disk', () => {
  const { file, remove } = temporaryFolder()
  const writer = openWriter(file, null)
  assert.equal(writer.db.pragma('auto_vacuum', { simple: true }), 2)
  writer.close()
  remove()
})

test('a database that somebody analysed is known, and one that is being read is not upgraded', () => {
  const { file, remove } = temporaryFolder()
  copyFileSync(join(projectFolder, 'db/sqlite/released/0.1.0.db'), file)
  const reader = new Database(file)
  reader.pragma('journal_mode = WAL')
  reader.exec('ANALYZE; BEGIN; SELECT count(*) FROM event')
  const other = new Database(file)
  other.exec("UPDATE upload SET name = 'later' WHERE seq = 1")
  other.close()
  const db = openForWriting(file)
  db.pragma('busy_timeout = 10')
  assert.throws(() => migrate(db), /Another program reads the database/)
  db.close()
  reader.exec('COMMIT')
  reader.close()
  const writer = openWriter(file, null)
  assert.equal(writer.db.prepare('SELECT name FROM upload WHERE seq = 1').pluck().get(), 'later')
  assert.equal(writer.db.pragma('auto_vacuum', { simple: true }), 2)
  assert.equal(existsSync(`${file}.rewritten`), false)
  writer.close()
  remove()
})

test('only the writer migrates: a reader that finds no database fails', () => {
  const { file, remove } = temporaryFolder()
  assert.throws(() => openReader(file).all('SELECT 1', []), /unable to open|does not exist/)
  assert.equal(existsSync(file), false)
  remove()
})

test('a database of before 005 keeps its receipts and verdicts under their new names', () => {
  const { file, remove } = temporaryFolder()
  copyFileSync(join(projectFolder, 'db/sqlite/released/0.1.0.db'), file)
  const before = new Database(file)
  before.exec('UPDATE upload SET unread = seq, unlooked = 10 * seq')
  const verdicts = before.prepare('SELECT upload, dest_key, verdict FROM upload_continuity ORDER BY 1, 2')
  const old = verdicts.raw().all() as [number, string, string][]
  before.close()
  const { db, ...writer } = openWriter(file, null)
  const receipts = db.prepare('SELECT seq, unparsed, unchecked FROM upload').raw().all() as number[][]
  assert.ok(receipts.length > 1)
  for (const [seq = 0, ...counts] of receipts) assert.deepEqual(counts, [seq, 10 * seq])
  const renamed = old.map(([upload, dest, verdict]) => [upload, dest, verdict === 'whole' ? 'unbroken' : verdict])
  assert.ok(renamed.some(([, , verdict]) => verdict === 'unbroken'))
  assert.deepEqual(
    db.prepare('SELECT upload, dest_key, verdict FROM upload_continuity ORDER BY 1, 2').raw().all(),
    renamed,
  )
  assert.throws(() => db.exec("UPDATE upload_continuity SET verdict = 'whole'"), /CHECK constraint failed/)
  writer.close()
  remove()
})
