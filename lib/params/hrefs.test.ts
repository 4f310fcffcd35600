import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { permissionOf } from '#lib/access/permissions.ts'
import type { FleetStack } from '#lib/model/rows.ts'
import { apiPaths } from './api-paths.ts'
import { sortColumns } from './columns.ts'
import { defaultParams } from './defaults.ts'
import * as hrefs from './hrefs.ts'
import type { TableName } from './params.ts'
import * as stackHrefs from './stack-hrefs.ts'

const from = Date.UTC(2026, 10, 1)
const to = Date.UTC(2026, 10, 8)
const berlin = 'Europe/Berlin'
const params = { ...defaultParams('stacking'), from, q: 'text', tz: berlin }
const stack = { ID: 'D4F9', Process_Name: '!a*.exe', Path: 'C:\\a', EventCode: 1121 } as FleetStack

/** Every kind of link with its address, which bookmarks and other programs know. */
const links: [href: string, address: string][] = [
  [hrefs.overviewPath, '/'],
  [hrefs.wallPath, '/wall'],
  ...(Object.keys(sortColumns) as TableName[]).map((table): [string, string] => [hrefs.tablePath(table), `/${table}`]),
  [hrefs.rulePath('a/b'), '/rules/a%2Fb'],
  [hrefs.uploadPath('u1', 'rejects'), '/uploads/u1#rejects'],
  [hrefs.continuityPath('u1'), '/uploads/u1/continuity'],
  [hrefs.compareHref('u1'), '/uploads/compare?a=u1'],
  [hrefs.withZone('/events', 'UTC'), '/events'],
  [hrefs.eventHref('e1', berlin), '/events/e1?tz=Europe%2FBerlin'],
  [hrefs.ruleHref('D4F9', params), '/rules/D4F9?from=2026-11-01T00%3A00%3A00.000Z&tz=Europe%2FBerlin'],
  [hrefs.stackEventsHref('s1', params), '/events?from=2026-11-01T00%3A00%3A00.000Z&stack=s1&tz=Europe%2FBerlin'],
  [
    hrefs.hostHref('ws-1', { from, to }, berlin, 'audit'),
    '/hosts/ws-1?from=2026-11-01T00%3A00%3A00.000Z&to=2026-11-08T00%3A00%3A00.000Z&detection=audit&tz=Europe%2FBerlin',
  ],
  [hrefs.hostHref('a/b?c#d%', { from: null, to: null }, 'UTC'), '/hosts/a%2Fb%3Fc%23d%25'],
  [hrefs.hostRiskHref('ws-1', { anchor: 'newest', tz: 'UTC' }), '/hosts/ws-1?tab=risk&anchor=newest'],
  [hrefs.hostRiskHref('ws-1', { anchor: 'now', tz: berlin }), '/hosts/ws-1?tab=risk&tz=Europe%2FBerlin'],
  [hrefs.modeHref('block', {}), '/stacking?EventCode=1121&EventCode=1126&EventCode=1131&EventCode=1133'],
  [hrefs.modeHref('configuration', { from }), '/registry?from=2026-11-01T00%3A00%3A00.000Z'],
  [
    hrefs.fleetStackHref(stack, 'hosts', 'UTC'),
    '/hosts?ID=D4F9&EventCode=1121&Process_Name=%3D%21a*.exe&Path=C%3A%5Ca',
  ],
  [
    stackHrefs.stackByHref('audit', { ...params, filters: { EventCode: ['112*'] } }),
    '/stack?from=2026-11-01T00%3A00%3A00.000Z&EventCode=1122&EventCode=1125&EventCode=1126&q=text&by=dest%2CProcess_Name%2CTarget_Commandline%2CPath%2CID%2CEventCode&tz=Europe%2FBerlin',
  ],
  [
    stackHrefs.stackByHref('stacking', { ...defaultParams('stacking'), filters: { User: ['!x'] } }),
    '/stack?User=%21x&by=dest%2CParent_Commandline%2CProcess_Name%2CPath%2CID%2CEventCode',
  ],
  [stackHrefs.stackByHref('disabled', defaultParams('disabled')), '/stack?EventCode=5007&by=ID%2Cdest'],
  [
    stackHrefs.fleetListHref('new', params, to),
    '/stack?EventCode=%215007&by=ID%2CProcess_Name%2CPath%2CEventCode&since=2026-11-08T00%3A00%3A00.000Z&seen=new&sort=hosts%2C-firstTime&tz=Europe%2FBerlin',
  ],
  [
    stackHrefs.fleetListHref('most-frequent', { ...defaultParams('stack'), from }, to),
    '/stack?from=2026-11-01T00%3A00%3A00.000Z&EventCode=%215007&by=ID%2CProcess_Name%2CPath%2CEventCode&sort=-events',
  ],
  [
    stackHrefs.memberEventsHref(
      [
        { column: 'Path', step: 'exact' },
        { column: 'User', step: 'exact' },
      ],
      { Path: 'C:\\a*', User: null },
      params,
    ) ?? '',
    '/events?from=2026-11-01T00%3A00%3A00.000Z&Path=%3DC%3A%5Ca*&User=NULL&q=text&tz=Europe%2FBerlin',
  ],
  [
    hrefs.countHref({ field: 'dest', value: 'a*' }, 'audit', { ...params, filters: { EventCode: ['11*', '!1122'] } }) ??
      '',
    '/events?from=2026-11-01T00%3A00%3A00.000Z&dest=%3Da*&EventCode=1125&EventCode=1132&EventCode=1134&q=text&tz=Europe%2FBerlin',
  ],
  [
    hrefs.countHref({ field: 'ID', value: 'D4F9' }, 'hosts', { ...params, stack: 's1', filters: { dest: ['a'] } }) ??
      '',
    '/rules/D4F9?from=2026-11-01T00%3A00%3A00.000Z&dest=a&q=text&stack=s1&tz=Europe%2FBerlin&tab=hosts',
  ],
  [hrefs.countHref({ field: 'dest', value: 'a' }, 'rules', defaultParams('hosts')) ?? '', '/rules?dest=a'],
  [hrefs.spanHref({ from, to }, 'UTC'), '/stacking?from=2026-11-01T00%3A00%3A00.000Z&to=2026-11-08T00%3A00%3A00.000Z'],
  [
    hrefs.continuityHref('u1', berlin, { show: 'breaks', dest: 'a*' }),
    '/uploads/u1/continuity?show=breaks&dest=%3Da*&tz=Europe%2FBerlin',
  ],
]

