import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectionKeys, detections } from '#lib/asr/detections.ts'
import { stackKey } from '#lib/asr/stack-key.ts'
import { dice } from '#lib/formats/testing.ts'
import { sortColumns } from './columns.ts'
import { defaultParams } from './defaults.ts'
import { keepProto } from './keep-proto.ts'
import type { Reader } from './limits.ts'
import { carried, excluding, linkTo, literal, paramsToSearch } from './link.ts'
import { filterFields, type Params, stackFilterFields, type TableName } from './params.ts'
import { parseParams, searchParamsOf } from './parse.ts'

const tables = Object.keys(sortColumns) as TableName[]
const read = (query: string, table: TableName = 'stacking') =>
  parseParams(searchParamsOf(new URL(`http://x/?${query}`)), table)
const problem = (query: string, table: TableName = 'stacking') =>
  read(query, table).problems.map(({ param, value }) => `${param}=${value}`)
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

test('without parameters everything is at its default, and a link says nothing', () => {
  for (const table of tables) {
    assert.deepEqual(read('', table), { params: defaultParams(table), problems: [] })
    assert.equal(linkTo('/x', table, defaultParams(table)), '/x')
  }
})

const odd = [
  'a',
  '*',
  '!a',
  '=a',
  '!=*',
  'C:\\Program Files\\a b.exe',
  'ä ü',
  '"q" & \'p\'',
  '%41',
  '+',
  '#',
  '?',
  ' a ',
  '\u202e',
  '💥',
]

/** Parameters as a screen may have them. */
function randomParams(table: TableName, roll: (n: number) => number): Params {
  const params = { ...defaultParams(table) }
  const maybe = (): boolean => roll(3) === 0
  const text = () => odd[roll(odd.length)] as string
  const year = Date.UTC(1700, 0, 1) + roll(2 ** 31) * 4000
  if (maybe()) params.from = year
  if (maybe()) params.to = year + roll(2 ** 31)
  if (maybe())
    params.last =
      [
        { text: '24h', ms: 86_400_000 },
        { text: '90m', ms: 5_400_000 },
        { text: '4w', ms: 2_419_200_000 },
      ][roll(3)] ?? null
  if (maybe()) params.anchor = 'newest'
  if (maybe()) params.mode = 'faithful'
  if (maybe() && table in detections) params.faithful = roll(2) === 0 ? 0 : 1
  for (const field of filterFields)
    if (maybe()) params.filters = { ...params.filters, [field]: [text(), text()].slice(roll(2)) }
  if (table === 'stack') {
    for (const field of stackFilterFields)
      if (maybe()) params.stackFilters = { ...params.stackFilters, [field]: [text()] }
    if (maybe()) Object.assign(params, { since: { time: year }, minRatio: roll(90) / 4 })
    if (maybe()) params.hint = (['any', 'temp', 'swappedRoles'] as const)[roll(3)] ?? null
  }
  if (maybe()) params.q = text()
  if (maybe()) params.stack = stackKey(['dest'], [String(roll(2 ** 31))])
  const columns = sortColumns[table]
  if (maybe()) params.sort = [{ column: columns[roll(columns.length)] as string, descending: roll(2) === 0 }]
  if (maybe()) params.page = 1 + roll(1000)
  if (maybe()) params.limit = 1 + roll(1000)
  if (maybe()) params.tz = ['Europe/Berlin', 'America/Argentina/Buenos_Aires'][roll(2)] as string
  return params
}

test('a link that is read again says the same', () => {
  const roll = dice(1)
  for (let round = 0; round < 2000; round++) {
    const table = tables[roll(tables.length)] as TableName
    const params = randomParams(table, roll)
    const query = paramsToSearch(params, table).toString()
    assert.deepEqual(read(query, table), { params, problems: [] }, query)
  }
})

