import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sessionLimits } from '#lib/model/access.ts'
import { openWriter } from '../writer.ts'
import { attemptWindow, mostAttempts } from './attempts.ts'
import { at, keysOf, openAccounts, start } from './testing.ts'

test('attempts are counted for an account from an address, for an address and for an account, also after a restart', async (t) => {
  const { change, writer, file, log, close } = openAccounts()
  t.after(close)
  const attempt = (name: string, address: string, ms = 0, to = writer) =>
    to.changeAccess('beginAttempt', keysOf(name, address), name, at(ms)).result.wait
  for (let n = 0; n < mostAttempts.pair; n++) assert.equal(attempt('jane', 'here'), 0)
  assert.equal(attempt('jane', 'here', 1000), attemptWindow - 1000)
  assert.equal(attempt('jane', 'there', 1000), 0, 'another address')
  assert.equal(attempt('joe', 'here', 1000), 0, 'another name')
  const restarted = openWriter(file, null)
  assert.equal(attempt('jane', 'here', 2000, restarted), attemptWindow - 2000)
  restarted.close()
  assert.equal(attempt('jane', 'here', attemptWindow), 0, 'the next window')

  for (let n = 0; n < mostAttempts.address; n++) attempt(`name ${n}`, 'one address', attemptWindow)
  assert.ok(attempt('another name', 'one address', attemptWindow) > 0)
  for (let n = 0; n < mostAttempts.account; n++) attempt('one name', `address ${n}`, attemptWindow)
  assert.ok(attempt('one name', 'another address', attemptWindow) > 0)
  assert.ok(attempt('one name', 'another address', attemptWindow) > 0)

  const limited = (await log()).filter(({ action }) => action === 'sign-in-limited')
  assert.deepEqual(
    limited.map(({ subject, after }) => [subject, after?.limit]),
    [
      ['jane', 'pair'],
      [null, 'address'],
      [null, 'account'],
    ],
    'once a window, and nothing of the name that was typed',
  )
  assert.deepEqual(change('failAttempt', 'jane', 'password', at()).result, undefined)
})

test('what is refused is not checked, and a success forgets the failures of its account and address', (t) => {
  const { change, signIn, close } = openAccounts()
  t.after(close)
  change('setPassword', 'jane', { secret: 'scrypt of jane', compared: null }, null, at())
  const keys = keysOf('jane', 'here')
  const begin = () => change('beginAttempt', keys, 'jane', at()).result
  for (let n = 1; n < mostAttempts.pair; n++) begin()
  assert.equal(begin().secrets?.password, 'scrypt of jane')
  assert.equal(begin().secrets, null)
  assert.notEqual(signIn('jane', 0, keys), null)
  assert.deepEqual([begin().wait, begin().secrets?.name], [0, 'Jane'])
  // Who signs in again and again does not use up the attempts of others at the same address.
  for (let n = 0; n < 2 * mostAttempts.account; n++) {
    assert.equal(begin().wait, 0)
    signIn('jane', 0, keys)
  }
})

test('a clock that is set back makes nobody wait longer than a window', (t) => {
  const { change, close } = openAccounts()
  t.after(close)
  const year = 365 * 86_400_000
  const begin = (ms: number) => change('beginAttempt', keysOf('jane', 'here'), 'jane', at(ms)).result.wait
  for (let n = 0; n < mostAttempts.pair; n++) begin(year)
  assert.equal(begin(year), attemptWindow)
  assert.equal(begin(0), attemptWindow)
  assert.equal(begin(1000), attemptWindow - 1000)
  assert.equal(begin(attemptWindow), 0)
})

test('an unknown name takes the same steps as a wrong password', async (t) => {
  const { change, writer, log, close } = openAccounts()
  t.after(close)
  const written = (name: string, account: string | null) => {
    const rows = () =>
      writer.db.prepare('SELECT (SELECT count(*) FROM attempt), (SELECT count(*) FROM audit)').raw().get()
    const [attempts = 0, audits = 0] = rows() as number[]
    change('beginAttempt', keysOf(name, name), name, at())
    change('failAttempt', account, 'password', at())
    const [after = 0, last = 0] = rows() as number[]
    return [after - attempts, last - audits]
  }
  assert.deepEqual(written('jane', 'jane'), written('nobody', null))
  const failed = (await log()).filter(({ action }) => action === 'sign-in-failed')
  assert.deepEqual(
    failed.map(({ subject, after }) => [subject, after]),
    [
      ['jane', { step: 'password', name: 'Jane' }],
      [null, { step: 'password', name: null }],
    ],
  )
})

test('an account has so many sessions at most, and those that are over go', async (t) => {
  const { signIn, add, change, sessionIds, reads, close } = openAccounts()
  t.after(close)
  add('Joe')
  const first = signIn('jane')
  const other = signIn('joe')
  for (let n = 1; n < sessionLimits.most; n++) signIn('jane', n)
  change('noteUses', [{ kind: 'session', id: first ?? '', at: start + 1000 }])
  const last = signIn('jane', 2000)
  const ids = sessionIds()
  assert.equal(ids.length, sessionLimits.most + 1)
  assert.ok(
    [first, other, last].every((id) => ids.includes(id ?? '')),
    'the one that was not used for longest goes',
  )
  assert.ok(!ids.includes('s3'))
  const later = sessionLimits.idle + 100
  assert.deepEqual(
    (await reads.sessions(null, start + later)).map(({ id }) => id),
    [last, first],
  )
  const next = signIn('joe', later)
  assert.deepEqual(sessionIds().sort(), [first, last, next].sort())
})

