import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import { theLocalActor } from './actor.ts'
import { isAllowed, permissionOf, permissions } from './permissions.ts'

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
      permissionOf('GET', '/api/v1/uploads/some-id/rejects'),
      permissionOf('GET', '/api/v1/health'),
      permissionOf('GET', '/api/v1/stacking'),
    ],
    ['read', 'read', 'read', 'undo', 'upload', 'read', 'none', 'read'],
  )
  assert.deepEqual([permissionOf('PUT', '/'), permissionOf('GET', '/nowhere/at/all')], [null, null])
})

test('until there is sign-in, the local actor may do everything', () => {
  for (const permission of new Set(Object.values(permissions))) assert.ok(isAllowed(theLocalActor, permission))
})