test('nonsense is named with what would be right, is ignored, and never throws', () => {
  const wrong: [query: string, named: string[]][] = [
    ['from=yesterday', ['from=yesterday']],
    ['from=2026-13-01', ['from=2026-13-01']],
    ['to=2026-02-30', ['to=2026-02-30']],
    ['to=2026-11-20T25:00:00Z', ['to=2026-11-20T25:00:00Z']],
    ['from=2026-02-02&to=2026-02-01', ['from=2026-02-02']],
    ['last=7', ['last=7']],
    ['last=0d', ['last=0d']],
    ['last=-1d', ['last=-1d']],
    ['last=999999999d', ['last=999999999d']],
    ['anchor=never', ['anchor=never']],
    ['mode=', []],
    ['mode=half', ['mode=half']],
    ['sort=nothing', ['sort=nothing']],
    ['sort=count;drop table event', ['sort=count;drop table event']],
    ['sort=count,,dest', ['sort=count,,dest']],
    ['sort=--count', ['sort=--count']],
    ['page=0', ['page=0']],
    ['page=1.5', ['page=1.5']],
    ['page=1e3', ['page=1e3']],
    ['limit=-1', ['limit=-1']],
    ['limit=99999999999999999999', ['limit=99999999999999999999']],
    ['tz=Mars/Olympus', ['tz=Mars/Olympus']],
    ['tz=%2B01:00', ['tz=+01:00']],
    ['colour=red', ['colour=red']],
    ['__proto__=1&constructor=2&toString=3', ['__proto__=1', 'constructor=2', 'toString=3']],
    ['id=x', ['id=x']],
  ]
  for (const [query, named] of wrong) {
    assert.deepEqual(problem(query), named, query)
    assert.deepEqual(read(query).params, { ...defaultParams('stacking'), to: read(query).params.to }, query)
    for (const { message } of read(query).problems) assert.match(message, /^[A-Z].*\.$/, query)
  }
})

test('a stack that is not a key is named and kept, since ignoring it would widen the link', () => {
  const wrong = ['abc', '123', '0', '-1', stackKey([], []).slice(1), `${stackKey([], [])}A`]
  for (const stack of wrong) {
    const { params, problems } = read(`stack=${stack}`)
    assert.equal(params.stack, stack)
    assert.deepEqual(
      problems.map(({ param, value, showsNothing, isOldLink }) => [param, value, showsNothing, isOldLink ?? false]),
      [['stack', stack, true, /^\d+$/.test(stack)]],
    )
    for (const { message } of problems) assert.match(message, /^[A-Z].*\.$/)
  }
})

test('any text in any place is read without throwing', () => {
  const roll = dice(2)
  const names = [
    'from',
    'to',
    'last',
    'anchor',
    'mode',
    'q',
    'stack',
    'sort',
    'page',
    'limit',
    'tz',
    'nonsense',
    ...filterFields,
  ]
  for (let round = 0; round < 3000; round++) {
    const bytes = Array.from({ length: roll(12) }, () =>
      String.fromCharCode(roll(round % 2 === 0 ? 128 : 0xffff)),
    ).join('')
    const name = names[roll(names.length)] as string
    const { params } = parseParams(
      { [name]: roll(2) === 0 ? bytes : [bytes, bytes] },
      tables[roll(tables.length)] as TableName,
    )
    if (params.from !== null && params.to !== null) assert.ok(params.from <= params.to)
  }
})

test('times are ISO 8601 with any offset; a date is its first moment as `from` and its last as `to`', () => {
  const times: [text: string, from: string, to: string][] = [
    ['2026-11-20', '2026-11-20T00:00:00.000Z', '2026-11-20T23:59:59.999Z'],
    ['2026-11-20T16:29:48Z', '2026-11-20T16:29:48.000Z', '2026-11-20T16:29:48.000Z'],
    ['2026-11-20T16:29:48.9847638Z', '2026-11-20T16:29:48.984Z', '2026-11-20T16:29:48.984Z'],
    ['2026-11-20T16:29:48%2B01:00', '2026-11-20T15:29:48.000Z', '2026-11-20T15:29:48.000Z'],
    ['2026-11-20T16:29:48+01:00', '2026-11-20T15:29:48.000Z', '2026-11-20T15:29:48.000Z'],
    ['2026-11-20T16:29:48-05:30', '2026-11-20T21:59:48.000Z', '2026-11-20T21:59:48.000Z'],
    ['1601-01-01T00:01:00Z', '1601-01-01T00:01:00.000Z', '1601-01-01T00:01:00.000Z'],
  ]
  for (const [text, from, to] of times) {
    assert.equal(iso(read(`from=${text}`).params.from), from, text)
    assert.equal(iso(read(`to=${text}`).params.to), to, text)
  }
  assert.deepEqual(problem('from=2026-11-20&to=2026-11-20'), [])
})

