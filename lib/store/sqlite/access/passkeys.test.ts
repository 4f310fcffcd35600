import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mostPasskeys } from '#lib/model/passkeys.ts'
import { openWriter } from '../writer.ts'
import { mostAttempts } from './attempts.ts'
import { at, keysOf, openAccounts, start } from './testing.ts'

const keyOf = (key: string) => ({ key, name: `Key ${key}`, secret: `public ${key}`, counter: 0, host: 'hunt.example' })

/** What a passkey is added with by somebody whose password was not compared. */
const added = (key: string) => ({ passkey: keyOf(key), compared: null })

let sessions = 0
/** Signs Jane in with a passkey; whether that began a session. */
function useOf(change: ReturnType<typeof openAccounts>['change'], key: string, counter: number, ms = 0): boolean {
  sessions += 1
  const made = { id: `p${sessions}`, hash: `hash of p${sessions}`, account: 'jane', method: 'passkey' } as const
  const from = { address: '10.0.0.7', agent: 'Firefox', expiresAt: start + 1e9, compared: null }
  return change('usePasskey', key, counter, { ...made, ...from }, null, at(ms)).result
}

const challengeOf = (name: string) => ({ hash: `hash of ${name}`, expiresAt: start + 300_000 })

test('a passkey is added and removed with its row of the audit log, which ends all other sessions', async (t) => {
  const { change, signIn, sessionIds, reads, log, close } = openAccounts()
  t.after(close)
  const [mine] = [signIn('jane'), signIn('jane')]
  assert.equal(change('addPasskey', 'jane', added('k'), mine, at(1)).result, 'added')
  assert.deepEqual(sessionIds(), [mine])
  assert.deepEqual(await reads.passkeys('jane'), [
    { id: 'k', name: 'Key k', host: 'hunt.example', createdAt: start + 1, usedAt: null },
  ])
  assert.equal((await reads.accounts(start))[0]?.passkeys, 1)
  signIn('jane')
  assert.equal(change('removePasskey', 'jane', { key: 'k', compared: null }, mine, at(2)).result, true)
  assert.equal(change('removePasskey', 'jane', { key: 'k', compared: null }, mine, at(2)).result, false)
  assert.deepEqual(sessionIds(), [mine])
  assert.deepEqual(await reads.passkeys('jane'), [])
  assert.deepEqual(
    (await log())
      .filter(({ action }) => action.startsWith('passkey-'))
      .map(({ action, subject, before, after }) => [action, subject, before, after]),
    [
      ['passkey-added', 'jane', null, { key: 'k', name: 'Key k', host: 'hunt.example', sessionsEnded: 1 }],
      ['passkey-removed', 'jane', { key: 'k', name: 'Key k' }, { sessionsEnded: 1 }],
    ],
  )
})

test('a passkey and its row of the audit log are stored together or not at all', async (t) => {
  const { writer, change, signIn, sessionIds, reads, close } = openAccounts()
  t.after(close)
  change('addPasskey', 'jane', added('k'), null, at())
  signIn('jane')
  const before = [await reads.passkeys('jane'), sessionIds()]
  writer.db.exec("CREATE TRIGGER refuse BEFORE INSERT ON audit BEGIN SELECT raise(ABORT, 'not now'); END")
  assert.throws(() => change('addPasskey', 'jane', added('second'), null, at()), /not now/)
  assert.throws(() => change('removePasskey', 'jane', { key: 'k', compared: null }, null, at()), /not now/)
  assert.throws(() => useOf(change, 'k', 1), /not now/)
  assert.deepEqual([await reads.passkeys('jane'), sessionIds()], before)
})

test('no account gets or removes the passkey of another one, and none has more than so many', async (t) => {
  const { change, add, reads, close } = openAccounts()
  t.after(close)
  add('Joe')
  change('addPasskey', 'jane', added('k'), null, at())
  assert.equal(change('addPasskey', 'joe', added('k'), null, at()).result, 'taken')
  assert.equal(change('addPasskey', 'jane', added('k'), null, at()).result, 'taken')
  assert.equal(change('removePasskey', 'joe', { key: 'k', compared: null }, null, at()).result, false)
  assert.deepEqual([(await reads.passkeys('jane')).length, (await reads.passkeys('joe')).length], [1, 0])
  for (let n = 1; n < mostPasskeys; n++)
    assert.equal(change('addPasskey', 'jane', added(`${n}`), null, at()).result, 'added')
  assert.equal(change('addPasskey', 'jane', added('more'), null, at()).result, 'too-many')
  assert.equal(change('addPasskey', 'joe', added('more'), null, at()).result, 'added')
})

test('a passkey whose counter does not rise is refused, which the audit log says, unless it does not count', async (t) => {
  const { change, reads, log, close } = openAccounts()
  t.after(close)
  for (const key of ['counts', 'does-not']) change('addPasskey', 'jane', added(key), null, at())
  const use = (key: string, counter: number, ms = 0) => useOf(change, key, counter, ms)
  assert.deepEqual([use('counts', 3, 1), use('counts', 3, 2), use('counts', 0, 3)], [true, false, false])
  assert.equal(use('counts', 4, 4), true)
  assert.deepEqual([use('does-not', 0, 5), use('does-not', 0, 6)], [true, true])
  assert.deepEqual(
    (await reads.passkeys('jane')).map(({ id, usedAt }) => [id, usedAt]),
    [
      ['counts', start + 4],
      ['does-not', start + 6],
    ],
  )
  assert.deepEqual(
    (await log()).filter(({ action }) => action === 'sign-in-failed').map(({ subject, after }) => [subject, after]),
    [3, 0].map((counter) => ['jane', { step: 'passkey counter', name: 'Jane', passkey: 'Key counts', counter }]),
  )
})

