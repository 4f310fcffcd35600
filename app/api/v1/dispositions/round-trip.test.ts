import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { theLocalActor } from '#lib/access/actor.ts'
import { asRequest } from '#lib/access/context.ts'
import { endProcess } from '#lib/access/testing.ts'
import { hostileText } from '#lib/hunting/copy/testing.ts'
import { hasLadder, stackColumns, steps } from '#lib/hunting/definition.ts'
import { openFixture } from '#lib/ingest/testing.ts'
import { makeRandom } from '#tools/simulate/random.ts'
import { DELETE } from './[id]/route.ts'
import { POST as importList } from './import/route.ts'
import { GET, POST } from './route.ts'

const fixture = openFixture()
process.env.DATA_DIR = fixture.folder
after(async () => {
  await endProcess()
  await fixture.close()
})

type Listed = { id: string; createdAt: string; isSigned: boolean; etag: string; applies: boolean }
type Route = (request: Request, at: never) => Promise<Response>

/** The body of what a route answers: the bytes of an export are sent to an import as they are. */
async function call(route: unknown, path: string, method = 'GET', body?: string, id = ''): Promise<string> {
  const request = new Request(`http://127.0.0.1${path}`, { method, ...(body === undefined ? {} : { body }) })
  const answer = await asRequest(theLocalActor, () =>
    (route as Route)(request, { params: Promise.resolve({ id }) } as never),
  )
  const text = await answer.text()
  assert.ok(answer.ok, text)
  return text
}

test('hostile texts in values, hosts and reasons are the same after an export and an import into an empty store', async () => {
  const random = makeRandom(3, 'decisions')
  const text = () => hostileText(random)
  const decisions = Array.from({ length: 80 }, () => {
    const columns = stackColumns.filter(() => random.int(4) === 0)
    return {
      disposition: random.pick(['known-good', 'suspicious', 'may-be-blocked']),
      patterns: (columns.length === 0 ? (['Path'] as const) : columns).map((column) => {
        const value = random.int(6) === 0 ? null : text()
        const step = hasLadder(column) ? random.pick(steps) : 'exact'
        return { column, step, value, isWildcard: value !== null && random.int(2) === 0 }
      }),
      scope: random.int(2) === 0 ? null : { hosts: [`=${text()}`], groups: [] },
      reason: text(),
      author: 'Jane',
      expiresAt: null,
    }
  })
  const { rows } = JSON.parse(await call(POST, '', 'POST', JSON.stringify({ decisions }))) as { rows: Listed[] }
  assert.deepEqual(
    rows.map(({ id: _, createdAt, isSigned, etag, applies, ...each }) => each),
    decisions.map((each) => ({
      ...each,
      reason: each.reason.trim(),
      scope: each.scope && { ...each.scope, hosts: each.scope.hosts.map((host) => host.trim()) },
    })),
  )
  const exported = await call(GET, '/api/v1/dispositions?format=file')
  const macros = await call(GET, '/api/v1/dispositions?format=spl')
  for (const { id } of rows) await call(DELETE, '', 'DELETE', '{"author":"Jane"}', id)
  assert.notEqual(await call(GET, '/api/v1/dispositions?format=spl'), macros)
  assert.deepEqual(JSON.parse(await call(importList, '/api/v1/dispositions/import?apply=1', 'POST', exported)), {
    ...{ isApplied: true, added: 80, changed: 0, unchanged: 0 },
  })
  assert.equal(await call(GET, '/api/v1/dispositions?format=file'), exported)
  assert.equal(await call(GET, '/api/v1/dispositions?format=spl'), macros)
})
