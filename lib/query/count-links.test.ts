import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { type Counted, type CountedOf, countHref } from '#lib/params/hrefs.ts'
import { literal } from '#lib/params/link.ts'
import type { Params, TableName } from '#lib/params/params.ts'
import { parseParams, searchParamsOf } from '#lib/params/parse.ts'
import { selectEvents } from './events.ts'
import { selectHosts } from './hosts.ts'
import { ask } from './question.ts'
import { selectRules } from './rules.ts'
import { openSeededStore, paramsOf } from './testing.ts'

const { reads, close, events } = openSeededStore()
after(close)

const now = Math.max(...events.map(({ time }) => time)) + 3_600_000
const asking = (params: Params) => ask(reads, { ...params, page: 1, limit: 1_000_000 }, now)

/** What the screen at an address counts: events, hosts, or rules that have events. The page of a rule narrows to it. */
async function countedAt(href: string): Promise<number> {
  const url = new URL(href, 'http://localhost')
  const [, screen = '', ID] = url.pathname.split('/')
  const table = (ID === undefined ? screen : url.searchParams.get('tab')) as TableName
  const { params, problems } = parseParams(searchParamsOf(url), table, ['tab'])
  assert.deepEqual(problems, [], href)
  if (ID !== undefined) params.filters.ID = [literal(decodeURIComponent(ID))]
  const question = await asking(params)
  if (table === 'hosts') return (await selectHosts(reads, question)).total
  if (table === 'rules') return (await selectRules(reads, question)).filter(({ events: count }) => count > 0).length
  return (await selectEvents(reads, question)).total
}

const lists = [
  '',
  'last=3d&anchor=newest',
  'last=36h&EventCode=112*&EventCode=!1122',
  'Path=*.exe&feature=asr',
  'q=powershell&dest=*1*',
  'User=*a*&ID=!NULL',
  'EventCode=5007',
]

const modes = {
  events: 'events',
  blocked: 'block',
  audited: 'audit',
  overridden: 'override',
  changed: 'configuration',
} as const

async function assertLeads(row: Counted, counts: Partial<Record<CountedOf, number>>, params: Params): Promise<number> {
  for (const [of, count] of Object.entries(counts) as [CountedOf, number][]) {
    const href = countHref(row, of, params)
    assert.ok(href !== null)
    if (count > 0) assert.equal(await countedAt(href), count, `${of} of ${row.value}: ${href}`)
  }
  return Object.values(counts).filter((count) => count > 0).length
}

const byMode = (row: Record<keyof typeof modes, number>) =>
  Object.fromEntries(Object.entries(modes).map(([name, of]) => [of, row[name as keyof typeof modes]]))

test('each count of a host leads to as many events or rules', async () => {
  let links = 0
  for (const list of lists) {
    const params = paramsOf('hosts', list)
    const { rows } = await selectHosts(reads, await asking(params))
    for (const { dest, rules, ...host } of rows)
      links += await assertLeads({ field: 'dest', value: dest }, { ...byMode(host), rules }, params)
  }
  assert.ok(links > 300, `${links}`)
})

test('each count of a rule leads to as many events or hosts', async () => {
  let links = 0
  for (const list of lists) {
    const params = paramsOf('rules', list)
    for (const { ID, dests, ...rule } of await selectRules(reads, await asking(params)))
      links += await assertLeads({ field: 'ID', value: ID }, { ...byMode(rule), hosts: dests }, params)
  }
  assert.ok(links > 200, `${links}`)
})