test('the last counts if a parameter is there twice; all values of a filter count', () => {
  assert.equal(read('page=2&page=3').params.page, 3)
  assert.deepEqual(read('ID=a&ID=!b&ID=').params.filters, { ID: ['a', '!b'] })
  assert.deepEqual(read('q=').params.q, null)
})

test('every column of a detection can be sorted by, and no other text reaches the database', () => {
  for (const key of detectionKeys) assert.deepEqual(sortColumns[key], detections[key].columns)
  assert.deepEqual(read('sort=-count,dest').params.sort, [
    { column: 'count', descending: true },
    { column: 'dest', descending: false },
  ])
  assert.deepEqual(problem('sort=EventRecordID', 'stacking'), ['sort=EventRecordID'])
  assert.deepEqual(problem('sort=EventRecordID', 'events'), [])
})

test('a change of anything but the page goes back to page 1', () => {
  const params = { ...defaultParams('stacking'), page: 4, q: 'a b' }
  assert.equal(linkTo('/stacking', 'stacking', params), '/stacking?q=a+b')
  assert.equal(linkTo('/stacking', 'stacking', params, { page: 5 }), '/stacking?q=a+b&page=5')
  assert.equal(linkTo('/stacking', 'stacking', params, { mode: 'faithful' }), '/stacking?mode=faithful&q=a+b')
})

test('what stays between screens is range, anchor and zone', () => {
  const { params } = read(
    'from=2026-01-01&to=2026-02-01T00:00:00Z&anchor=newest&tz=Europe/Berlin&q=x&dest=PC1&page=3&mode=faithful',
  )
  assert.equal(
    paramsToSearch(carried(params, 'hosts'), 'hosts').toString(),
    'from=2026-01-01T00%3A00%3A00.000Z&to=2026-02-01T00%3A00%3A00.000Z&anchor=newest&tz=Europe%2FBerlin',
  )
})

test('a value made a filter means itself, whatever characters it has', () => {
  assert.deepEqual(['a', 'a*b', '!a', '=a', '%'].map(literal), ['a', '=a*b', '=!a', '==a', '%'])
  assert.deepEqual(['a', 'a*b'].map(excluding), ['!a', '!=a*b'])
})

test('too many columns or values are named and show nothing: to ignore them would widen a link', () => {
  const columns = Array.from({ length: 11 }, (_, index) => (index % 2 === 0 ? 'count' : '-dest'))
  assert.equal(read(`sort=${columns.slice(1).join(',')}`).params.sort.length, 10)
  const values = (count: number) => Array.from({ length: count }, (_, index) => `${index % 2 ? 'ID' : 'dest'}=${index}`)
  const { params, problems } = read(values(100).join('&'))
  assert.deepEqual([problems, params.filters.dest?.length, params.filters.ID?.length], [[], 50, 50])
  const wrong: [query: string, param: string][] = [
    [`sort=${columns.join(',')}`, 'sort'],
    [`sort=${Array.from({ length: 2500 }, () => 'count').join(',')}`, 'sort'],
    [values(101).join('&'), 'ID'],
  ]
  for (const [query, param] of wrong) {
    const { params, problems } = read(query)
    assert.deepEqual(
      problems.map(({ param, showsNothing }) => [param, showsNothing]),
      [[param, true]],
      query.slice(0, 50),
    )
    assert.deepEqual(params, defaultParams('stacking'))
    assert.ok((problems[0]?.value ?? '').length <= 120)
    assert.match(problems[0]?.message ?? '', /^[A-Z].*\.$/)
  }
  assert.deepEqual(problem('q=a%00*&Path==a%00*&Path=!a%00*b&dest=a%00'), [])
})

