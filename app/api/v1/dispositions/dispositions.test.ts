import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { theLocalActor } from '#lib/access/actor.ts'
import { asRequest, context } from '#lib/access/context.ts'
import { endProcess } from '#lib/access/testing.ts'
import type { FieldPattern } from '#lib/hunting/decision.ts'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { selectDecided } from '#lib/query/decided.ts'
import { ask } from '#lib/query/question.ts'
import { selectStacks } from '#lib/query/stacks.ts'
import { paramsOf } from '#lib/query/testing.ts'
import { GET as getRisk } from '../[table]/route.ts'
import { GET as getGroupHistory } from '../groups/history/route.ts'
import { GET as getGroups, PUT as putGroups } from '../groups/route.ts'
import { GET as getHistory } from './[id]/history/route.ts'
import { DELETE, GET as getOne, PUT } from './[id]/route.ts'
import { POST as undo } from './[id]/undo/route.ts'
import { POST as importList } from './import/route.ts'
import { POST as preview } from './preview/route.ts'
import { GET, POST } from './route.ts'

const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const now = Date.parse('2026-03-03T12:00:00Z')
const at = (hour: number) => now - hour * 3_600_000
const of = (dest: string, hour: number, Path: string, code = 1122) =>
  event(code, dest, at(hour), { ID: office, 'Process Name': 'C:\\a\\WINWORD.EXE', Path, 'Target Commandline': 'x' })

const fixture = openFixture()
fixture.add([
  of('WS-1', 2, 'C:\\Temp\\1.tmp'),
  of('WS-2', 3, 'C:\\Temp\\1.tmp'),
  of('SRV-1', 4, 'C:\\Temp\\2.tmp'),
  of('SRV-1', 5, 'C:\\Tools\\rclone.exe', 1121),
])
process.env.DATA_DIR = fixture.folder
after(async () => {
  await endProcess()
  await fixture.close()
})

type Json = Record<string, unknown>
type Route = (request: Request, at: never) => Promise<Response>

