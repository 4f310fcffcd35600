import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { z } from 'zod'
import { GET as getOwnPasskeys } from '#app/api/v1/account/passkeys/route.ts'
import { GET as getAccount } from '#app/api/v1/account/route.ts'
import { GET as getOwnSessions } from '#app/api/v1/account/sessions/route.ts'
import { GET as getAuditLog } from '#app/api/v1/audit-log/route.ts'
import { GET as getHistory } from '#app/api/v1/dispositions/[id]/history/route.ts'
import { GET as getDecision } from '#app/api/v1/dispositions/[id]/route.ts'
import { GET as getAllHistory } from '#app/api/v1/dispositions/history/route.ts'
import { GET as getDecisions } from '#app/api/v1/dispositions/route.ts'
import { GET as getEvent } from '#app/api/v1/events/[id]/route.ts'
import { GET as getGroupHistory } from '#app/api/v1/groups/history/route.ts'
import { GET as getGroups } from '#app/api/v1/groups/route.ts'
import { GET as getOpenApi } from '#app/api/v1/openapi.json/route.ts'
import { GET as getProgress } from '#app/api/v1/progress/[id]/route.ts'
import { GET as getRemoved } from '#app/api/v1/removed/route.ts'
import { GET as getRisk } from '#app/api/v1/risk/[dest]/route.ts'
import { GET as getSessions } from '#app/api/v1/sessions/route.ts'
import { GET as getSettings } from '#app/api/v1/settings/route.ts'
import { GET as getStackEvents } from '#app/api/v1/stack/[key]/events/route.ts'
import { GET as getStack } from '#app/api/v1/stack/[key]/route.ts'
import { GET as getStorage } from '#app/api/v1/storage/route.ts'
import { GET as getTokens } from '#app/api/v1/tokens/route.ts'
import { GET as getList } from '#app/api/v1/uploads/[id]/[list]/route.ts'
import { GET as getRejects } from '#app/api/v1/uploads/[id]/rejects/route.ts'
import { GET as getUpload } from '#app/api/v1/uploads/[id]/route.ts'
import { GET as getComparedEvents } from '#app/api/v1/uploads/compare/events/route.ts'
import { GET as getComparison } from '#app/api/v1/uploads/compare/route.ts'
import { GET as getUsers } from '#app/api/v1/users/route.ts'
import { GET as getValues } from '#app/api/v1/values/[table]/route.ts'
import { GET as getWall } from '#app/api/v1/wall/route.ts'
import { asRequest, context, serverContext } from '#lib/access/context.ts'
import { permissions } from '#lib/access/permissions.ts'
import { signInWrites } from '#lib/access/sign-in-writes.ts'
import { asLocal, endProcess } from '#lib/access/testing.ts'
import { errorCodes } from '#lib/model/api-error.ts'
import type { Decision } from '#lib/model/decisions.ts'
import { strict } from '#lib/model/testing.ts'
import type { TableName } from '#lib/params/params.ts'
import { openSeededStore } from '#lib/query/testing.ts'
import { openQuestion } from '../open-questions.ts'
import { serveHealth } from '../serve-health.ts'
import { serveTable } from '../serve-table.ts'
import { tables } from '../tables.ts'
import { api, openApi } from './document.ts'

const seeded = openSeededStore(1200)
process.env.DATA_DIR = seeded.folder
after(async () => {
  await endProcess()
  await seeded.close()
})

type Operation = { responses: Record<string, { description?: string; $ref?: string }> }
type Document = {
  paths: Record<string, Record<string, Operation>>
  components: { responses: Record<string, { description: string }> }
}
const { paths, components } = openApi() as unknown as Document
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { responses }]) => ({ address: `${method.toUpperCase()} ${path}`, responses })),
)
const names = Object.keys(tables) as TableName[]
const docs = readFileSync(join(import.meta.dirname, '../../../docs/api.md'), 'utf8')

