import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { GET as getAuditLog } from '#app/api/v1/audit-log/route.ts'
import { POST as openDisplay } from '#app/api/v1/display/route.ts'
import { GET as getGroups } from '#app/api/v1/groups/route.ts'
import { DELETE as endSession } from '#app/api/v1/sessions/[id]/route.ts'
import { GET as getSessions } from '#app/api/v1/sessions/route.ts'
import { GET as getSettings } from '#app/api/v1/settings/route.ts'
import { GET as getStorage } from '#app/api/v1/storage/route.ts'
import { DELETE as revokeToken } from '#app/api/v1/tokens/[id]/route.ts'
import { GET as getTokens, POST as makeToken } from '#app/api/v1/tokens/route.ts'
import { type Actor, anonymousActor } from '#lib/access/actor.ts'
import { asRequest, context, serverContext } from '#lib/access/context.ts'
import { loadIdentities, sessionBy, tokenBy } from '#lib/access/identities.ts'
import { hashOf } from '#lib/access/random.ts'
import { endProcess } from '#lib/access/testing.ts'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import { log } from '#lib/log/log.ts'
import type { AuditRow } from '#lib/model/access.ts'
import { forgetShared } from '#lib/process/shared.ts'
import { listDecisions } from './decisions.ts'
import { recordExport } from './export-record.ts'
import { serveTable } from './serve-table.ts'
import { knownSettings, noteSettings, settingsSeen } from './settings-seen.ts'
import { addAccount, sessionOf } from './testing-answers.ts'

const root: Actor = { kind: 'account', id: 'root', name: 'root', role: 'admin', session: 's' }
const address = '10.0.0.7'

async function open(t: TestContext): Promise<void> {
  const { folder, remove } = temporaryFolder()
  process.env.DATA_DIR = folder
  await loadIdentities()
  t.after(async () => {
    await endProcess()
    remove()
  })
}

const asRoot = <Result>(work: () => Result): Result => asRequest(root, work, { address })
const asked = (query = '', body?: unknown) =>
  new Request(
    `http://127.0.0.1/api/v1/x${query}`,
    body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
  )
const at = (id: string) => ({ params: Promise.resolve({ id }) }) as never

const everything = { actor: null, action: null, subject: null, from: null, to: null }
const audited = async (): Promise<AuditRow[]> =>
  (await (await serverContext()).reads.audit(everything, { offset: 0, limit: 1000 })).rows

test('a token is shown once, named with its maker, and opens nothing after it is revoked', async (t) => {
  await open(t)
  const expiresAt = '2999-01-01T00:00:00.000Z'
  const answer = await asRoot(() => makeToken(asked('', { name: ' SIEM ', scope: 'read', expiresAt })))
  assert.equal(answer.status, 201)
  const { token, secret } = await answer.json()
  assert.match(secret, /^asrhunt_read_[\w-]{43}$/)
  assert.equal(tokenBy(hashOf(secret), Date.now())?.id, token.id)
  const listed = await (await asRoot(() => getTokens(asked()))).json()
  assert.deepEqual(listed, { total: 1, rows: [token] })
  assert.deepEqual([token.name, token.scope, token.madeBy, token.expiresAt], ['SIEM', 'read', 'root', expiresAt])
  assert.equal((await asRoot(() => revokeToken(asked(), at(token.id)))).status, 204)
  assert.equal(tokenBy(hashOf(secret), Date.now()), null)
  assert.equal((await asRoot(() => revokeToken(asked(), at(token.id)))).status, 404)
  assert.deepEqual(
    (await audited()).map(({ action, actor, address: from, subject }) => [action, actor.name, from, subject]),
    [
      ['token-revoked', 'root', address, token.id],
      ['token-made', 'root', address, token.id],
    ],
  )
})

test('what makes no sense of a token is named, and nothing is made', async (t) => {
  await open(t)
  for (const [body, param] of [
    [{ name: 'a', scope: 'root' }, 'scope'],
    [{ name: '', scope: 'read' }, 'name'],
    [{ name: 'a\u202eb', scope: 'read' }, 'name'],
    [{ name: 'a', scope: 'read', expiresAt: 'tomorrow' }, 'expiresAt'],
    [{ name: 'a', scope: 'read', expiresAt: '2020-01-01T00:00:00.000Z' }, 'expiresAt'],
  ] as const) {
    const answer = await asRoot(() => makeToken(asked('', body)))
    assert.equal(answer.status, 400)
    const { error } = await answer.json()
    assert.deepEqual(
      error.detail.map((problem: { param: string }) => problem.param),
      [param],
    )
  }
  assert.deepEqual(await audited(), [])
})

