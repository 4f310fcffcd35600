import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { detectionKeys } from '#lib/asr/detections.ts'
import type { FieldPattern } from '#lib/hunting/decision.ts'
import { sqlOf } from '#lib/ingest/testing.ts'
import { places } from '#lib/model/compared.ts'
import { filterFields } from '#lib/params/params.ts'
import { readPattern } from '#lib/params/pattern.ts'
import { selectComparison } from '#lib/query/compare.ts'
import { selectList } from '#lib/query/continuity.ts'
import { selectStackList, stackLists } from '#lib/query/overview.ts'
import { ask, asked } from '#lib/query/question.ts'
import { selectStackEvents, selectStackMembers, selectStacks, streamStacks, undecided } from '#lib/query/stacks.ts'
import {
  detectionOf,
  detectionRowsOf,
  eventRowsOf,
  eventsOf,
  hostOf,
  hostsOf,
  openSeededStore,
  overviewOf,
  paramsOf,
  riskOf,
  riskOfHost,
  rulesOf,
  timelineOf,
  valuesOf,
  wallOf,
} from '#lib/query/testing.ts'
import { selectUploads } from '#lib/query/uploads.ts'
import type { Reads } from '#lib/store/reads.ts'
import { type Source, sourceOf } from '../columns/source.ts'
import type { Connection } from '../database.ts'
import type { Sql, Value } from '../sql.ts'
import { openReads } from './reads.ts'
import { faultsOf } from './testing-faults.ts'

const seeded = openSeededStore(300)
after(() => seeded.close())

const sent = new Set<string>()
const recordingSource = (db: Connection): Source => {
  const source = sourceOf(db)
  const record =
    <Values extends unknown[], Rows>(read: (sql: string, ...values: Values) => Rows) =>
    (sql: string, ...values: Values): Rows => {
      sent.add(sql)
      return read(sql, ...values)
    }
  return {
    ...source,
    rows: record(source.rows) as Source['rows'],
    records: record(source.records) as Source['records'],
    each: record(source.each) as Source['each'],
  }
}
const ofStacks = sqlOf(seeded.file, recordingSource)
after(() => ofStacks.close())
const recording: Sql = {
  ...seeded.sql,
  stacks: ofStacks.stacks,
  all: <Row>(sql: string, values?: readonly Value[]) => {
    sent.add(sql)
    return seeded.sql.all<Row>(sql, values)
  },
  stream: <Row>(sql: string, values?: readonly Value[]) => {
    sent.add(sql)
    return seeded.sql.stream<Row>(sql, values)
  },
}
const unasked = new Set(Object.keys(openReads(recording)))
const reads = new Proxy(openReads(recording), {
  get(target, name: keyof Reads) {
    unasked.delete(name)
    return target[name]
  },
})

const exhaust = async (rows: AsyncIterable<unknown>): Promise<void> => {
  for await (const _ of rows);
}

const newest = Math.max(...seeded.events.map(({ time }) => time))
const at = (before: number): string => new Date(newest - before).toISOString()
const day = 86_400_000
const rows = (await detectionOf(seeded.reads, 'registry', paramsOf('registry', 'limit=1'))).rows
const stack = rows[0]?.stack ?? assert.fail('there is no change')

/** Every kind of filter, range and page. */
const filters = [
  '',
  'page=50',
  'mode=faithful',
  'dest=*1*&EventCode=!1121&ID=NULL',
  'feature=asr&Process_Name=*office*&Path=!NULL',
  'Parent_Commandline=*a*',
  'Target_Commandline=*a*',
  'User=!*a*',
  'q=office',
  `stack=${stack}`,
  'stack=AAAAAAAAAAAAAAAAAAAAAA',
]
const ranges = ['', 'last=3d&anchor=newest', `from=${at(5 * day)}&to=${at(1234)}`, `from=${at(90_000)}&to=${at(1234)}`]
const queries = filters.flatMap((filter) => ranges.map((range) => `${filter}&${range}`))