test('the document has every address and method of the API, and no others', () => {
  const addresses = Object.keys(permissions)
    // OPTIONS is a part of tus.
    .filter((address) => / \/api\//.test(address) && !address.startsWith('OPTIONS '))
    .map((address) =>
      address.replaceAll(/\[(\w+)\]/g, '{$1}').replace('GET /api/v1/resumable/', 'HEAD /api/v1/resumable/'),
    )
    .flatMap((address) =>
      address === 'GET /api/v1/{table}' ? names.map((name) => address.replace('{table}', name)) : [address],
    )
  assert.deepEqual(operations.map(({ address }) => address).sort(), [...new Set(addresses)].sort())
})

test('the document has every address that docs/api.md lists', () => {
  const routes = docs.slice(docs.indexOf('| route'), docs.indexOf('If too many requests'))
  const listed = [...routes.matchAll(/(?:`(GET|POST|DELETE) \/api\/v1|, `)(\/[\w.{}/]+)`/g)]
  assert.ok(listed.length > 20)
  for (const [, method = 'GET', path] of listed) {
    const address = `${method} /api/v1${path}`
    assert.ok(
      operations.some((each) => each.address === address),
      address,
    )
  }
})

test('every status and code of the table of errors in docs/api.md is described, and no others', () => {
  const table = docs.slice(docs.indexOf('## Errors'), docs.indexOf('## Screens'))
  const listed = [...table.matchAll(/^\| (\d{3}) +\| `([a-z-]+)`/gm)].map(([, status, code]) => `${status} ${code}`)
  const described = operations.flatMap(({ responses }) =>
    Object.entries(responses).flatMap(([status, { $ref, description = '' }]) => {
      const text =
        $ref === undefined ? description : (components.responses[$ref.split('/').at(-1) ?? '']?.description ?? '')
      return errorCodes.filter((code) => text.includes(`\`${code}\``)).map((code) => `${status} ${code}`)
    }),
  )
  assert.deepEqual([...new Set(described)].sort(), listed.sort())
  assert.deepEqual([...new Set(listed.map((each) => each.slice(4)))].sort(), [...errorCodes].sort())
})

const decision: Decision = {
  ...{ id: 'd-of-a-test', disposition: 'known-good', reason: '', author: 'jane', isSigned: false, createdAt: 1 },
  ...{ scope: { hosts: ['a'], groups: [] }, expiresAt: 2_000_000_000_000 },
  patterns: [{ column: 'Path', step: 'exact', value: '*', isWildcard: true }],
}
seeded.writer.changeDecisions('decide', [decision], { author: 'jane', isSigned: false, at: 1 })
seeded.writer.changeDecisions(
  'setGroups',
  [{ name: 'a', patterns: ['a'] }],
  { author: 'jane', isSigned: false, at: 1 },
  null,
)

const [first = '', second = ''] = ['upload-1', 'upload-2']
const asked = (query = '') => new Request(`http://127.0.0.1/api/v1/?${query}`)
const at = (params: Record<string, string>) => ({ params: Promise.resolve(params) }) as never
const compared = `a=${first}&b=${second}`

async function anEvent(): Promise<string> {
  const { rows } = (await (await serveTable(await context(), asked(), 'events')).json()) as { rows: { id: string }[] }
  return rows[0]?.id ?? ''
}

async function aStack(): Promise<string> {
  const { rows } = (await (await serveTable(await context(), asked(), 'stack')).json()) as { rows: { stack: string }[] }
  return rows[0]?.stack ?? ''
}

/** Runs a route as the request of an account, which has a session and a passkey. */
async function asAccount(work: () => Promise<Response>): Promise<Response> {
  const { by, writes } = await serverContext()
  const { id } = await writes.addAccount(randomUUID(), 'admin')
  const passkey = { key: randomUUID(), name: 'Laptop', secret: '', counter: 0, host: 'hunt.example' }
  await signInWrites(by).addPasskey(id, { passkey, compared: null }, null)
  await signInWrites(by).signIn(id, 'password', { address: '10.0.0.7', agent: 'a browser', name: null })
  return asRequest({ kind: 'account', id, name: 'jane', role: 'admin', session: null }, work)
}

