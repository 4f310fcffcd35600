import assert from 'node:assert/strict'
import { test } from 'node:test'
import { event, openFixture } from '#lib/ingest/testing.ts'
import type { Decision } from '#lib/model/decisions.ts'
import { at, openAccounts, start } from './access/testing.ts'
import { openWriter } from './writer.ts'

const everything = { actor: null, action: null, subject: null, from: null, to: null }

test('a row of the audit log is neither changed, deleted nor replaced', (t) => {
  const { writer, close } = openAccounts()
  t.after(close)
  const { db } = writer
  const rows = () => db.prepare('SELECT * FROM audit').all()
  const before = rows()
  assert.ok(before.length > 0)
  const columns = 'seq, at, actor_kind, actor_name, action'
  for (const sql of [
    "UPDATE audit SET actor_name = 'nobody'",
    'UPDATE audit SET seq = seq + 1000',
    'DELETE FROM audit',
    'DELETE FROM audit WHERE seq = 1',
    `INSERT OR REPLACE INTO audit (${columns}) VALUES (1, 0, 'local', 'nobody', 'upload')`,
    `INSERT INTO audit (${columns}) VALUES (1, 0, 'local', 'nobody', 'upload') ON CONFLICT DO UPDATE SET at = 0`,
    `INSERT OR IGNORE INTO audit (${columns}) SELECT 1, 0, 'local', 'nobody', 'upload'`,
  ])
    assert.throws(() => db.exec(sql), /the audit log is only added to/, sql)
  assert.deepEqual(rows(), before)
})

test('a change and its row of the audit log are stored together or not at all', async (t) => {
  const { writer, change, log, signIn, reads, close } = openAccounts()
  t.after(close)
  const before = await log()
  assert.throws(() => change('addAccount', { id: 'x', name: 'JANE', role: 'viewer', origin: 'local' }, null, at()))
  assert.deepEqual(await log(), before)
  writer.db.exec("CREATE TRIGGER refuse BEFORE INSERT ON audit BEGIN SELECT raise(ABORT, 'not now'); END")
  const refused: (() => unknown)[] = [
    () => change('addAccount', { id: 'joe', name: 'Joe', role: 'viewer', origin: 'local' }, null, at()),
    () => change('setPassword', 'jane', { secret: 'scrypt', compared: null }, null, at()),
    () => signIn('jane'),
    () => change('makeToken', { id: 't', hash: 'h', name: 'wall', scope: 'display', expiresAt: null }, at()),
    () => writer.createUpload({ id: 'u', name: 'u.xml', tz: 'UTC', bytes: null, by: at() }),
  ]
  for (const each of refused) assert.throws(each, /not now/, String(each))
  assert.deepEqual(
    [await reads.accounts(start), await reads.tokens()].map((rows) => rows.length),
    [1, 0],
  )
  assert.equal((await reads.accounts(start))[0]?.hasPassword, false)
  assert.deepEqual(writer.identities().sessions, [])
  assert.equal(await reads.upload('u'), null)
})