test('an administrator lists the sessions of all, and ends one', async (t) => {
  await open(t)
  const [anna, bo] = [
    await sessionOf(await addAccount('anna', 'viewer')),
    await sessionOf(await addAccount('bo', 'admin')),
  ]
  const { rows } = await (await asRoot(() => getSessions(asked()))).json()
  assert.deepEqual(rows.map(({ name }: { name: string }) => name).sort(), ['anna', 'bo'])
  assert.equal((await asRoot(() => endSession(asked(), at(anna.session)))).status, 204)
  const hash = (cookie: string) => hashOf(cookie.split('=')[1] ?? '')
  assert.equal(sessionBy(hash(anna.cookie), Date.now()), null)
  assert.notEqual(sessionBy(hash(bo.cookie), Date.now()), null)
  assert.equal((await asRoot(() => endSession(asked(), at(anna.session)))).status, 404)
  const [newest] = await audited()
  assert.deepEqual([newest?.action, newest?.subject, newest?.actor.name], ['session-ended', anna.session, 'root'])
})

test('the audit log is filtered by who, what and when, and exported as NDJSON, which it records itself', async (t) => {
  await open(t)
  for (const name of ['a', 'b', 'c']) await asRoot(() => makeToken(asked('', { name, scope: 'read' })))
  await asRequest({ ...root, name: 'other' }, () => makeToken(asked('', { name: 'd', scope: 'read' })))
  const total = async (query: string) => (await (await asRoot(() => getAuditLog(asked(query)))).json()).total
  assert.equal(await total(''), 4)
  assert.equal(await total('?actor=ROOT'), 3)
  assert.equal(await total('?action=token-made&actor=other'), 1)
  assert.equal(await total('?action=token-revoked'), 0)
  assert.equal(await total(`?to=${new Date(Date.now() - 60_000).toISOString()}`), 0)
  const page = await (await asRoot(() => getAuditLog(asked('?limit=1&page=2')))).json()
  assert.deepEqual(
    page.rows.map(({ after }: AuditRow) => after?.name),
    ['c'],
  )
  const file = await asRoot(() => getAuditLog(asked('?format=ndjson&actor=root')))
  assert.match(file.headers.get('content-disposition') ?? '', /filename="asr-hunt-audit\.ndjson"/)
  const lines = (await file.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as AuditRow)
  assert.deepEqual(
    lines.map(({ action, after }) => [action, after?.name ?? after?.format]),
    [
      ['token-made', 'a'],
      ['token-made', 'b'],
      ['token-made', 'c'],
      ['exported', 'ndjson'],
    ],
  )
  for (const query of ['?action=nothing', '?format=csv', '?format=ndjson&limit=1', '?dest=a', '?from=never'])
    assert.equal((await asRoot(() => getAuditLog(asked(query)))).status, 400, query)
})

test('every export of an account is in the audit log before its first byte, and what is read as a page is not', async (t) => {
  await open(t)
  const ask = (query: string) =>
    asRoot(async () =>
      serveTable(await context(), new Request(`http://127.0.0.1/api/v1/stacking?${query}`), 'stacking'),
    )
  await ask('format=json&dest=a')
  await asRoot(() => getGroups(asked()))
  assert.deepEqual(await audited(), [])
  for (const format of ['csv', 'ndjson', 'md']) {
    // Nothing of the answer is read.
    await ask(`format=${format}&dest=a`)
    const [newest] = await audited()
    assert.deepEqual(
      [newest?.action, newest?.actor.name, newest?.address, newest?.after],
      ['exported', 'root', address, { address: `/api/v1/stacking?format=${format}&dest=a`, format }],
    )
  }
  await asRoot(async () => listDecisions(await context(), asked('?format=spl')))
  assert.equal((await audited()).length, 4)
  await ask('format=csv&colour=red')
  assert.equal((await audited()).length, 4, 'what is refused is not an export')
})

test('an export that cannot be recorded fails for an account, and not on a server without accounts', async (t) => {
  const warned = t.mock.method(log, 'warn', () => {})
  t.after(forgetShared)
  const by = { actor: root, address, request: null, at: 0 }
  const broken = { recordExport: () => Promise.reject(new Error('disk full')) } as never
  await assert.rejects(recordExport({ actor: root, by, writes: broken }, asked(), 'csv'), /disk full/)
  await recordExport({ actor: { kind: 'local', name: 'local' }, by, writes: broken }, asked(), 'csv')
  await setImmediate()
  assert.equal(warned.mock.callCount(), 1)
})