async function call(route: unknown, path: string, method = 'GET', body?: unknown, params: Json = {}) {
  const request = new Request(`http://127.0.0.1${path}`, {
    method,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const answer = await asRequest(
    theLocalActor,
    () => (route as Route)(request, { params: Promise.resolve(params) } as never),
    { now },
  )
  const text = await answer.text()
  return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as never as Json & { rows: Json[] } }
}

const pattern = (column: FieldPattern['column'], value: string | null, isWildcard = false): FieldPattern => ({
  ...{ column, step: 'exact', value, isWildcard },
})
const made = (change: Json = {}) => ({
  ...{ disposition: 'known-good', patterns: [pattern('Path', 'c:\\temp\\*', true)], scope: null },
  ...{ reason: 'build files', author: 'Jane', expiresAt: null },
  ...change,
})
const decide = async (...decisions: Json[]) => {
  const { status, body } = await call(POST, '/api/v1/dispositions', 'POST', { decisions })
  assert.equal(status, 201, JSON.stringify(body))
  return body.rows.map(({ id }) => String(id))
}
/** The list without its versions: one that comes back has another. */
const list = async () => (await call(GET, '/api/v1/dispositions')).body.rows.map(({ etag: _, ...row }) => row)
const remove = (id: string) => call(DELETE, `/api/v1/dispositions/${id}`, 'DELETE', { author: 'Jane' }, { id })
const clear = async () => {
  for (const { id } of await list()) await remove(String(id))
}

/** What the rows and the risk are under all decisions. */
const everything = async () => {
  const risk = await call(getRisk, '/api/v1/risk?dispositions=apply', 'GET', undefined, { table: 'risk' })
  assert.equal(risk.status, 200, JSON.stringify(risk.body))
  const stacks = await asRequest(
    theLocalActor,
    async () => {
      const { reads } = await context()
      const question = await ask(reads, paramsOf('stack', 'by=Path&dispositions=hide'), now)
      return selectStacks(reads, question, await selectDecided(reads, now))
    },
    { now },
  )
  return { risk: risk.body, stacks }
}

test('a decision is previewed, made, listed, changed and deleted, and each step is in its history', async () => {
  const asked = await call(preview, '/api/v1/dispositions/preview', 'POST', { decisions: [made()] })
  assert.equal(asked.status, 200, JSON.stringify(asked.body))
  assert.deepEqual(asked.body.total, { events: 3, stacks: 2, hosts: 3 })
  assert.deepEqual([(await list()).length, asked.body.others], [0, []])
  const [id = ''] = await decide(made())
  const [listed] = await list()
  assert.deepEqual({ ...listed, createdAt: '' }, { ...made(), id, isSigned: false, createdAt: '', applies: true })
  const changed = made({ disposition: 'suspicious', author: 'Joe', reason: '' })
  assert.equal((await call(PUT, `/api/v1/dispositions/${id}`, 'PUT', changed, { id })).status, 200)
  const one = await call(getOne, `/api/v1/dispositions/${id}`, 'GET', undefined, { id })
  assert.deepEqual([one.body.disposition, one.body.author], ['suspicious', 'Joe'])
  assert.equal((await remove(id)).status, 204)
  assert.equal((await remove(id)).status, 404)
  const { body } = await call(getHistory, `/api/v1/dispositions/${id}/history`, 'GET', undefined, { id })
  const steps = body.rows as { action: string; author: string; before: Json | null; after: Json | null; step: number }[]
  assert.deepEqual(
    steps.map(({ action, author, before, after }) => [action, author, before?.disposition, after?.disposition]),
    [
      ['deleted', 'Jane', 'suspicious', undefined],
      ['changed', 'Joe', 'known-good', 'suspicious'],
      ['created', 'Jane', undefined, 'known-good'],
    ],
  )
  const restored = await call(undo, '', 'POST', { author: 'Ann', step: steps[1]?.step }, { id })
  assert.deepEqual([restored.status, restored.body.disposition], [200, 'known-good'])
  assert.equal((await call(undo, '', 'POST', { author: 'Ann', step: 999_999 }, { id })).status, 404)
  await clear()
})

test('a decision undone changes nothing: rows, risk and list are as before, and the history stays', async () => {
  await decide(made({ patterns: [pattern('dest', 'SRV-1')], disposition: 'suspicious' }))
  const variants = [
    made(),
    made({ scope: { hosts: ['ws-*'], groups: [] } }),
    made({ disposition: 'snoozed', expiresAt: '2026-04-01T00:00:00.000Z' }),
    made({ patterns: [pattern('ID', office.toLowerCase()), pattern('EventCode', '1121')] }),
    made({ patterns: [pattern('User', null)] }),
  ]
  for (const variant of variants) {
    const before = { ...(await everything()), list: await list() }
    const [id = ''] = await decide(variant)
    assert.notDeepEqual({ ...(await everything()), list: await list() }, before)
    assert.equal((await call(undo, '', 'POST', { author: 'Ann' }, { id })).status, 204)
    assert.deepEqual({ ...(await everything()), list: await list() }, before)
    const { body } = await call(getHistory, '', 'GET', undefined, { id })
    assert.deepEqual(
      body.rows.map(({ action }) => action),
      ['undone', 'created'],
    )
    // An undo can be undone.
    assert.equal((await call(undo, '', 'POST', { author: 'Ann' }, { id })).status, 200)
    await remove(id)
    assert.deepEqual({ ...(await everything()), list: await list() }, before)
  }
  await clear()
})

test('what is hidden and what is shown is all there is; the newest decision counts, and expired ones do not', async () => {
  const all = (await everything()).stacks
  const sums = async () => {
    const { stacks } = await everything()
    assert.equal(stacks.rows.reduce((sum, { events }) => sum + events, 0) + stacks.hidden.events, all.events)
    return [stacks.hidden.events, stacks.hidden.dispositions]
  }
  assert.deepEqual(await sums(), [0, 0])
  await decide(made())
  assert.deepEqual(await sums(), [3, 1])
  const [id = ''] = await decide(made({ disposition: 'suspicious', patterns: [pattern('dest', 'srv-1')] }))
  assert.deepEqual(await sums(), [2, 1])
  const { risk } = await everything()
  assert.deepEqual(risk.leftOut, { points: 40, events: 2, hosts: 2 })
  const expired = made({
    ...{ disposition: 'suspicious', patterns: [pattern('dest', 'srv-1')] },
    expiresAt: new Date(now).toISOString(),
  })
  assert.equal((await call(PUT, '', 'PUT', expired, { id })).body.applies, false)
  assert.deepEqual(await sums(), [3, 1])
  assert.equal((await list()).length, 2)
  await clear()
})

test('an exported list imported again is the same list, here and in an empty store; errors name the entry', async () => {
  await decide(made(), made({ disposition: 'snoozed', expiresAt: '2027-01-01T00:00:00.000Z' }))
  await decide(made({ scope: { hosts: ['a*'], groups: ['Pilot'] }, patterns: [pattern('Process_Name', null)] }))
  const before = await list()
  const exported = await call(GET, '/api/v1/dispositions?format=file')
  const send = (apply: string, file: unknown = exported.body) =>
    call(importList, `/api/v1/dispositions/import?apply=${apply}&author=Joe`, 'POST', file)
  assert.deepEqual((await send('1')).body, { isApplied: true, added: 0, changed: 0, unchanged: 3 })
  assert.deepEqual(await list(), before)
  await clear()
  assert.deepEqual((await send('0')).body, { isApplied: false, added: 3, changed: 0, unchanged: 0 })
  assert.deepEqual(await list(), [])
  assert.deepEqual((await send('1')).body, { isApplied: true, added: 3, changed: 0, unchanged: 0 })
  assert.deepEqual(await list(), before)
  assert.deepEqual((await call(GET, '/api/v1/dispositions?format=file')).body, exported.body)
  const decisions = exported.body.decisions as Json[]
  const damaged = { ...exported.body, decisions: [...decisions.slice(0, 2), { ...decisions[2], disposition: 'nice' }] }
  const refused = await send('1', damaged)
  assert.equal(refused.status, 400)
  assert.match(JSON.stringify(refused.body), /decisions\.2\.disposition.*nice/)
  assert.deepEqual(await list(), before)
  await clear()
})

test('a list that has one id twice is refused with the id and both places, before it is applied and when it is', async () => {
  await decide(
    made(),
    made({ disposition: 'suspicious' }),
    made({ disposition: 'snoozed', expiresAt: '2027-01-01T00:00:00.000Z' }),
  )
  const { body: exported } = await call(GET, '/api/v1/dispositions?format=file')
  await clear()
  const [first = {}, second, third = {}] = exported.decisions as Json[]
  const twice = { ...exported, decisions: [first, second, { ...third, id: first.id }] }
  for (const apply of ['0', '1']) {
    const { status, body } = await call(importList, `/api/v1/dispositions/import?apply=${apply}`, 'POST', twice)
    assert.equal(status, 400)
    const { message } = (body as never as { error: { message: string } }).error
    assert.match(message, new RegExp(`^decisions\\.2\\.id="${first.id}": .* twice: decisions\\.0 has it too`))
    assert.deepEqual(await list(), [])
  }
})

test('what makes no sense is refused, and says what would be right', async () => {
  const wrong: [change: Json, says: RegExp][] = [
    [{ patterns: [] }, /at least one field/],
    [{ patterns: [pattern('Path', 'a'), pattern('Path', 'b')] }, /named twice/],
    [{ patterns: [{ ...pattern('User', 'a'), step: 'folder' }] }, /Only paths and command lines/],
    [{ patterns: [pattern('User', null, true)] }, /not logged/],
    [{ patterns: [pattern('Path', 'a*'.repeat(101), true)] }, /100 \* at most, and this one has 101/],
    [{ disposition: 'snoozed' }, /until when/],
    [{ scope: { hosts: [], groups: [] } }, /null for every host/],
    [{ scope: { hosts: ['!a'], groups: [] } }, /cannot exclude/],
    [{ author: ' ' }, /Give a name/],
    [{ author: 'a\u202eb' }, /control or direction/],
  ]
  for (const [change, says] of wrong) {
    const { status, body } = await call(POST, '', 'POST', { decisions: [made(change)] })
    assert.equal(status, 400, JSON.stringify(change))
    assert.match(JSON.stringify(body), says)
  }
  assert.equal((await call(POST, '', 'POST', '{"decisions":')).status, 400)
  assert.equal((await call(POST, '', 'POST', ' '.repeat((1 << 20) + 1))).status, 413)
  assert.deepEqual(await list(), [])
})

test('host groups are stored as a list with its history; a host is of the first that fits', async () => {
  const groups = [
    { name: 'Pilot', patterns: ['WS-1'] },
    { name: 'Workstations', patterns: ['ws-*'] },
    { name: 'One', patterns: ['ws-1'] },
  ]
  const { status, body } = await call(putGroups, '/api/v1/groups', 'PUT', { groups, author: 'Jane' })
  assert.equal(status, 200, JSON.stringify(body))
  const { etag: _, ...counted } = body
  assert.deepEqual(counted, {
    groups: [
      { ...groups[0], hosts: 1, taken: 0 },
      { ...groups[1], hosts: 1, taken: 1 },
      { ...groups[2], hosts: 0, taken: 1 },
    ],
    ungrouped: 1,
    hosts: 3,
  })
  // A scope of a group is the hosts of the group, not all that fit its patterns.
  const scope = { hosts: [], groups: ['workstations'] }
  const asked = await call(preview, '', 'POST', { decisions: [made({ scope })] })
  assert.deepEqual(asked.body.total, { events: 1, stacks: 1, hosts: 1 })
  const twice = await call(putGroups, '', 'PUT', {
    groups: [groups[0], { ...groups[1], name: 'PILOT' }],
    author: 'Jane',
  })
  assert.equal(twice.status, 400)
  assert.match(JSON.stringify(twice.body), /same name/)
  await call(putGroups, '', 'PUT', { groups: [], author: 'Joe' })
  const history = await call(getGroupHistory, '/api/v1/groups/history')
  assert.deepEqual(
    history.body.rows.map(({ author, before, after }) => [author, before, after]),
    [
      ['Joe', groups, []],
      ['Jane', [], groups],
    ],
  )
  assert.deepEqual((await call(getGroups, '/api/v1/groups')).body.groups, [])
})

test('a decision of more fields than there are is refused in few words', async () => {
  const patterns = Array.from({ length: 5000 }, () => 0)
  const answer = await call(POST, '/api/v1/dispositions', 'POST', { decisions: [{ patterns }] })
  assert.equal(answer.status, 400)
  assert.ok(JSON.stringify(answer.body).length < 10_000)
})
