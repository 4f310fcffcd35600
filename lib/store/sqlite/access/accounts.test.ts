import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openFixture } from '#lib/ingest/testing.ts'
import { isAdminMissing, isLastAdmin, isNameTaken } from '../../errors.ts'
import { at, openAccounts, start } from './testing.ts'

test('names of accounts are compared without case, however their accents are written', async (t) => {
  const { add, change, reads, log, close } = openAccounts()
  t.after(close)
  add('José')
  for (const name of ['JANE', 'jane', 'JOSE\u0301'])
    assert.throws(
      () => change('addAccount', { id: 'x', name, role: 'admin', origin: 'local' }, null, at()),
      isNameTaken,
    )
  assert.deepEqual(
    (await reads.accounts(start)).map(({ name, role }) => `${name} ${role}`),
    ['Jane admin', 'José viewer'],
  )
  assert.deepEqual(
    (await log()).map(({ action, subject, after }) => [action, subject, after?.name]),
    [
      ['user-added', 'jane', 'Jane'],
      ['user-added', 'josé', 'José'],
    ],
  )
})

test('the first account is an administrator, whoever adds it', (t) => {
  const { writer, close } = openFixture()
  t.after(close)
  const { changeAccess: change } = writer
  const user = { issuer: 'https://id.example', subject: '17', name: 'Joe' }
  for (const role of ['viewer', 'analyst'] as const) {
    for (const origin of ['local', 'proxy'] as const)
      assert.throws(() => change('addAccount', { id: 'joe', name: 'Joe', role, origin }, null, at()), isAdminMissing)
    assert.throws(() => change('externalAccount', { ...user, id: 'joe', role }, at()), isAdminMissing)
  }
  assert.deepEqual(writer.identities().accounts, [])
  change('externalAccount', { ...user, id: 'joe', role: 'admin' }, at())
  change('addAccount', { id: 'jane', name: 'Jane', role: 'viewer', origin: 'local' }, null, at())
  assert.equal(writer.identities().accounts.length, 2)
})

test('there is always an administrator who is not disabled', (t) => {
  const { add, change, writer, close } = openAccounts()
  t.after(close)
  add('Joe', 'analyst')
  const lower = (id: string) => change('changeAccount', id, { role: 'viewer' }, at()).result
  const disable = (id: string) => change('changeAccount', id, { isDisabled: true }, at()).result
  assert.throws(() => lower('jane'), isLastAdmin)
  assert.throws(() => disable('jane'), isLastAdmin)
  change('changeAccount', 'joe', { role: 'admin' }, at())
  assert.equal(disable('jane'), true)
  assert.throws(() => disable('joe'), isLastAdmin)
  // One that is disabled does not count, and may be changed.
  assert.equal(lower('jane'), true)
  assert.deepEqual(
    writer.identities().accounts.map(({ id, role, isDisabled }) => [id, role, isDisabled]),
    [
      ['jane', 'viewer', true],
      ['joe', 'admin', false],
    ],
  )
  assert.equal(change('changeAccount', 'nobody', { role: 'admin' }, at()).result, false)
})

test('an account that is disabled or reset has no session, and no earlier link opens it', async (t) => {
  const { change, add, signIn, sessionIds, linkOf, reads, log, close } = openAccounts()
  t.after(close)
  add('Joe')
  change('resetAccount', 'joe', { hash: 'first', expiresAt: start + 9 }, at())
  change('setPassword', 'joe', { secret: 'scrypt of joe', compared: null }, null, at())
  change('setTotp', 'joe', { secret: 'sealed', compared: null }, null, at())
  const kept = signIn('jane')
  signIn('joe')
  assert.equal(change('changeAccount', 'joe', { isDisabled: true }, at()).result, true)
  assert.deepEqual(sessionIds(), [kept])
  assert.equal(signIn('joe'), null)
  assert.equal(linkOf('first'), null)

  change('changeAccount', 'joe', { isDisabled: false }, at())
  signIn('joe')
  change('resetAccount', 'joe', { hash: 'second', expiresAt: start + 9 }, at())
  change('resetAccount', 'joe', { hash: 'third', expiresAt: start + 9 }, at())
  assert.deepEqual(sessionIds(), [kept])
  assert.equal(linkOf('second'), null)
  assert.deepEqual(linkOf('third'), { hash: 'third', account: 'joe', expiresAt: start + 9 })
  const joe = (await reads.accounts(start)).find(({ id }) => id === 'joe')
  assert.deepEqual([joe?.hasPassword, joe?.hasTotp, joe?.sessions], [false, false, 0])
  assert.equal(change('resetAccount', 'nobody', { hash: 'x', expiresAt: 1 }, at()).result, null)
  assert.deepEqual(
    (await log()).filter(({ action }) => action === 'user-changed').map(({ before, after }) => [before, after]),
    [
      [
        { name: 'Joe', role: 'viewer', isDisabled: false },
        { name: 'Joe', role: 'viewer', isDisabled: true },
      ],
      [
        { name: 'Joe', role: 'viewer', isDisabled: true },
        { name: 'Joe', role: 'viewer', isDisabled: false },
      ],
    ],
  )
})

