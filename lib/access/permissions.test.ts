import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import { type Permission, roles, scopes } from '#lib/model/access.ts'
import { anonymousActor, serverActor, theLocalActor } from './actor.ts'
import {
  isAllowed,
  permissionMeanings,
  permissionOf,
  permissions,
  rolePermissions,
  scopePermissions,
} from './permissions.ts'

const app = join(import.meta.dirname, '../../app')
const publicFiles = join(import.meta.dirname, '../../public')

/** The address of a page or route; groups such as `(frame)` are no part of it. */
const addressOf = (path: string): string =>
  `/${dirname(path)
    .split('/')
    .filter((part) => part !== '.' && !part.startsWith('('))
    .join('/')}`

/** What the server answers without Next, logs in pieces and the stream of the wall, and what Next's pages load. */
const others = [
  'OPTIONS /api/v1/resumable',
  'OPTIONS /api/v1/resumable/[id]',
  'GET /_next/static/[...file]',
  'POST /api/v1/resumable',
  'GET /api/v1/resumable/[id]',
  'PATCH /api/v1/resumable/[id]',
  'DELETE /api/v1/resumable/[id]',
  'GET /api/v1/wall/stream',
]

/** The methods of a route that are not answered with 405. */
function methodsOf(path: string): string[] {
  const text = readFileSync(join(app, path), 'utf8')
  return [...text.matchAll(/^export const ([A-Z]+) = /gm)].map(([, method = '']) => method)
}

test('every page, route and file is in the table, with each of its methods, and nothing else', () => {
  const pages = globSync('**/page.tsx', { cwd: app })
  const routes = globSync('**/route.ts', { cwd: app })
  const files = globSync('**', { cwd: publicFiles, withFileTypes: true }).filter((each) => each.isFile())
  const found = [
    ...pages.map((path) => `GET ${addressOf(path)}`),
    ...routes.flatMap((path) => methodsOf(path).map((method) => `${method} ${addressOf(path)}`)),
    ...files.map(({ parentPath, name }) => `GET /${relative(publicFiles, join(parentPath, name))}`),
    ...others,
  ]
  assert.deepEqual(Object.keys(permissions).sort(), found.sort())
})

test('an address has the permission of the entry that fits it best', () => {
  assert.deepEqual(
    [
      permissionOf('GET', '/'),
      permissionOf('HEAD', '/stacking'),
      permissionOf('GET', '/uploads/compare'),
      permissionOf('DELETE', '/api/v1/uploads/some-id'),
      permissionOf('POST', '/api/v1/uploads/'),
      permissionOf('GET', '/api/v1/uploads/some-id'),
      permissionOf('GET', '/api/v1/uploads/some-id/rejects'),
      permissionOf('GET', '/api/v1/health'),
      permissionOf('GET', '/api/v1/stacking'),
    ],
    ['read', 'read', 'read', 'undo', 'upload', 'receipt', 'read', 'none', 'read'],
  )
  assert.deepEqual([permissionOf('PUT', '/'), permissionOf('GET', '/nowhere/at/all')], [null, null])
})

test('the local actor and the server may do everything, and nobody known nothing', () => {
  for (const permission of new Set(Object.values(permissions))) {
    for (const actor of [theLocalActor, serverActor]) assert.ok(isAllowed(actor, permission), permission)
    assert.equal(isAllowed(anonymousActor, permission), permission === 'none')
  }
})

/** The rows of the table of permissions in a document: a name, the meaning, three roles and the scopes. */
const rowsIn = (file: string): string[][] =>
  readFileSync(join(app, '../docs', file), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    .filter(([, name = '', , ...cells]) => Object.hasOwn(permissionMeanings, name) && cells.length >= 4)
    .map((cells) => cells.slice(1, 7))

test('docs/security.md and the record have the table of permissions and roles as it is', () => {
  const expected = Object.keys(permissionMeanings).map((name) => {
    const permission = name as Permission
    const ofRoles = roles.map((role) => (rolePermissions[role].includes(permission) ? 'yes' : ''))
    const ofScopes = scopes.filter((scope) => scopePermissions[scope].includes(permission))
    return [name, ...ofRoles, ofScopes.length === scopes.length ? 'all' : ofScopes.join(', ')]
  })
  for (const file of ['security.md', 'decisions/046-accounts.md'])
    assert.deepEqual(
      rowsIn(file).map(([name, , ...cells]) => [name, ...cells]),
      expected,
      file,
    )
})

/** All that is answered to nobody known. Whoever adds to it has to say so here. */
const forNobody = [
  ...['GET /sign-in', 'GET /set-up', 'GET /display', 'GET /not-allowed'],
  ...['POST /api/v1/sign-in', 'POST /api/v1/sign-in/code', 'POST /api/v1/sign-in/link', 'POST /api/v1/display'],
  ...['POST /api/v1/sign-in/passkey', 'PUT /api/v1/sign-in/passkey'],
  ...['GET /api/v1/sign-in/oidc', 'GET /api/v1/sign-in/oidc/callback', 'GET /api/v1/health'],
  ...['OPTIONS /api/v1/resumable', 'OPTIONS /api/v1/resumable/[id]', 'GET /_next/static/[...file]'],
  ...['GET /icon.svg', 'GET /icon-maskable.svg', 'GET /manifest.webmanifest'],
]

test('nobody known is answered at these addresses only, and no write needs less than a permission to write', () => {
  const writes: Permission[] = ['own', 'upload', 'undo', 'decide', 'configure', 'administer']
  const tus = 'GET /api/v1/resumable/[id]'
  /** It stops a question, which changes nothing that is stored. */
  const stop = 'DELETE /api/v1/progress/[id]'
  for (const [entry, permission] of Object.entries(permissions)) {
    assert.equal(permission === 'none', forNobody.includes(entry), entry)
    const isWrite = !/^(GET|OPTIONS) /.test(entry) && permission !== 'none' && entry !== stop
    assert.ok(!isWrite || writes.includes(permission), `${entry} needs ${permission}`)
    const isRead = entry.startsWith('GET ') && entry !== tus
    assert.ok(
      !isRead || !['upload', 'undo', 'decide', 'configure'].includes(permission),
      `${entry} needs ${permission}`,
    )
    const isOfAdministration = / (\/admin|\/api\/v1\/(users|sessions|tokens|audit-log|settings|storage))(\/|$)/.test(
      entry,
    )
    assert.equal(permission === 'administer', isOfAdministration, entry)
  }
})