test('uploads, undone uploads, decisions, groups and names of rules are in it: who, from where, before and after', async (t) => {
  const { writer, reads, folder, close } = openFixture()
  t.after(close)
  const named = openWriter(`${folder}/other.db`, folder)
  named.nameRule('AAAAAAAA-0000-0000-0000-000000000000', 'First', at())
  named.nameRule('AAAAAAAA-0000-0000-0000-000000000000', 'Second', at())
  const names = named.db.prepare("SELECT before, after FROM audit WHERE action = 'rule-named' ORDER BY seq").raw().all()
  assert.deepEqual(names, [
    [null, '{"name":"First"}'],
    ['{"name":"First"}', '{"name":"Second"}'],
  ])
  named.close()

  const upload = { name: 'a.xml', tz: 'UTC', bytes: 17 }
  writer.createUpload({ ...upload, id: 'zip', by: at(1) })
  writer.createUpload({ ...upload, id: 'part', parent: 'zip', by: at(1) })
  writer.createUpload({ ...upload, id: 'again' })
  assert.equal(writer.undoUpload('zip', at(2)), true)
  assert.equal(writer.undoUpload('zip', at(2)), false)
  // Nobody asked for these.
  assert.equal(writer.undoUpload('again'), true)
  const made: Decision = {
    ...{ id: 'd-of-a-test', disposition: 'known-good', scope: null, reason: 'tool', expiresAt: null },
    ...{ author: 'jane', isSigned: true, createdAt: start },
    patterns: [{ column: 'Process_Name', step: 'exact', value: 'a.exe', isWildcard: false }],
  }
  const signed = (ms: number) => ({ author: 'jane', isSigned: true, at: start + ms, by: at(ms) })
  writer.changeDecisions('decide', [made], signed(3))
  writer.changeDecisions('redecide', { ...made, reason: 'backup' }, signed(4), null)
  writer.changeDecisions('forgetDecision', made.id, signed(5), null)
  writer.changeDecisions('undoDecision', made.id, null, signed(6), null)
  writer.changeDecisions('importDecisions', [made], signed(7), true)
  writer.changeDecisions('importDecisions', [made], signed(8), false)
  writer.changeDecisions('setGroups', [{ name: 'All', patterns: ['*'] }], signed(9), null)
  const rows = (await Array.fromAsync(reads.auditRows(everything))).flat()
  const reason = (of: Record<string, unknown> | null) => of?.reason ?? null
  assert.deepEqual(
    rows.map(({ at: time, action, subject, before, after }) => [
      time - start,
      action,
      subject,
      reason(before),
      reason(after),
    ]),
    [
      [1, 'upload', 'zip', null, null],
      [2, 'undo', 'zip', null, null],
      [3, 'decided', 'd-of-a-test', null, 'tool'],
      [4, 'decided', 'd-of-a-test', 'tool', 'backup'],
      [5, 'decided', 'd-of-a-test', 'backup', null],
      [6, 'decided', 'd-of-a-test', null, 'backup'],
      [7, 'decided', null, null, null],
      [9, 'groups-changed', null, null, null],
    ],
  )
  assert.deepEqual(rows[0]?.after, { ...upload, dest: null })
  assert.deepEqual([rows[1]?.before?.name, rows[1]?.before?.records, rows[1]?.after?.isKept], ['a.xml', 0, false])
  assert.deepEqual(rows[6]?.after, { imported: { added: 0, changed: 1, unchanged: 0 } })
  assert.deepEqual(rows[7]?.before, { groups: [] })
  for (const { actor, address, request } of rows)
    assert.deepEqual([actor.name, address, request], ['local', '10.0.0.7', 'a-request'])
})

test('an upload that is undone while it is read is undone by whoever asked for it, and its events go', async (t) => {
  const { writer, reads, add, close } = openFixture()
  t.after(close)
  const id = add([event(1121, 'host', start)])
  writer.undoUpload(id, at())
  assert.equal((await reads.span()).newest, null)
  const { rows } = await reads.audit({ ...everything, action: 'undo', subject: id }, { offset: 0, limit: 9 })
  assert.deepEqual([rows.length, rows[0]?.before?.stored], [1, 1])
})

test('the log is filtered by actor, action, subject and time, and none of its rows has a secret', async (t) => {
  const { reads, change, signIn, log, close } = openAccounts()
  t.after(close)
  change(
    'addAccount',
    { id: 'joe', name: 'Joe', role: 'viewer', origin: 'local' },
    { hash: 'SECRET-1', expiresAt: start + 99 },
    at(1),
  )
  change('useLink', 'SECRET-1', 'SECRET-2', null, at(2))
  change('setPassword', 'joe', { secret: 'SECRET-3', compared: 'SECRET-2' }, null, at(3))
  change('setTotp', 'joe', { secret: 'SECRET-4', compared: 'SECRET-3' }, null, at(3))
  change(
    'addPasskey',
    'joe',
    {
      passkey: { key: 'k', name: 'Key', secret: 'SECRET-5', counter: 0, host: 'hunt.example' },
      compared: 'SECRET-3',
    },
    null,
    at(3),
  )
  change('makeToken', { id: 't', hash: 'SECRET-6', name: 'wall', scope: 'display', expiresAt: null }, at(4))
  change('revokeToken', 't', at(5))
  change('resetAccount', 'joe', { hash: 'SECRET-7', expiresAt: start + 99 }, at(6))
  signIn('joe', 7)
  const ask = async (filter: object) =>
    (await reads.audit({ ...everything, ...filter }, { offset: 0, limit: 2 })).rows.map(({ action }) => action)
  assert.deepEqual(await ask({ actor: 'JOE' }), ['signed-in', 'link-used'])
  assert.deepEqual(await ask({ action: 'token-made' }), ['token-made'])
  assert.deepEqual(await ask({ subject: 't' }), ['token-revoked', 'token-made'])
  assert.deepEqual(await ask({ from: start + 5, to: start + 6 }), ['user-reset', 'token-revoked'])
  const { total } = await reads.audit(everything, { offset: 0, limit: 2 })
  const rows = await log()
  assert.equal(total, rows.length)
  assert.doesNotMatch(JSON.stringify(rows), /SECRET|hash of/)
})
