import assert from 'node:assert/strict'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import { type Role, sessionLimits } from '#lib/model/access.ts'
import { forgetShared } from '#lib/process/shared.ts'
import { isLastAdmin, isNameTaken } from '#lib/store/errors.ts'
import { type Actor, anonymousActor, theLocalActor } from './actor.ts'
import { attemptKeys } from './attempts.ts'
import { asRequest, context } from './context.ts'
import {
  accountNamed,
  isClosed,
  isStillValid,
  loadIdentities,
  noteUse,
  onChange,
  sessionBy,
  tokenBy,
} from './identities.ts'
import { hashOf } from './random.ts'
import { keyedHash, secretFile } from './secret.ts'
import { signInWrites } from './sign-in-writes.ts'
import { endProcess } from './testing.ts'

const start = 1_790_000_000_000

function openFolder(t: TestContext) {
  const { folder, file, remove } = temporaryFolder()
  process.env.DATA_DIR = folder
  t.after(async () => {
    await endProcess()
    remove()
  })
  return { folder, file }
}

const as = <Result>(work: (given: Awaited<ReturnType<typeof context>>) => Result, now = start, actor = theLocalActor) =>
  asRequest(actor, async () => work(await context()), { now, address: '10.0.0.7' })

const signIn = async (account: string, now = start) => {
  const at = { address: '10.0.0.7', agent: 'Firefox', name: null }
  const made = await as(({ by }) => signInWrites(by).signIn(account, 'password', at), now)
  assert.ok(made !== null)
  return made
}

const actorOf = (secret: string, now = start): Actor => {
  const found = sessionBy(hashOf(secret), now)
  assert.ok(found !== null)
  const { id, name, role } = found.account
  return { kind: 'account', id, name, role, session: found.session.id }
}

test('who may use the server is known from the moment a change is stored, without asking the store', async (t) => {
  const { file } = openFolder(t)
  assert.throws(isClosed, /is not known yet/)
  await loadIdentities()
  assert.deepEqual([isClosed(), isStillValid(theLocalActor, start)], [false, true])
  let changes = 0
  const stop = onChange(() => {
    changes += 1
  })
  const { id } = await as(({ writes }) => writes.addAccount('Jane', 'admin'))
  assert.deepEqual([isClosed(), isStillValid(theLocalActor, start), changes], [true, false, 1])
  assert.deepEqual([accountNamed('JANE')?.id, accountNamed('joe')], [id, null])
  stop()
  await assert.rejects(
    as(({ writes }) => writes.addAccount('jane', 'admin')),
    isNameTaken,
  )
  await assert.rejects(
    as(({ writes }) => writes.changeAccount(id, { isDisabled: true })),
    isLastAdmin,
  )

  const { secret, session } = await signIn(id)
  const jane = actorOf(secret)
  assert.deepEqual([isStillValid(jane, start), isStillValid(anonymousActor, start)], [true, true])
  assert.equal(sessionBy(hashOf('invented'), start), null)
  const token = await as(({ writes }) => writes.makeToken('wall', 'display', start + 9), start, jane)
  assert.match(token.secret, /^asrhunt_display_[\w-]{43}$/)
  const wall: Actor = { kind: 'token', id: token.id, name: 'wall', scope: 'display' }
  assert.equal(tokenBy(hashOf(token.secret), start)?.name, 'wall')
  assert.deepEqual([isStillValid(wall, start + 8), isStillValid(wall, start + 9)], [true, false])
  assert.equal(tokenBy(hashOf(token.secret), start + 9), null)
  assert.equal(changes, 1)

  // The next process knows the same.
  await endProcess()
  await loadIdentities()
  assert.ok(isStillValid(jane, start) && isStillValid(wall, start))
  await as(({ writes }) => writes.revokeToken(token.id))
  assert.equal(isStillValid(wall, start), false)
  await as(({ writes }) => writes.endSession(session, null))
  assert.deepEqual([isStillValid(jane, start), sessionBy(hashOf(secret), start)], [false, null])
  for (const each of [file, `${file}-wal`])
    for (const kept of [secret, token.secret, token.secret.slice(-43)]) assert.ok(!readFileSync(each).includes(kept))
})

test('a session ends with its account, with a change of its role, after a pause and after its longest time', async (t) => {
  openFolder(t)
  await loadIdentities()
  const add = async (name: string, role: Role) => (await as(({ writes }) => writes.addAccount(name, role))).id
  await add('Jane', 'admin')
  const id = await add('Joe', 'viewer')
  const { secret, session } = await signIn(id)
  const joe = actorOf(secret)
  const { idle, longest } = sessionLimits
  assert.ok(isStillValid(joe, start + idle - 1) && !isStillValid(joe, start + idle))
  // Each use is one pause more, until the longest time has passed.
  for (let now = start; now < start + longest; now += idle - 1) {
    assert.ok(sessionBy(hashOf(secret), now), `${now - start}`)
    noteUse('session', session, now)
  }
  noteUse('session', session, start + longest - 1)
  assert.equal(sessionBy(hashOf(secret), start + longest), null)

  const again = await signIn(id)
  const second = actorOf(again.secret)
  await as(({ writes }) => writes.changeAccount(id, { role: 'analyst' }))
  assert.equal(isStillValid(second, start), false, 'what it was answered as a viewer ends')
  assert.equal(sessionBy(hashOf(again.secret), start)?.account.role, 'analyst', 'the session goes on')
  await as(({ writes }) => writes.changeAccount(id, { isDisabled: true }))
  assert.equal(sessionBy(hashOf(again.secret), start), null)
})