/** An answer of each address that answers with JSON. */
const answers: Record<string, () => Promise<Response>> = {
  ...Object.fromEntries(
    names.map((name) => [
      `/api/v1/${name}`,
      async () => serveTable(await context(), asked(name === 'risk' ? 'anchor=newest' : ''), name),
    ]),
  ),
  '/api/v1/risk/{dest}': async () => {
    const [{ dest } = { dest: '' }] = seeded.events
    return getRisk(asked('anchor=newest&last=4w'), at({ dest }))
  },
  '/api/v1/stack/{key}': async () => getStack(asked(), at({ key: await aStack() })),
  '/api/v1/stack/{key}/events': async () => getStackEvents(asked('limit=3'), at({ key: await aStack() })),
  '/api/v1/events/{id}': async () => getEvent(asked(), at({ id: await anEvent() })),
  '/api/v1/values/{table}': async () => getValues(asked('field=Path&find=exe'), at({ table: 'audit' })),
  '/api/v1/uploads/{id}': async () => getUpload(asked(), at({ id: first })),
  '/api/v1/uploads/{id}/rejects': async () => getRejects(asked(), at({ id: first })),
  '/api/v1/uploads/{id}/{list}': async () => getList(asked(), at({ id: first, list: 'dests' })),
  '/api/v1/uploads/compare': async () => getComparison(asked(compared)),
  '/api/v1/uploads/compare/events': async () => getComparedEvents(asked(`${compared}&in=a`)),
  '/api/v1/dispositions': async () => getDecisions(asked()),
  '/api/v1/dispositions/history': async () => getAllHistory(asked()),
  '/api/v1/dispositions/{id}': async () => getDecision(asked(), at({ id: decision.id })),
  '/api/v1/dispositions/{id}/history': async () => getHistory(asked(), at({ id: decision.id })),
  '/api/v1/groups': async () => getGroups(asked()),
  '/api/v1/groups/history': async () => getGroupHistory(asked()),
  '/api/v1/account': () => asAccount(() => getAccount()),
  '/api/v1/account/passkeys': () => asAccount(() => getOwnPasskeys()),
  '/api/v1/account/sessions': () => asAccount(() => getOwnSessions()),
  '/api/v1/removed': async () => getRemoved(asked()),
  '/api/v1/users': async () => getUsers(asked()),
  '/api/v1/tokens': async () => {
    await (await context()).writes.makeToken('a token', 'read', null)
    return getTokens(asked())
  },
  '/api/v1/sessions': async () => getSessions(asked()),
  '/api/v1/audit-log': async () => getAuditLog(asked()),
  '/api/v1/settings': async () => getSettings(asked()),
  '/api/v1/storage': async () => getStorage(asked()),
  '/api/v1/progress/{id}': async () => {
    const { id } = openQuestion(() => new Promise<never>(() => {}))
    return getProgress(asked(), at({ id }))
  },
  '/api/v1/health': () => serveHealth(),
  '/api/v1/wall': async () => getWall(asked('anchor=newest')),
  '/api/v1/openapi.json': async () => getOpenApi(),
}

test('every answer in JSON is exactly what its schema in the document says', async () => {
  const described = Object.entries(api.paths ?? {}).flatMap(([path, { get }]) => {
    const answer = get?.responses?.['200']
    const schema = answer && 'content' in answer ? answer.content?.['application/json']?.schema : undefined
    return schema === undefined ? [] : [{ path, schema: schema as z.ZodType }]
  })
  assert.deepEqual(described.map(({ path }) => path).sort(), Object.keys(answers).sort())
  for (const { path, schema } of described) {
    const answer = await asLocal(() => answers[path]?.())
    assert.equal(answer?.status, 200, path)
    const { error } = strict(schema).safeParse(await answer?.json())
    assert.equal(error, undefined, `${path}: ${error?.message}`)
  }
})

test('an error has the envelope that the document says', async () => {
  const failed = await asLocal(async () => [
    await serveTable(await context(), asked('page=0'), 'events'),
    await getEvent(asked(), at({ id: 'none' })),
    await getComparison(asked()),
  ])
  const schema = api.components?.schemas?.ApiError as z.ZodType
  for (const answer of failed) strict(schema).parse(await answer.json())
})

test('times of answers are described as text, and whole numbers of a query as numbers', () => {
  const document = JSON.stringify(openApi())
  assert.match(document, /"firstTime":\{"type":"string","pattern":"[^"]+","format":"date-time"\}/)
  assert.match(document, /"name":"page","schema":\{[^}]*"type":"integer"/)
})