test('sessions are ended by their owner or by an administrator, and all but one at a new password', async (t) => {
  const { signIn, add, change, sessionIds, log, close } = openAccounts()
  t.after(close)
  add('Joe')
  const [mine = '', second = '', theirs = ''] = [signIn('jane'), signIn('jane'), signIn('joe')].map(String)
  const end = (id: string, account: string | null) => change('endSession', id, account, 'session-ended', at()).result
  assert.equal(end(theirs, 'jane'), false, 'not one of Jane')
  assert.equal(end('none', null), false)
  change('setPassword', 'jane', { secret: 'scrypt', compared: null }, mine, at())
  assert.deepEqual(sessionIds().sort(), [mine, theirs].sort())
  assert.equal(end(theirs, null), true)
  assert.equal(end(mine, 'jane'), true)
  assert.deepEqual(sessionIds(), [])
  assert.ok(!sessionIds().includes(second))
  const signed = (await log()).filter(({ action }) => action === 'signed-in')
  assert.deepEqual(
    signed.map(({ actor, subject }) => [actor.kind, actor.name, subject]),
    [
      ['account', 'Jane', mine],
      ['account', 'Jane', second],
      ['account', 'Joe', theirs],
    ],
  )
})

test('what a password allowed that was compared before a reset is not done after it', async (t) => {
  const { change, signIn, sessionIds, log, close } = openAccounts()
  t.after(close)
  change('setPassword', 'jane', { secret: 'old', compared: null }, null, at())
  const set = (secret: string, compared: string) =>
    change('setPassword', 'jane', { secret, compared }, null, at()).result
  const app = (secret: string | null, compared: string) =>
    change('setTotp', 'jane', { secret, compared }, null, at()).result
  assert.notEqual(signIn('jane', 0, null, 'old'), null)
  assert.equal(app('sealed', 'old'), true)
  change('resetAccount', 'jane', { hash: 'link', expiresAt: start + 9 }, at())
  const rows = (await log()).length
  for (const before of ['old', 'new'] as const) {
    assert.equal(signIn('jane', 0, null, 'old'), null)
    assert.deepEqual([set('evil', 'old'), app('evil', 'old'), app(null, 'old')], [false, false, false])
    assert.equal((await log()).length, before === 'old' ? rows : rows + 1)
    if (before === 'old') change('useLink', 'link', 'new', null, at())
  }
  assert.deepEqual(sessionIds(), [])
  const secrets = change('secretsOf', 'jane').result
  assert.deepEqual([secrets?.password, secrets?.totp], ['new', null])
  assert.notEqual(signIn('jane', 0, null, 'new'), null)
  assert.equal(set('newest', 'new'), true)
})

test('an attempt without a name is counted for its address, one of a user for the user, wherever it comes from', (t) => {
  const { change, signIn, close } = openAccounts()
  t.after(close)
  const begin = (keys: Partial<ReturnType<typeof keysOf>>) => change('beginAttempt', keys, null, at()).result.limit
  const { pair, address, account } = keysOf('provider', 'here')
  for (let n = 0; n < mostAttempts.pair; n++) assert.equal(begin({ pair, address }), null)
  assert.equal(begin({ pair, address }), 'pair')
  assert.notEqual(signIn('jane', 0, { pair, address, account }), null)
  assert.equal(begin({ pair, address }), null, 'a success forgets')
  for (let n = 0; n < mostAttempts.account; n++) assert.equal(begin({ account }), null)
  assert.equal(begin({ account }), 'account')
})

test('what cannot change who may use the server does not bring all of it along', (t) => {
  const { change, close } = openAccounts()
  t.after(close)
  const keys = keysOf('jane', 'here')
  assert.equal(change('beginAttempt', keys, 'jane', at()).identities, null)
  assert.equal(change('failAttempt', 'jane', 'password', at()).identities, null)
  assert.equal(change('record', 'exported', null, {}, at()).identities, null)
  assert.equal(change('endSessionsOf', 'jane', null, at()).identities?.accounts.length, 1)
})

test('a step of TOTP is used once, and none before it after it', (t) => {
  const { change, close } = openAccounts()
  t.after(close)
  const use = (step: number) => change('useTotpStep', 'jane', step).result
  assert.equal(use(5), false, 'without a second factor')
  change('setTotp', 'jane', { secret: 'sealed', compared: null }, null, at())
  assert.deepEqual([use(7), use(7), use(6), use(8)], [true, false, false, true])
  change('setTotp', 'jane', { secret: null, compared: null }, null, at())
  assert.equal(change('secretsOf', 'jane').result?.totp, null)
})
