import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { event, openFixture, temporaryFolder } from '#lib/ingest/testing.ts'
import { contentDump, dump } from '#lib/store/testing.ts'
import { openForWriting } from './database.ts'
import { migrate } from './migrate.ts'

test('a database that is opened again keeps its data, and its views and lookups are made anew', async () => {
  const fixture = openFixture()
  const { db } = fixture.writer
  fixture.add([event(1121, 'PC1', 0, { ID: 'x' })])
  const before = dump(db)
  db.exec("DROP VIEW asr_event; UPDATE asr_rule SET ASR_Rule = 'spoilt'; CREATE VIEW of_before AS SELECT 1")
  migrate(db)
  assert.deepEqual(dump(db), before)
  assert.equal(db.prepare('SELECT count(*) FROM asr_event').pluck().get(), 1)
  assert.equal(db.prepare("SELECT count(*) FROM asr_rule WHERE ASR_Rule = 'spoilt'").pluck().get(), 0)
  assert.equal(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'of_before'").pluck().get(), 0)
  await fixture.close()
})

test('a database of a newer version is refused, and left as it is', () => {
  const { file, remove } = temporaryFolder()
  const db = openForWriting(file)
  migrate(db)
  db.pragma('user_version = 999')
  assert.throws(() => migrate(db), /version 999.*newer/)
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