test('a reset of an account that signs in elsewhere ends its sessions and makes no other way in', async (t) => {
  const { change, signIn, sessionIds, linkOf, log, close } = openAccounts()
  t.after(close)
  change('addAccount', { id: 'petra', name: 'Petra', role: 'viewer', origin: 'proxy' }, null, at())
  const user = { id: 'olga', name: 'Olga', role: 'viewer', issuer: 'https://id.example', subject: '17' } as const
  change('externalAccount', user, at())
  for (const id of ['petra', 'olga']) {
    const kept = signIn('jane')
    signIn(id)
    assert.deepEqual(change('resetAccount', id, { hash: id, expiresAt: start + 9 }, at()).result, { hasLink: false })
    assert.equal(linkOf(id), null)
    assert.deepEqual(sessionIds(), [kept])
    change('endSession', kept ?? '', null, 'session-ended', at())
  }
  const reset = (await log()).filter(({ action }) => action === 'user-reset')
  assert.deepEqual(
    reset.map(({ after }) => after),
    [1, 1].map((sessionsEnded) => ({ sessionsEnded, linkExpiresAt: null })),
  )
})

test("a provider's user is known by issuer and subject, never by the name, and has the role it was given last", async (t) => {
  const { change, reads, signIn, writer, close } = openAccounts()
  t.after(close)
  const user = { issuer: 'https://id.example', subject: '17', name: 'jane', role: 'analyst' } as const
  const find = (of: Partial<typeof user> & { id: string }) =>
    change('externalAccount', { ...user, ...of } as never, at()).result
  assert.equal(find({ id: 'one' }), 'one')
  assert.equal(find({ id: 'two' }), 'one')
  assert.equal(find({ id: 'three', issuer: 'https://other.example' } as never), 'three')
  assert.equal(find({ id: 'four', role: 'viewer' } as never), 'one')
  const rows = () => reads.accounts(start).then((all) => all.map(({ id, name, role }) => [id, name, role]))
  assert.deepEqual(await rows(), [
    ['jane', 'Jane', 'admin'],
    ['one', 'jane (2)', 'viewer'],
    ['three', 'jane (3)', 'analyst'],
  ])
  change('changeAccount', 'one', { isDisabled: true }, at())
  assert.equal(find({ id: 'five' }), null)
  assert.equal(signIn('one'), null)
  // It would leave nobody to administer the server.
  find({ id: 'six', issuer: 'https://other.example', role: 'admin' } as never)
  change('changeAccount', 'jane', { role: 'viewer' }, at())
  assert.throws(() => find({ id: 'seven', issuer: 'https://other.example' } as never), isLastAdmin)
  assert.equal(writer.identities().accounts.length, 3)
})

test('the first change is one too if no setting was set before', async (t) => {
  const { change, log, close } = openAccounts()
  t.after(close)
  change('seeSettings', {}, at())
  change('seeSettings', {}, at())
  change('seeSettings', { PLAIN_HTTP: '1' }, at())
  change('seeSettings', {}, at())
  assert.deepEqual(
    (await log())
      .filter(({ action }) => action === 'setting-changed')
      .map(({ subject, after }) => [subject, after?.value]),
    [
      ['PLAIN_HTTP', '1'],
      ['PLAIN_HTTP', null],
    ],
  )
})

test('settings are compared with those of the last start', async (t) => {
  const { change, log, close } = openAccounts()
  t.after(close)
  change('seeSettings', { PORT: '3000', HOST: '127.0.0.1' }, at())
  change('seeSettings', { PORT: '3000', HOST: '127.0.0.1' }, at())
  change('seeSettings', { PORT: '4000', TLS_CERT: 'a.pem' }, at())
  const changed = (await log()).filter(({ action }) => action === 'setting-changed')
  assert.deepEqual(
    changed.map(({ subject, before, after }) => [subject, before?.value, after?.value]),
    [
      ['HOST', '127.0.0.1', null],
      ['PORT', '3000', '4000'],
      ['TLS_CERT', null, 'a.pem'],
    ],
  )
})