test('the last use is stored together for all sessions, and not at each request', async (t) => {
  openFolder(t)
  t.mock.timers.enable({ apis: ['setTimeout'] })
  await loadIdentities()
  const { id } = await as(({ writes }) => writes.addAccount('Jane', 'admin'))
  const sessions = [await signIn(id), await signIn(id), await signIn(id)]
  const stored = Promise.withResolvers<void>()
  let changes = 0
  t.after(
    onChange(() => {
      changes += 1
      stored.resolve()
    }),
  )
  const later = start + 5 * 60_000
  for (let n = 0; n < 100; n++)
    for (const [index, { session }] of sessions.entries()) noteUse('session', session, later - index + n)
  t.mock.timers.tick(10_000)
  await stored.promise
  t.mock.timers.reset()
  assert.equal(changes, 1)
  const rows = await as(({ reads }) => reads.sessions(id, later))
  // The second was first used a millisecond before five minutes had passed, and then again.
  assert.deepEqual(
    rows.map(({ usedAt }) => usedAt - later),
    [99, 98, 97],
  )
  assert.equal((await as(({ reads }) => reads.accounts(later)))[0]?.usedAt, later + 99)
})

test('the last use of an account that a proxy names is stored too, and that of a provider with its session', async (t) => {
  openFolder(t)
  t.mock.timers.enable({ apis: ['setTimeout'] })
  await loadIdentities()
  await as(({ writes }) => writes.addAccount('Jane', 'admin'))
  const petra = await as(({ writes }) => writes.addProxyAccount('Petra', 'viewer'))
  const user = { issuer: 'https://id.example', subject: '17', name: 'Olga', role: 'viewer' } as const
  const olga = (await as(({ by }) => signInWrites(by).externalAccount(user))) ?? ''
  const { session } = await signIn(olga)
  const usedAt = async (id: string) =>
    (await as(({ reads }) => reads.accounts(start))).find((each) => each.id === id)?.usedAt
  assert.deepEqual([await usedAt(petra), await usedAt(olga)], [null, start])
  const stores = async (at: number) => {
    const stored = Promise.withResolvers<void>()
    const stop = onChange(stored.resolve)
    noteUse('account', petra, at)
    noteUse('session', session, at)
    t.mock.timers.tick(10_000)
    await stored.promise
    stop()
  }
  await stores(start + 300_000)
  assert.deepEqual([await usedAt(petra), await usedAt(olga)], [start + 300_000, start + 300_000])
  noteUse('account', petra, start + 599_999)
  await stores(start + 600_000)
  assert.deepEqual([await usedAt(petra), await usedAt(olga)], [start + 600_000, start + 600_000])
})

test('an account signs its decisions, whatever name the browser says', async (t) => {
  openFolder(t)
  await loadIdentities()
  const { id } = await as(({ writes }) => writes.addAccount('Jane', 'admin'))
  const jane = actorOf((await signIn(id)).secret)
  const made = {
    ...({ disposition: 'known-good', scope: null, reason: '', expiresAt: null, author: 'somebody' } as const),
    patterns: [{ column: 'Path' as const, step: 'exact' as const, value: 'a', isWildcard: false }],
  }
  const [own] = await as(({ writes, now }) => writes.decide([made], now), start, jane)
  assert.deepEqual([own?.author, own?.isSigned], ['Jane', true])
  const [local] = await as(({ writes, now }) => writes.decide([made], now))
  assert.deepEqual([local?.author, local?.isSigned], ['somebody', false])
  await as(({ writes, now }) => writes.setGroups([{ name: 'a', patterns: ['a'] }], 'somebody', now, null), start, jane)
  const first = { offset: 0, limit: 9 }
  const history = await as(({ reads }) => reads.decisionHistory(own?.id ?? '', first))
  assert.deepEqual([history.rows[0]?.author, history.rows[0]?.isSigned], ['Jane', true])
  const groups = await as(({ reads }) => reads.groupHistory(first))
  assert.deepEqual([groups.rows[0]?.author, groups.rows[0]?.isSigned], ['Jane', true])
  const log = { actor: 'Jane', action: null, subject: null, from: null, to: null }
  const { rows } = await as(({ reads }) => reads.audit(log, first))
  assert.deepEqual(
    rows.map(({ action, actor, address }) => [action, actor.id, address]),
    [
      ['groups-changed', id, '10.0.0.7'],
      ['decided', id, '10.0.0.7'],
      ['signed-in', id, '10.0.0.7'],
    ],
  )
})

test('the secret of a data folder is made once, for its owner only, and a damaged one is not used', (t) => {
  openFolder(t)
  const before = attemptKeys('Jane', '10.0.0.7')
  if (process.platform !== 'win32') assert.equal(statSync(secretFile()).mode & 0o777, 0o600)
  forgetShared()
  assert.deepEqual(attemptKeys(' JANE', '10.0.0.7'), before, 'after a restart, without case')
  const different = [attemptKeys('Joe', '10.0.0.7'), attemptKeys('Jane', '10.0.0.8')]
  assert.deepEqual(
    different.map(({ pair, address, account }) => [
      pair === before.pair,
      address === before.address,
      account === before.account,
    ]),
    [
      [false, true, false],
      [false, false, true],
    ],
  )
  assert.notEqual(keyedHash('attempt', 'a'), keyedHash('another', 'a'))
  forgetShared()
  writeFileSync(secretFile(), 'short')
  assert.throws(() => keyedHash('attempt', 'a'), /secret\.key has 5 bytes instead of 32/)
})