test('a challenge is used once until it expires, also after a restart', (t) => {
  const { change, writer, file, close } = openAccounts()
  t.after(close)
  const spend = (name: string, ms: number, to = writer) =>
    to.changeAccess('spendChallenge', challengeOf(name), start + ms).result
  assert.deepEqual([spend('one', 0), spend('one', 1), spend('two', 2)], [true, false, true])
  const restarted = openWriter(file, null)
  assert.equal(spend('one', 100, restarted), false)
  restarted.close()
  assert.equal(spend('late', 300_000), false, 'expired')
  const kept = () => writer.db.prepare('SELECT count(*) FROM spent_challenge').pluck().get()
  change('spendChallenge', { hash: 'later', expiresAt: start + 900_000 }, start + 300_000)
  assert.equal(kept(), 1, 'those that have expired go')
})

test('an attempt with a passkey is counted, uses its challenge up, and finds the passkey', async (t) => {
  const { change, add, log, close } = openAccounts()
  t.after(close)
  add('Joe')
  change('addPasskey', 'joe', added('k'), null, at())
  const begin = (key: string, challenge: string, address = 'here') =>
    change('beginPasskey', keysOf(key, address), key, challengeOf(challenge), at()).result
  const passkey = { account: 'joe', accountName: 'Joe', isDisabled: false, name: 'Key k', secret: 'public k' }
  assert.deepEqual(begin('k', '1'), { wait: 0, limit: null, isFresh: true, passkey })
  assert.deepEqual(begin('k', '1'), { wait: 0, limit: null, isFresh: false, passkey })
  assert.deepEqual(begin('unknown', '2'), { wait: 0, limit: null, isFresh: true, passkey: null })
  change('changeAccount', 'joe', { isDisabled: true }, at())
  assert.equal(begin('k', '3').passkey?.isDisabled, true)
  for (let n = 3; n < mostAttempts.pair; n++) begin('k', `more ${n}`)
  const refused = begin('k', 'refused')
  assert.ok(refused.wait > 0)
  assert.deepEqual([refused.isFresh, refused.passkey], [false, null], 'it is not checked')
  assert.deepEqual(
    (await log()).filter(({ action }) => action === 'sign-in-limited').map(({ subject, after }) => [subject, after]),
    [['joe', { limit: 'pair' }]],
  )
  assert.equal(begin('k', 'there', 'there').wait, 0)
})

test('resetting an account removes its passkeys', async (t) => {
  const { change, add, reads, signIn, close } = openAccounts()
  t.after(close)
  add('Joe')
  for (const id of ['jane', 'joe']) change('addPasskey', id, added(`of ${id}`), null, at())
  change('changeAccount', 'joe', { isDisabled: true }, at())
  assert.equal(signIn('joe'), null)
  assert.equal((await reads.passkeys('joe')).length, 1, 'enabled again, it has it again')
  change('resetAccount', 'joe', { hash: 'link', expiresAt: start + 9 }, at())
  assert.deepEqual([(await reads.passkeys('joe')).length, (await reads.passkeys('jane')).length], [0, 1])
})

test('a session that has ended meanwhile changes no passkey, and one that was removed meanwhile begins no session', async (t) => {
  const { change, signIn, sessionIds, reads, log, close } = openAccounts()
  t.after(close)
  change('addPasskey', 'jane', added('k'), null, at())
  const ended = signIn('jane')
  change('setPassword', 'jane', { secret: 'scrypt', compared: null }, null, at())
  assert.equal(change('addPasskey', 'jane', added('second'), ended, at()).result, 'ended')
  assert.equal(change('removePasskey', 'jane', { key: 'k', compared: null }, ended, at()).result, false)
  assert.equal((await reads.passkeys('jane')).length, 1)
  change('resetAccount', 'jane', { hash: 'link', expiresAt: start + 9 }, at())
  assert.equal(useOf(change, 'k', 1), false)
  assert.deepEqual(sessionIds(), [])
  assert.deepEqual((await log()).at(-1)?.after, { step: 'passkey', name: null })
})

test('a password that was compared before it was changed neither adds a passkey nor removes one', async (t) => {
  const { change, signIn, reads, close } = openAccounts()
  t.after(close)
  const mine = signIn('jane')
  const set = (secret: string) => change('setPassword', 'jane', { secret, compared: null }, mine, at())
  const add = (key: string, compared: string) =>
    change('addPasskey', 'jane', { passkey: keyOf(key), compared }, mine, at()).result
  const remove = (compared: string) => change('removePasskey', 'jane', { key: 'k', compared }, mine, at()).result
  set('old')
  assert.equal(add('k', 'old'), 'added')
  set('new')
  assert.deepEqual([add('second', 'old'), remove('old')], ['changed', false])
  assert.deepEqual(
    (await reads.passkeys('jane')).map(({ id }) => id),
    ['k'],
  )
  assert.deepEqual([add('second', 'new'), remove('new')], ['added', true])
})