test('a pattern with more than 100 * is named and shows nothing; several next to each other are one, and a literal has none', () => {
  const wild = (count: number) => 'a*'.repeat(count)
  for (const kept of [wild(100), '*'.repeat(5000), `=${wild(101)}`, `!=${wild(101)}`])
    assert.deepEqual(read(`Path=${kept}`).problems, [], kept.slice(0, 20))
  for (const [query, param] of [
    [`Path=${wild(101)}&dest=b`, 'Path'],
    [`Path=b&User=!${wild(5000)}`, 'User'],
    [`q=${wild(101)}`, 'q'],
  ] as const) {
    const { params, problems } = read(query)
    assert.deepEqual(
      problems.map(({ param, showsNothing }) => [param, showsNothing]),
      [[param, true]],
    )
    assert.deepEqual(params, defaultParams('stacking'))
    assert.match(problems[0]?.message ?? '', /^A pattern can have 100 \* at most, and this one has \d+\.$/)
  }
})

test('a page has 1,000 rows at most, JSON 10,000, an export as many as it likes; the first row of a page is exact', () => {
  const limits: [reader: Reader, most: number][] = [
    ['page', 1000],
    ['json', 10_000],
    ['export', 1_000_000_000],
  ]
  for (const [reader, most] of limits) {
    const { params, problems } = parseParams({ limit: String(most), page: '1000000' }, 'events', [], reader)
    assert.deepEqual([problems, params.limit, params.page], [[], most, 1_000_000])
    assert.ok(Number.isSafeInteger(params.page * most))
    for (const search of [{ limit: String(most + 1) }, { page: '1000001' }]) {
      const { params, problems } = parseParams(search, 'events', [], reader)
      assert.deepEqual([params, problems.length, problems[0]?.showsNothing], [defaultParams('events'), 1, undefined])
    }
  }
})

test('a parameter named __proto__ survives an ordinary object, and is named without what keeps it', () => {
  const targets: [target: string, kept: string][] = [
    ['/stacking', '/stacking'],
    ['/stacking?', '/stacking?'],
    ['/a?__proto__=1', '/a?__proto__+=1'],
    ['/a?x=?&__proto__&__proto__=&y=__proto__', '/a?x=?&__proto__+&__proto__+=&y=__proto__'],
    ['/a?%5f_pr%6Fto_%5F=1', '/a?%5f_pr%6Fto_%5F+=1'],
    ['/a?__proto__+=1&__proto=1', '/a?__proto__+=1&__proto=1'],
  ]
  for (const [target, kept] of targets) assert.equal(keepProto(target), kept)
  const search: Record<string, string> = {}
  for (const [name, value] of new URL(`http://x${keepProto('/a?__proto__=1&q=2')}`).searchParams) search[name] = value
  const { params, problems } = parseParams(search, 'stacking')
  assert.equal(params.q, '2')
  assert.deepEqual(problems, [{ param: '__proto__', value: '1', message: 'There is no such parameter.' }])
})

test('a filter that only stacks have is refused by other tables, which then show nothing', () => {
  const query = 'Path.folder=c:\\temp&Path.folder=!x&upload=u1'
  assert.deepEqual(read(query, 'stack'), {
    params: { ...defaultParams('stack'), stackFilters: { 'Path.folder': ['c:\\temp', '!x'], upload: ['u1'] } },
    problems: [],
  })
  for (const table of ['events', 'stacking', 'hosts'] as const) {
    const { params, problems } = read(query, table)
    assert.deepEqual(params, defaultParams(table))
    assert.deepEqual(
      problems.map(({ param, showsNothing }) => [param, showsNothing]),
      [
        ['Path.folder', true],
        ['upload', true],
      ],
    )
  }
  assert.deepEqual(problem('Path.exact=a&dest.folder=b&group.name=c', 'stack'), [
    'Path.exact=a',
    'dest.folder=b',
    'group.name=c',
  ])
})

test('a least ratio needs what separates before and since; without it no rows are shown', () => {
  assert.deepEqual(read('since=2026-03-01&minRatio=2.5', 'stack').params.minRatio, 2.5)
  const { problems } = read('minRatio=2', 'stack')
  assert.deepEqual(
    problems.map(({ param, showsNothing }) => [param, showsNothing]),
    [['minRatio', true]],
  )
  for (const text of ['-1', '1e3', 'x', '1.', '.5'])
    assert.deepEqual(problem(`since=2026-03-01&minRatio=${text}`, 'stack'), [`minRatio=${text}`])
  assert.deepEqual(problem('hint=Temp', 'stack'), ['hint=Temp'])
  assert.deepEqual(read('hint=any', 'stack').params.hint, 'any')
})