test('each link has the address it always had, and a page answers there', () => {
  for (const [href, address] of links) {
    assert.equal(href, address)
    const { pathname } = new URL(href, 'http://localhost')
    assert.ok(['read', 'wall'].includes(permissionOf('GET', pathname) ?? ''), `No page answers at ${pathname}.`)
  }
})

test('a count leads nowhere if the link would have more filter values than a link can have', () => {
  const filters = (values: number) => ({ ...params, filters: { Path: Array(values).fill('a') } })
  const of = (values: number) => hrefs.countHref({ field: 'dest', value: 'a' }, 'events', filters(values))
  assert.notEqual(of(99), null)
  assert.equal(of(100), null)
})

test('the zone goes along to every screen, and the time range to those that have one', () => {
  const search = new URLSearchParams({ from: 'a', last: '7d', q: 'x', tz: berlin })
  assert.equal(hrefs.placeHref({ href: '/hosts' }, search), '/hosts?from=a&last=7d&tz=Europe%2FBerlin')
  assert.equal(hrefs.placeHref({ href: '/risk', keepsTime: false }, search), '/risk?tz=Europe%2FBerlin')
  assert.equal(hrefs.placeHref({ href: '/risk' }, new URLSearchParams()), '/risk')
})

test('each address of the API is one that is answered', () => {
  const asked = [
    ['GET', apiPaths.table('events')],
    ['GET', apiPaths.event('e/1')],
    ['GET', apiPaths.stackMembers('k')],
    ['GET', apiPaths.stackEvents('k')],
    ['POST', apiPaths.uploads],
    ['DELETE', apiPaths.upload('u/1')],
    ['GET', apiPaths.uploadList('u1', 'rejects', 'ndjson')],
    ['GET', apiPaths.uploadList('u1', 'dests', 'csv')],
    ['POST', apiPaths.decisions],
    ['PUT', apiPaths.decision('d/1')],
    ['POST', apiPaths.undoDecision('d/1')],
    ['GET', apiPaths.decisionHistory('d/1')],
    ['GET', apiPaths.allDecisionHistory],
    ['POST', apiPaths.importDecisions(true)],
    ['POST', apiPaths.previewDecisions],
    ['PUT', apiPaths.groups],
    ['POST', apiPaths.resumable],
    ['POST', apiPaths.sample],
    ['GET', apiPaths.wall],
    ['GET', apiPaths.wallStream],
  ] as const
  for (const [method, path] of asked) {
    const { pathname } = new URL(path, 'http://localhost')
    assert.notEqual(permissionOf(method, pathname), null, `Nothing answers ${method} ${pathname}.`)
  }
})

test('a part of a path is read as it was before it was encoded, and not at all if it is not valid', () => {
  assert.equal(hrefs.pathPart('a%2Fb'), 'a/b')
  assert.equal(hrefs.pathPart('%E0%A4%A'), null)
  // No address of a browser keeps `.` or `..`, encoded or not.
  for (const name of ['.', '..', '~.', '~~..', '...', '~a', '%2e', 'a/../b']) {
    const { pathname } = new URL(hrefs.hostPath(name), 'http://127.0.0.1/')
    assert.match(pathname, /^\/hosts\/[^/]+$/, name)
    assert.equal(hrefs.pathPart(pathname.slice('/hosts/'.length)), name)
  }
})

test('no other file writes an address of a page or of the API', () => {
  const root = join(import.meta.dirname, '../..')
  const homes = [
    ...['lib/params/hrefs.ts', 'lib/params/api-paths.ts', 'lib/access/permissions.ts'],
    // Templates of paths, which the document describes.
    ...[
      'admin',
      'decisions',
      'document',
      'parts',
      'passkeys',
      'resumable',
      'sign-in',
      'tables',
      'uploads',
      'users',
      'watch',
    ].map((name) => `lib/http/openapi/${name}.ts`),
  ]
  const files = globSync('{app,components,lib}/**/*.{ts,tsx}', { cwd: root }).filter(
    (path) => !homes.includes(path) && !/\.test\.tsx?$|\/testing[^/]*$/.test(path),
  )
  const pages = ['api', 'wall', ...Object.keys(sortColumns)].join('|')
  const address = new RegExp(`(?<!(?:PageProps|RouteContext)<)['"\`]/(?:${pages})\\b|href=['"]/['"]`)
  const written = files.flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .filter((line) => address.test(line.replace(/^\s*(\/\/|\*|\/\*\*).*/, '')))
      .map((line) => `${path}: ${line.trim()}`),
  )
  assert.deepEqual(written, [])
})