async function askEverything(): Promise<void> {
  for (const query of queries) {
    for (const key of detectionKeys) {
      for (const sort of ['', '&sort=-count', '&sort=dest,-lastTime', '&faithful=1']) {
        await detectionOf(reads, key, paramsOf(key, query + sort))
      }
      await exhaust(detectionRowsOf(reads, key, paramsOf(key, query)))
    }
    for (const sort of ['', '&sort=dest']) {
      await eventsOf(reads, paramsOf('events', query + sort))
      await exhaust(eventRowsOf(reads, paramsOf('events', query + sort)))
      await hostsOf(reads, paramsOf('hosts', query + sort))
    }
    await rulesOf(reads, paramsOf('rules', query))
    for (const field of filterFields)
      for (const table of ['stacking', 'block', 'registry', 'events'] as const)
        await valuesOf(reads, table, field, paramsOf(table, query))
    for (const sort of ['', '&sort=-score24h', '&sort=-count'])
      await riskOf(reads, paramsOf('risk', query.replace('page=50', 'page=50&limit=1') + sort))
    for (const bucket of ['hour', 'day'] as const) await timelineOf(reads, paramsOf('events', query), bucket)
  }
  const dest = seeded.events[0]?.dest ?? ''
  await hostOf(reads, dest, paramsOf('hosts'))
  await riskOfHost(reads, dest, paramsOf('risk', 'anchor=newest'))
  for (const range of ['', ...ranges]) {
    await overviewOf(reads, range)
    const question = await ask(reads, paramsOf('events', range), Date.now())
    for (const list of stackLists) await selectStackList(reads, list, question)
  }
  await detectionOf(reads, 'registry', paramsOf('registry', 'weakened=1'))
  await wallOf(reads, 'newest')
  const { rows: events } = await eventsOf(reads, paramsOf('events', 'limit=1'))
  await reads.event(events[0]?.id ?? '')
  await reads.hasStack(stack)
  await reads.hasHost(dest)
  await reads.hostsByLabel(['pc-1', 'pc-2'])
  await reads.version()
  await reads.ruleNames()
  await reads.recomputing()
  await askOfStacks()
  await askOfDecisions()
  await askOfUploads()
  await askOfAccess()
}

async function askOfAccess(): Promise<void> {
  const page = { offset: 0, limit: 10 }
  const filters = { actor: 'jane', action: 'undo', subject: 'upload-1', from: 0, to: newest } as const
  const nothing = { actor: null, action: null, subject: null, from: null, to: null }
  await reads.accounts(newest)
  for (const account of [null, 'jane']) await reads.sessions(account, newest)
  await reads.passkeys('jane')
  await reads.tokens()
  for (const filter of [filters, nothing]) {
    await reads.audit(filter, page)
    await exhaust(reads.auditRows(filter))
  }
}

async function askOfDecisions(): Promise<void> {
  const page = { offset: 0, limit: 10 }
  const groups = [{ name: 'some', patterns: [readPattern('*1*')] }]
  const of = (column: FieldPattern['column'], value: string | null, step: FieldPattern['step'] = 'exact') => ({
    ...{ id: `${column} ${step}`, disposition: 'known-good' as const, scope: null },
    patterns: [{ column, step, value, isWildcard: value?.includes('*') === true }],
  })
  const decisions = [
    ...[of('dest', '*1*'), of('EventCode', '1122'), of('Path', null), of('Process_Name', '*office*')],
    ...[of('Process_Name', '*office*', 'normalised'), of('group', 'some'), of('User', '*a*')],
  ]
  const decided = { groups, decisions }
  const question = await ask(reads, paramsOf('risk', 'anchor=newest'), newest)
  const leftOut = await reads.findRows(decided)
  for (const source of ['hours', 'events'] as const) {
    const risk = { ...asked(question), range: { from: newest - 7 * day, to: newest }, source, leftOut }
    await reads.leftOutRisk(risk)
    await reads.risk({ ...risk, sort: question.params.sort, page })
    await reads.countOver24h(risk)
  }
  // Of the fields of ASR Rules Stacking, which are compared with its rows, and of others, which are compared with events.
  for (const asked of [decided, { groups, decisions: decisions.slice(0, 4) }]) await reads.reach(asked, ['dest exact'])
  await reads.reach({ groups: [], decisions: decisions.slice(0, 1) }, [])
  await reads.groupCounts(groups)
  await reads.decisions()
  await reads.decision('none')
  await reads.decisionHistory('none', page)
  await reads.decisionHistory(null, page)
  await reads.hostGroups()
  await reads.groupHistory(page)
}

async function askOfStacks(): Promise<void> {
  for (const query of [
    ...queries,
    'by=Path.name,Target_Commandline.folder,User,upload&sort=Path&since=upload:upload-2',
  ])
    for (const by of ['', '&by=Path.folder,User,dest&sort=-User']) {
      const question = await ask(reads, paramsOf('stack', query.replace('mode=faithful', '') + by), Date.now())
      const { rows } = await selectStacks(reads, question, undecided)
      await exhaust(streamStacks(reads, question, undecided))
      const stack = rows[0]?.stack ?? ''
      await selectStackMembers(reads, question, undecided, stack)
      for (const column of ['_time', 'Path'])
        await selectStackEvents(reads, question, undecided, stack, [{ column, descending: true }])
    }
}

