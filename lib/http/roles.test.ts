import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { permissions } from '#lib/access/permissions.ts'
import type { Permission, Role, Scope } from '#lib/model/access.ts'
import { type Answer, addPeople, openGuarded, reached } from './testing-answers.ts'

/** Who may do what, as docs/security.md says it. Written out here: a change of the code alone must fail. */
const table: Record<Permission, (Role | Scope | 'anonymous')[]> = {
  none: ['viewer', 'analyst', 'admin', 'read', 'upload', 'display', 'anonymous'],
  identified: ['viewer', 'analyst', 'admin', 'read', 'upload'],
  own: ['viewer', 'analyst', 'admin'],
  read: ['viewer', 'analyst', 'admin', 'read'],
  wall: ['viewer', 'analyst', 'admin', 'read', 'display'],
  receipt: ['viewer', 'analyst', 'admin', 'read', 'upload'],
  upload: ['analyst', 'admin', 'upload'],
  undo: ['analyst', 'admin'],
  decide: ['analyst', 'admin'],
  configure: ['admin'],
  administer: ['admin'],
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

type Entry = { method: string; path: string; permission: Permission }

/** Every entry of the table of permissions, at an address that fits it; HEAD next to each GET. */
const entries: Entry[] = Object.entries(permissions).flatMap(([entry, permission]) => {
  const [method = '', pattern = ''] = entry.split(' ')
  const path = pattern
    .replace('[...file]', 'a/b.js')
    .replace('[table]', 'stacking')
    .replaceAll(/\[\w+\]/g, 'some-id')
  return (method === 'GET' ? ['GET', 'HEAD'] : [method]).map((each) => ({ method: each, path, permission }))
})

const isOfApi = (path: string): boolean => path.startsWith('/api/')
const isFile = (path: string): boolean => path.endsWith('.xml')

/** Whether an answer was given by what the address is of, and not by the guard. */
const isAnswered = ({ status, headers }: Answer): boolean =>
  headers['x-reached'] === undefined ? ![401, 403, 303, 405].includes(status) : status === reached

/** Ends nothing that later entries need. */
const isLast = ({ path }: Entry): boolean => path === '/api/v1/sign-out'
const inOrder = [...entries.filter((each) => !isLast(each)), ...entries.filter(isLast)]

test('every address and method is answered to exactly those who have its permission', async (t: TestContext) => {
  const { ask, askLocally } = await openGuarded(t)
  for (const { method, path } of inOrder)
    assert.ok(isAnswered(await ask(path, { method })), `${method} ${path} on an open server`)

  const people = { ...(await addPeople()), anonymous: {} }
  for (const entry of inOrder) {
    const { method, path, permission } = entry
    for (const [who, headers] of Object.entries(people)) {
      const answer = await ask(path, { method, headers })
      const isAllowed = table[permission].includes(who as Role)
      const what = `${method} ${path} by ${who}: ${answer.status} ${answer.headers['x-reached'] ?? ''}`
      if (who === 'anonymous' && !isAllowed && !isOfApi(path) && !isFile(path)) {
        assert.deepEqual(
          [answer.status, answer.headers.location],
          [303, `/sign-in${path === '/' ? '' : `?to=${path}`}`],
          what,
        )
        assert.equal(answer.body, '', what)
      } else if (who === 'anonymous' && !isAllowed) {
        assert.deepEqual([answer.status, answer.headers['www-authenticate']], [401, 'Bearer'], what)
      } else if (isAllowed) {
        assert.ok(isAnswered(answer), what)
        if (answer.headers['x-reached'] !== undefined) assert.equal(answer.headers['x-reached'], path, what)
      } else if (isOfApi(path)) {
        assert.equal(answer.status, 403, what)
        assert.equal(answer.headers['x-reached'], undefined, what)
      } else {
        // A page of its own says that it is not allowed; a file has none.
        assert.ok([403, reached].includes(answer.status), what)
        assert.equal(answer.headers['x-reached'] ?? '/not-allowed', '/not-allowed', what)
      }
    }
    assert.ok(isAnswered(await askLocally(path, { method })), `${method} ${path} by the local socket`)
  }
})

test('without a session or a token, no address says whether it exists, and no method is answered', async (t) => {
  const { ask } = await openGuarded(t)
  await addPeople()
  const known = new Set(entries.map(({ method, path }) => `${method} ${path}`))
  const paths = [
    ...new Set(entries.map(({ path }) => path)),
    '/nowhere',
    '/api/v1/nowhere/at/all',
    '/_next/data/x.json',
  ]
  for (const path of paths) {
    for (const method of methods) {
      if (known.has(`${method} ${path}`)) continue
      const { status, headers } = await ask(path, { method })
      assert.equal(status, 401, `${method} ${path}`)
      assert.equal(headers['x-reached'], undefined)
    }
  }
})

test('a session that the browser sends by itself changes nothing without proof that a page of this server asked', async (t) => {
  const { ask } = await openGuarded(t)
  const { cookie = '' } = (await addPeople()).admin
  for (const { method, path } of inOrder.filter(({ method }) => !['GET', 'HEAD'].includes(method))) {
    for (const headers of [{}, { origin: 'https://evil.example' }, { 'sec-fetch-site': 'none' }] as Record<
      string,
      string
    >[]) {
      const answer = await ask(path, { method, headers: { cookie, ...headers } })
      assert.equal(answer.status, 403, `${method} ${path} ${JSON.stringify(headers)}`)
      assert.match(answer.body, /cross-site/)
    }
  }
  const own = await ask('/api/v1/groups', { method: 'PUT', headers: { cookie, 'sec-fetch-site': 'same-origin' } })
  assert.equal(own.status, reached)
})
