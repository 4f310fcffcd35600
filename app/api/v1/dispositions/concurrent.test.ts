import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { theLocalActor } from '#lib/access/actor.ts'
import { asRequest } from '#lib/access/context.ts'
import { endProcess } from '#lib/access/testing.ts'
import { openFixture } from '#lib/ingest/testing.ts'
import { GET as getGroups, PUT as putGroups } from '../groups/route.ts'
import { GET as getHistory } from './[id]/history/route.ts'
import { DELETE, GET as getOne, PUT } from './[id]/route.ts'
import { POST as undo } from './[id]/undo/route.ts'
import { GET, POST } from './route.ts'

const now = Date.parse('2026-03-03T12:00:00Z')
const fixture = openFixture()
process.env.DATA_DIR = fixture.folder
after(async () => {
  await endProcess()
  await fixture.close()
})

type Json = Record<string, unknown>
type Row = Json & { id: string; etag: string }
type Answer = Json & { rows: Row[]; etag: string; error: { code: string; message: string; detail: { rows: Json[] } } }
type Sent = { method?: string; body?: unknown; id?: string; match?: string; at?: number }

async function call(route: unknown, { method = 'GET', body, id = '', match, at = now }: Sent = {}) {
  const request = new Request('http://127.0.0.1/api/v1/dispositions', {
    method,
    headers: match === undefined ? {} : { 'If-Match': match },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const run = route as (request: Request, at: unknown) => Promise<Response>
  const answer = await asRequest(theLocalActor, () => run(request, { params: Promise.resolve({ id }) }), { now: at })
  const text = await answer.text()
  const read = (text === '' ? null : JSON.parse(text)) as Answer
  return { status: answer.status, etag: answer.headers.get('etag') ?? '', body: read }
}

const made = (change: Json = {}) => ({
  ...{ disposition: 'known-good', scope: null, reason: '', author: 'Jane', expiresAt: null },
  patterns: [{ column: 'Path', step: 'exact', value: 'a', isWildcard: false }],
  ...change,
})

async function decide(): Promise<Row> {
  const { body } = await call(POST, { method: 'POST', body: { decisions: [made()] } })
  return body.rows[0] ?? assert.fail('nothing was made')
}

test('of two changes of one decision the second is refused, and says who changed what and when', async () => {
  const { id, etag } = await decide()
  const read = await call(getOne, { id })
  assert.deepEqual([read.status, read.etag, read.body.etag], [200, etag, etag])
  assert.equal((await call(GET)).body.rows[0]?.etag, etag)
  const joes = made({ disposition: 'suspicious', reason: 'seen elsewhere', author: 'Joe' })
  const first = await call(PUT, { method: 'PUT', body: joes, id, match: etag, at: now + 60_000 })
  assert.equal(first.status, 200)
  assert.notEqual(first.etag, etag)
  for (const [route, sent] of [
    [PUT, { method: 'PUT', body: made({ reason: 'mine' }) }],
    [DELETE, { method: 'DELETE', body: { author: 'Jane' } }],
    [undo, { method: 'POST', body: { author: 'Jane' } }],
  ] as const) {
    const refused = await call(route, { ...sent, id, match: etag })
    assert.equal(refused.status, 412)
    assert.equal(refused.body.error.code, 'changed')
    assert.match(
      refused.body.error.message,
      /^Joe \(unsigned\) changed the disposition from Known good to Suspicious, the reason at 2026-03-03T12:01:00\.000Z\./,
    )
    const [step] = refused.body.error.detail.rows
    assert.deepEqual(
      [step?.author, (step?.after as Json | undefined)?.reason, step?.etag],
      ['Joe', 'seen elsewhere', first.etag],
    )
    assert.equal(refused.etag, first.etag)
  }
  const kept = await call(getOne, { id })
  assert.deepEqual([kept.body.reason, kept.etag], ['seen elsewhere', first.etag])
  const second = await call(PUT, { method: 'PUT', body: made({ reason: 'mine' }), id, match: amongOthers(first.etag) })
  assert.deepEqual([second.status, second.body.reason], [200, 'mine'])
  const { body } = await call(getHistory, { id })
  assert.deepEqual([body.rows.length, body.rows[0]?.etag], [3, second.etag])
})

/** As one of a list, as a program may send it. */
const amongOthers = (etag: string): string => `"other", ${etag}`

test('changes before the newest one are counted, and a state that came back is not what was read', async () => {
  const { id, etag } = await decide()
  for (const [minute, reason] of ['x', 'y', ''].entries())
    await call(PUT, { method: 'PUT', body: made({ reason, author: 'Joe' }), id, at: now + minute * 60_000 })
  const refused = await call(PUT, { method: 'PUT', body: made(), id, match: etag })
  assert.equal(refused.status, 412)
  assert.match(refused.body.error.message, /^Joe .* at 2026-03-03T12:02:00\.000Z\. 2 more changes came before that\./)
  assert.equal(refused.body.error.detail.rows.length, 3)
})

test('a decision that was deleted meanwhile is not made again by a change; one that never was there is not found', async () => {
  const { id, etag } = await decide()
  assert.equal((await call(DELETE, { method: 'DELETE', body: { author: 'Joe' }, id, match: etag })).status, 204)
  const refused = await call(PUT, { method: 'PUT', body: made(), id, match: etag })
  assert.equal(refused.status, 412)
  assert.match(refused.body.error.message, /^Joe \(unsigned\) deleted this decision at /)
  const [step] = refused.body.error.detail.rows
  assert.equal(step?.after, null)
  const restored = await call(undo, { method: 'POST', body: { author: 'Jane' }, id, match: refused.etag })
  assert.deepEqual([restored.status, restored.body.id], [200, id])
  for (const match of ['"1-1"', undefined])
    assert.equal(
      (await call(PUT, { method: 'PUT', body: made(), id: 'd-of-nobody', ...(match && { match }) })).status,
      404,
    )
})

test('without If-Match or with * the last change counts; what does not have the form of a version is refused, and a weak one fits nothing', async () => {
  const { id, etag } = await decide()
  const change = (match?: string) =>
    call(PUT, { method: 'PUT', body: made(), id, ...(match === undefined ? {} : { match }) })
  assert.deepEqual([(await change()).status, (await change('*')).status], [200, 200])
  const { etag: current } = await call(getOne, { id })
  for (const match of ['1', 'etag', '"a" "b"', '"a', etag.replaceAll('"', '')]) {
    const { status, body } = await change(match)
    assert.deepEqual([status, body.error.code], [400, 'bad-parameter'], match)
    assert.match(body.error.message, /^If-Match=/)
  }
  assert.equal((await change(`W/${current}`)).status, 412)
  assert.equal((await change(current)).status, 200)
})

test('of two changes of the host groups the second is refused, with the list that is there', async () => {
  const empty = await call(getGroups)
  assert.equal(empty.etag, empty.body.etag)
  const put = (name: string, author: string, match: string) =>
    call(putGroups, { method: 'PUT', body: { groups: [{ name, patterns: ['*'] }], author }, match })
  const first = await put('Pilot', 'Joe', empty.etag)
  assert.deepEqual([first.status, first.etag], [200, first.body.etag])
  const refused = await put('Mine', 'Jane', empty.etag)
  assert.equal(refused.status, 412)
  assert.match(
    refused.body.error.message,
    /^Joe \(unsigned\) changed the host groups, which are now: Pilot, at 2026-03-03T12:00:00\.000Z\./,
  )
  assert.deepEqual(refused.body.error.detail.rows[0]?.after, [{ name: 'Pilot', patterns: ['*'] }])
  assert.equal((await put('Mine', 'Jane', refused.etag)).status, 200)
})