async function askOfUploads(): Promise<void> {
  const [one, two] = ['upload-1', 'upload-2'] as const
  const page = { offset: 0, limit: 10 }
  for (const sort of ['', 'sort=-createdAt', 'sort=records']) await selectUploads(reads, paramsOf('uploads', sort))
  await reads.upload(one)
  await reads.uploadNamed('upload')
  await reads.uploadTotals()
  await reads.comparableWith(one)
  await reads.removing()
  await reads.archiveOf(one)
  await reads.logs(one)
  await reads.removed()
  await reads.undoSize(one)
  await reads.rejects(one, page)
  await exhaust(reads.rejectRows(one))
  await reads.countWithoutDest(one)
  for (const kind of ['cleared', 'silence', 'stopped'] as const)
    await reads.hostBreaks({ kind, dest: 'PC1', range: { from: null, to: 0 }, page })
  await reads.storedCodes(one)
  for (const list of ['dests', 'breaks', 'versions'] as const) {
    for (const dest of [null, 'PC1']) await selectList(reads, list, one, { ...page, dest })
    await exhaust(reads.continuityRows(list, one, null))
  }
  await selectComparison(reads, [one, two], page)
  for (const place of places) {
    await reads.comparedEvents([one, two], place, page)
    await exhaust(reads.comparedEventRows([one, two], place))
  }
}

test('what another database would read differently is found in a statement', () => {
  const faulty: [sql: string, fault: RegExp][] = [
    ['SELECT EventCode FROM event', /^EventCode is not quoted$/],
    ['SELECT t.value AS ID FROM text t', /^ID is not quoted$/],
    ['SELECT user FROM asr_event', /^user is a keyword/],
    ['SELECT id FROM event WHERE id IN ()', /^IN has an empty list$/],
    ['SELECT count(*) AS total FROM (SELECT 1 FROM event)', /^a table has no name/],
    ['SELECT e.id FROM event e JOIN (SELECT id FROM event) ON true', /^a table has no name/],
    ['SELECT e.id FROM event e, (SELECT id FROM event) WHERE true', /^a table has no name/],
    ['SELECT id, max(time) FROM event', /^id is not grouped/],
    [
      'WITH newest AS (SELECT id, state, max(time) FROM seen GROUP BY id) SELECT id FROM newest',
      /^state is not grouped/,
    ],
    ['SELECT dest_id, coalesce(max(time), time) AS time FROM event GROUP BY dest_id', /^time is not grouped/],
    ['SELECT count(*) AS n FROM event GROUP BY id HAVING time > 0', /^time is not grouped/],
    ['SELECT count(*) AS n FROM event GROUP BY id ORDER BY n, time', /^time is not grouped/],
    ['SELECT e.* , count(*) AS n FROM event e GROUP BY e.id', /^\* is not grouped/],
    ['SELECT id, true AS is_event FROM event', /^a condition is selected/],
    ['SELECT id IS NOT NULL AS known FROM event', /^a condition is selected/],
    ['SELECT sum(id = 1) AS ones FROM event', /^a condition is a number/],
    ['SELECT 2 * (id > 1) AS two FROM event', /^a condition is a number/],
    ['SELECT json_extract(value, $) AS x FROM text', /^JSON is read/],
  ]
  for (const [sql, fault] of faulty) {
    const faults = faultsOf(sql)
    assert.match(faults[0] ?? '', fault, sql)
    assert.equal(faults.length, 1, faults.join('\n'))
  }
  const sound = [
    'SELECT "User" FROM asr_event WHERE id IN (1, 2) AND (id > 1 OR true)',
    'SELECT r.total FROM (SELECT count(*) AS total FROM event) r',
    'SELECT e.dest_id, time - time % 3600 AS hour, count(*) FILTER (WHERE id > 1) AS n FROM event e GROUP BY dest_id, 2 ORDER BY n',
    'SELECT id, count(*) OVER () AS total, CASE WHEN id > 1 THEN 1 ELSE 0 END AS is_big FROM event',
    'SELECT dest_id, (SELECT name FROM dest WHERE id = 1) AS name, sum(CASE WHEN id > 1 THEN 1 END) AS n FROM event GROUP BY dest_id',
  ]
  for (const sql of sound) assert.deepEqual(faultsOf(sql), [], sql)
})

/** A statement with its lists as other databases have them: the values of one column, or a table with some columns. */
const withTables = (sql: string): string =>
  sql
    .replaceAll('(SELECT value FROM json_each(?))', '(1, 2)')
    .replaceAll(/SELECT value ->> 0 AS [^()]+ FROM json_each\(\?\)/g, (list) =>
      list.replaceAll(/value ->> (\d+) AS/g, 'list.column_$1 AS').replace('json_each(?)', 'bound_list list'),
    )

test('no statement that answers a question would be wrong in another database', async () => {
  await askEverything()
  unasked.delete('close')
  assert.deepEqual([...unasked], [])
  assert.ok(sent.size > 100, `${sent.size} statements`)
  // A list is bound as JSON, since SQLite binds no lists; other databases bind them as values or as a table.
  const shared = [...sent].map(withTables)
  const isOfDecisions = (sql: string): boolean => /^WITH (need|pattern) AS/.test(sql)
  assert.ok(shared.filter(isOfDecisions).length >= 6, 'what decisions fit is among them')
  assert.deepEqual(
    shared.flatMap((sql) => faultsOf(sql).map((fault) => `${fault}\n${sql}`)),
    [],
  )
})