test('an account and a token can each add so many exports to the audit log in an hour, and a server without accounts any number', async (t) => {
  await open(t)
  process.env.EXPORTS_PER_HOUR = '3'
  t.after(() => Reflect.deleteProperty(process.env, 'EXPORTS_PER_HOUR'))
  const start = Date.now()
  const exported = (actor: Actor, from: string, now = start) =>
    asRequest(actor, () => getAuditLog(asked('?format=ndjson&actor=nobody')), { address: from, now })
  const local = { kind: 'local', name: 'local' } as const
  const token: Actor = { kind: 'token', id: 't', name: 'SIEM', scope: 'read' }
  const senders: [actor: Actor, from: string][] = [
    [root, address],
    [token, address],
  ]
  for (const sender of senders) {
    for (let n = 0; n < 3; n++) assert.equal((await exported(...sender)).status, 200)
    const refused = await exported(...sender)
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '1200'])
    assert.equal((await refused.json()).error.code, 'too-many-exports')
  }
  const [mine] = senders
  assert.equal((await exported({ ...root, session: 'another' } as Actor, '10.0.0.9')).status, 429, 'of all sessions')
  assert.equal((await exported(...(mine ?? [root, '']), start + 1_200_000)).status, 200)
  assert.equal((await exported(...(mine ?? [root, '']), start + 1_200_000)).status, 429)
  assert.equal((await audited()).length, 2 * 3 + 1, 'what is refused is not recorded')
  for (let n = 0; n < 10; n++) assert.equal((await exported(local, address)).status, 200)
})

test('a screen that opens the wall again and again is limited like exports', async (t) => {
  await open(t)
  process.env.EXPORTS_PER_HOUR = '2'
  t.after(() => Reflect.deleteProperty(process.env, 'EXPORTS_PER_HOUR'))
  const { secret } = await (await asRoot(() => makeToken(asked('', { name: 'wall', scope: 'display' })))).json()
  const statuses: number[] = []
  for (const from of ['10.0.0.1', '10.0.0.2', '10.0.0.3'])
    statuses.push(
      (await asRequest(anonymousActor, () => openDisplay(asked('', { token: secret })), { address: from })).status,
    )
  assert.deepEqual(statuses, [204, 204, 429])
  assert.equal((await audited()).filter(({ action }) => action === 'display-opened').length, 2)
})

test('a setting that differs from the last start is in the audit log, and of a secret only that it is set', async (t) => {
  await open(t)
  const before = { ...process.env }
  t.after(() => {
    process.env = before
  })
  const start = async (settings: Record<string, string | undefined>) => {
    process.env = { ...before, LOG_LEVEL: undefined, OIDC_CLIENT_SECRET: undefined, ...settings }
    await noteSettings(await serverContext())
  }
  await start({ LOG_LEVEL: 'warn' })
  assert.deepEqual(await audited(), [], 'the first start compares with nothing')
  await start({ LOG_LEVEL: 'debug', OIDC_CLIENT_SECRET: 'hush' })
  await start({ LOG_LEVEL: 'debug', OIDC_CLIENT_SECRET: 'hush' })
  await start({})
  assert.deepEqual(
    (await audited())
      .map(({ actor, action, subject, before: was, after }) => [actor.kind, action, subject, was?.value, after?.value])
      .sort(),
    [
      ['server', 'setting-changed', 'LOG_LEVEL', 'debug', null],
      ['server', 'setting-changed', 'LOG_LEVEL', 'warn', 'debug'],
      ['server', 'setting-changed', 'OIDC_CLIENT_SECRET', '(set)', null],
      ['server', 'setting-changed', 'OIDC_CLIENT_SECRET', null, '(set)'],
    ],
  )
  const { rows } = await (await asRoot(() => getSettings(asked()))).json()
  const [level] = rows.filter(({ name }: { name: string }) => name === 'LOG_LEVEL')
  assert.deepEqual([level.value, level.usual, level.before], [null, 'info', 'debug'])
  assert.deepEqual(settingsSeen({ OIDC_CLIENT_SECRET: 'hush', DATABASE_URL: 'x://u:p@h', PATH: '/bin' }), {
    DATABASE_URL: '(set)',
    OIDC_CLIENT_SECRET: '(set)',
  })
})

test('the settings are those of the README', () => {
  const text = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
  const listed = [...text.matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(([, name = '']) => name)
  const ofTests = ['CHROME_PATH', 'ALL_TESTS']
  assert.ok(listed.length > 10)
  assert.deepEqual(
    listed.filter((name) => !ofTests.includes(name) && !Object.hasOwn(knownSettings, name)),
    [],
  )
})

test('storage says what is on the disk and how much is stored', async (t) => {
  await open(t)
  const storage = await (await asRoot(() => getStorage(asked()))).json()
  assert.ok(storage.database > 4096 && storage.reserve >= 0)
  assert.deepEqual([storage.folder, storage.uploads, storage.events, storage.incoming], [process.env.DATA_DIR, 0, 0, 0])
  assert.equal((await asRoot(() => getStorage(asked('?x=1')))).status, 400)
})
