import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openFixture } from '#lib/ingest/testing.ts'
import { at, openAccounts, start } from './testing.ts'

test('the link of the first administrator works once, until it expires or there is an account', async (t) => {
  const { writer, reads, close } = openFixture()
  t.after(close)
  const { changeAccess: change } = writer
  const make = (hash: string) => change('makeSetUpLink', { hash, expiresAt: start + 1000 }, at()).result
  const use = (hash: string, id: string, ms = 0) => change('useLink', hash, 'scrypt', { id, name: id }, at(ms)).result
  assert.ok(make('first') && make('second'))
  assert.equal(use('first', 'jane'), null, 'a later link takes its place')
  assert.equal(change('useLink', 'second', 'scrypt', null, at()).result, null, 'it needs a name')
  assert.equal(use('second', 'jane', 1000), null, 'it has expired')
  assert.deepEqual(writer.identities().links, [{ hash: 'second', account: null, expiresAt: start + 1000 }])
  assert.equal(use('second', 'jane', 999), 'jane')
  assert.equal(use('second', 'joe'), null)
  assert.equal(make('third'), false)
  assert.deepEqual(
    (await reads.accounts(start)).map(({ name, role, hasPassword }) => [name, role, hasPassword]),
    [['jane', 'admin', true]],
  )
})

test('an account that is added ends the link of the first administrator', (t) => {
  const { writer, close } = openFixture()
  t.after(close)
  const { changeAccess: change } = writer
  change('makeSetUpLink', { hash: 'set-up', expiresAt: start + 1000 }, at())
  change('addAccount', { id: 'joe', name: 'Joe', role: 'admin', origin: 'local' }, null, at())
  assert.deepEqual(writer.identities().links, [])
  assert.equal(change('useLink', 'set-up', 'scrypt', { id: 'x', name: 'x' }, at()).result, null)
})

test('the link of an account sets its password, ends its sessions, and is used up', async (t) => {
  const { change, signIn, sessionIds, log, close } = openAccounts()
  t.after(close)
  const link = { hash: 'link', expiresAt: start + 1000 }
  change('addAccount', { id: 'joe', name: 'Joe', role: 'viewer', origin: 'local' }, link, at())
  const kept = signIn('jane')
  signIn('joe')
  // The name belongs to the first administrator's link only.
  assert.equal(change('useLink', 'link', 'scrypt of joe', { id: 'evil', name: 'evil' }, at()).result, 'joe')
  assert.deepEqual(sessionIds(), [kept])
  assert.equal(change('secretsOf', 'joe').result?.password, 'scrypt of joe')
  assert.equal(change('useLink', 'link', 'scrypt of another', null, at()).result, null)
  assert.equal(change('secretsOf', 'joe').result?.password, 'scrypt of joe')
  const [used] = (await log()).filter(({ action }) => action === 'link-used')
  assert.deepEqual(used?.actor, { kind: 'account', id: 'joe', name: 'Joe' })
})
