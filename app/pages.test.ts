import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createElement, type FunctionComponent } from 'react'
import { theLocalActor } from '#lib/access/actor.ts'
import { asRequest } from '#lib/access/context.ts'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { event } from '#lib/ingest/testing.ts'
import type { SearchParams } from '#lib/params/params.ts'
import { openMemory } from '#lib/store/memory/memory.ts'
import type { Reads } from '#lib/store/reads.ts'
import { GET as getRisk } from './api/v1/risk/[dest]/route.ts'
import { markupOf, rowsOf, textOf } from './testing-page.ts'

// Pages of this test must not open the store of the process: it cannot be opened here.
process.env.DATA_DIR = '/dev/null/data'

const { default: StackingPage } = await import('./(frame)/stacking/page.tsx')
const { default: DisabledPage } = await import('./(frame)/disabled/page.tsx')
const { default: HostsPage } = await import('./(frame)/hosts/page.tsx')
const { default: RiskPage } = await import('./(frame)/risk/page.tsx')
const { default: HostPage } = await import('./(frame)/hosts/[dest]/page.tsx')
const { default: EventPage } = await import('./(frame)/events/[id]/page.tsx')

const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const unknown = '00000000-AAAA-BBBB-CCCC-000000000001'
const now = Date.parse('2026-03-03T12:00:00Z')
const at = (time: string): string => `2026-03-02T${time}Z`
const word = { ID: office, 'Process Name': 'C:\\WINWORD.EXE', Path: 'C:\\cmd.exe', 'Parent Commandline': 'winword /n' }
const rule = `HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR\\Rules\\${office}`

const log = [
  event(1121, 'PC-1', at('08:00:00'), word),
  event(1121, 'pc-1', at('09:00:00'), word),
  event(1122, 'PC-2', at('08:30:00'), { ...word, ID: unknown, Path: '<img src=x onerror=alert(1)>' }),
  event(1126, 'PC-2', at('08:40:00'), { 'Process Name': 'edge.exe', Destination: 'https://a.example' }),
  event(5007, 'PC-3', at('09:40:00'), { 'Old Value': `${rule} = 0x1`, 'New Value': `${rule} = 0x0` }),
]

/** What a page shows of some events. */
async function shown(
  page: (props: never) => unknown,
  query = '',
  events: LoggedEvent[] = log,
  params = {},
  { reads, add } = openMemory(),
) {
  if (events.length > 0) add({ id: 'log', events })
  const search: SearchParams = Object.fromEntries(new URLSearchParams(query))
  const props = { searchParams: Promise.resolve(search), params: Promise.resolve(params) }
  // Of uploads these pages ask only for breaks, which events alone do not have. One that asks for more fails.
  const hostBreaks: Reads['hostBreaks'] = async () => ({ total: 0, rows: [] })
  const all = { ...reads, hostBreaks } as Reads
  const markup = await markupOf(() => createElement(page as FunctionComponent<object>, props), all, {
    search: query,
    now,
  })
  return { markup, text: textOf(markup), rows: rowsOf(markup), reads }
}
/** The first event of a store. */
async function eventsOf(reads: Pick<Reads, 'events' | 'find'>) {
  const filter = { fields: {}, text: null, stack: null }
  const question = { filter, range: { from: null, to: null }, mode: 'complete' } as const
  const found = await reads.find(filter)
  const sort = [{ column: '_time', descending: false }]
  return reads.events({ ...question, found, sort, page: { offset: 0, limit: 1 } })
}
/** The cells of the first rows that have a text. */
const cellsOf = (rows: string[][], text: string): string[] => rows.find((row) => row.includes(text)) ?? []

test('/stacking shows each stack with its count, and the line that reconciles both modes', async () => {
  const { rows, text, markup } = await shown(StackingPage)
  assert.equal(rows.length, 4)
  assert.ok(cellsOf(rows, 'PC-1').includes('2'), 'a host in another case is the same host')
  assert.match(text, /5 events · 3 in faithful mode · 2 dropped by Splunk's grouping: show them/)
  assert.match(markup, /href="\/stacking\?faithful=0"/)
  assert.match(text, /Unknown rule/)
  assert.ok(text.includes('<img src=x onerror=alert(1)>') && !markup.includes('<img'), 'a path is text')
})

test('/risk shows what lowered protection in its range, linked to the rows', async () => {
  const { text, markup } = await shown(RiskPage, 'anchor=newest')
  assert.match(text, /Rules disabled 1/)
  assert.match(markup, /href="\/disabled\?from=2026-02-23[^"]*to=2026-03-02[^"]*"/)
  const { text: elsewhere } = await shown(RiskPage, 'anchor=newest&dest=PC-1')
  assert.doesNotMatch(elsewhere, /Rules disabled/)
})

test('in faithful mode /stacking keeps what Splunk would show', async () => {
  const { rows, text } = await shown(StackingPage, 'mode=faithful')
  assert.deepEqual(
    rows.map(([dest]) => dest),
    ['PC-1', 'PC-2'],
  )
  assert.match(text, /5 events · 3 in faithful mode/)
  const dropped = await shown(StackingPage, 'faithful=0')
  assert.equal(dropped.rows.length, 2)
})

test('a table without rows says why, and links to what has some', async () => {
  const none = await shown(StackingPage, '', [])
  assert.match(none.text, /No logs have been read yet/)
  assert.match(none.markup, /href="\/uploads"/)
  const filtered = await shown(StackingPage, 'dest=nobody')
  assert.deepEqual(filtered.rows, [])
  assert.match(filtered.text, /nobody/)
  const part = await shown(StackingPage, 'Path=cmd')
  assert.match(part.text, /Search anywhere in the field instead: Path \*cmd\* finds 1 stack/)
  assert.match(part.markup, /href="\/stacking\?Path=\*cmd\*"/)
  const risk = await shown(RiskPage, 'anchor=newest&dest=pc')
  assert.match(risk.text, /dest \*pc\* finds 3 risk objects/)
  const old = await shown(StackingPage, 'last=1h')
  assert.match(old.text, /older than this time range/)
  assert.match(old.markup, /href="\/stacking\?last=1h&amp;anchor=newest"/)
  const past = await shown(StackingPage, 'page=9')
  assert.match(past.text, /Page 9 is past the end: there is 1 page/)
})

test('a parameter that makes no sense is named, and the rows stay', async () => {
  const { text, rows } = await shown(StackingPage, 'EventCode=1121&sort=nothing&color=red')
  assert.match(text, /nothing/)
  assert.match(text, /There is no such parameter/)
  assert.equal(rows.length, 1)
})

test('/disabled shows the rule that was turned off, from which state to which', async () => {
  const { rows } = await shown(DisabledPage)
  assert.equal(rows.length, 1)
  const [row = []] = rows
  assert.ok(
    row.includes('PC-3') && row.some((cell) => cell.includes('Block')) && row.some((cell) => cell.includes('Disabled')),
  )
})

test('/hosts counts by mode, with the risk of the seven days to the anchor', async () => {
  const { rows } = await shown(HostsPage, 'sort=dest')
  assert.deepEqual(
    rows.map((row) => row.slice(0, 9)),
    [
      ['PC-1', '2', '2', '· 0', '· 0', '· 0', '1', '90', '2'],
      ['PC-2', '2', '1', '1', '· 0', '· 0', '1', '85', '3'],
      ['PC-3', '1', '· 0', '· 0', '· 0', '1', '1', '100', '1'],
    ],
  )
  const { rows: changed } = await shown(HostsPage, 'EventCode=5007')
  assert.deepEqual(
    changed.map(([dest]) => dest),
    ['PC-3'],
  )
})

test('/hosts says which hosts may be the same machine, and leads to them', async () => {
  const twin = event(1121, 'pc-1.corp.example', at('10:00:00'), word)
  const { text, markup } = await shown(HostsPage, '', [...log, twin])
  assert.match(text, /same as pc-1\.corp\.example \?/)
  assert.match(text, /same as PC-1 \?/)
  assert.match(markup, /href="\/hosts\/pc-1\.corp\.example"/)
  assert.doesNotMatch((await shown(HostsPage)).text, /same as/)
})

test('/hosts/[dest] shows what was disabled as a sentence, and which host may be the same machine', async () => {
  const twin = event(1121, 'pc-3.corp.example', at('10:00:00'), word)
  const { text, markup } = await shown(HostPage, '', [...log, twin], { dest: 'PC-3' })
  assert.match(text, /Disabled: .+: Block → Disabled \(last change, 2026-03-02 09:40:00\)\. 1 change of ASR/)
  assert.doesNotMatch(text, /Last change/)
  assert.match(text, /May be the same machine as pc-3\.corp\.example/)
  assert.match(markup, /href="\/hosts\/pc-3\.corp\.example"/)
})

test('/hosts/[dest] says what weakened it, and the last change by itself if it lowered nothing', async () => {
  const set = (before: string, after: string, time: string) =>
    event(5007, 'PC-3', at(time), { 'Old Value': `${rule} = ${before}`, 'New Value': `${rule} = ${after}` })
  const weakened = await shown(HostPage, '', [...log, set('0x1', '0x2', '10:00:00')], { dest: 'PC-3' })
  assert.match(
    weakened.text,
    /Disabled: .+: Block → Disabled Weakened: .+: Block → Audit \(last change, 2026-03-02 10:00/,
  )
  assert.match(weakened.text, /2 changes of ASR/)
  const on = await shown(HostPage, '', [...log, set('0x0', '0x1', '10:00:00')], { dest: 'PC-3' })
  assert.match(on.text, /Last change 2026-03-02 10:00:00: .+: Disabled → Block\. 2 changes of ASR/)
  assert.match(on.text, /Disabled: .+: Block → Disabled Block/)
})

test('a host named as a step in a path has its page, in the API too', async () => {
  const memory = openMemory()
  const events = [event(1121, '..', at('10:00:00'), word)]
  const { markup } = await shown(HostsPage, '', events, {}, memory)
  assert.match(markup, /href="\/hosts\/~\.\."/)
  assert.match((await shown(HostPage, '', [], { dest: '~..' }, memory)).text, /1 event · 1 in faithful mode/)
  const route = { params: Promise.resolve({ dest: '~..' }) }
  const request = new Request('http://127.0.0.1/api/v1/risk/~..?anchor=newest')
  const answer = await asRequest(theLocalActor, () => getRisk(request, route), { reads: memory.reads as Reads, now })
  assert.equal(((await answer.json()) as { total: number }).total, 1)
})

test('the title of a page names its host, rule, event or upload', async () => {
  const memory = openMemory()
  memory.add({ id: 'log', events: log })
  const { rows } = await eventsOf(memory.reads)
  const reads = { ...memory.reads, upload: async () => ({ name: 'evil\u202e.xml' }) } as unknown as Reads
  const titleOf = async (page: string, params: object): Promise<unknown> => {
    const { generateMetadata } = await import(`./(frame)/${page}/page.tsx`)
    const props = { params: Promise.resolve(params) }
    return (await asRequest(theLocalActor, () => generateMetadata(props), { reads, now })).title
  }
  assert.equal(await titleOf('hosts/[dest]', { dest: 'PC%2D1' }), 'PC-1')
  assert.equal(
    await titleOf('rules/[ID]', { ID: office }),
    'Block all Office applications from creating child processes',
  )
  assert.equal(await titleOf('rules/[ID]', { ID: unknown }), 'Unknown rule 00000000')
  assert.equal(await titleOf('events/[id]', { id: rows[0]?.id }), 'Event 1121 on PC-1')
  assert.equal(await titleOf('events/[id]', { id: 'nothing' }), 'Event')
  assert.equal(await titleOf('uploads/[id]', { id: 'log' }), 'evil⟨RLO⟩.xml')
  assert.match(String(await titleOf('uploads/[id]/continuity', { id: 'log' })), /versions of evil⟨RLO⟩\.xml$/)
})

test('/risk ranks hosts by score: a row of an hour each, and says where the old data is', async () => {
  const { rows, text } = await shown(RiskPage)
  // PC-1: two blocks in two hours, 90. PC-2: one audit, and a 1126 that audit and block both have, 85. PC-3: disabled, 100.
  assert.deepEqual(
    rows.map((row) => row.find((cell) => /^PC-\d$/.test(cell))),
    ['PC-3', 'PC-1', 'PC-2'],
  )
  assert.deepEqual(
    rows.map((row) => row.find((cell) => /^(100|90|85)$/.test(cell))),
    ['100', '90', '85'],
  )
  assert.match(text, /3 risk objects/)
  // Three blocks of PC-1 in an hour are over the threshold of 24 hours: on every page, also one that does not show it.
  const third = { ...word, Path: 'C:\\other.exe' }
  const over = [...log, event(1121, 'PC-1', at('10:00:00'), third)]
  for (const query of ['', '&limit=1', '&limit=1&page=3&sort=score']) {
    const page = await shown(RiskPage, `anchor=newest${query}`, over)
    assert.match(page.text, /3 risk objects .* 1 over 100 in 24 hours/, query)
    assert.match(page.markup, /sort=-score24h/)
  }
  assert.match((await shown(RiskPage, 'anchor=newest&dest=PC-2', over)).text, /1 risk object .* 0 over 100 in 24 hours/)
  const moved = log.map((each) => ({ ...each, time: each.time - 30 * 86_400_000 }))
  const old = await shown(RiskPage, '', moved)
  assert.match(old.text, /The data is old/)
  assert.match((await shown(RiskPage, 'last=24h', moved)).text, /The data is old/)
  for (const query of ['anchor=newest&dest=nobody', 'dest=nobody', 'to=2026-03-03T12:00:00Z'])
    assert.match((await shown(RiskPage, query, moved)).text, /No host raised risk in this time range/, query)
  assert.equal((await shown(RiskPage, 'anchor=newest', moved)).rows.length, 3)
})

test('the drilldown columns of /risk name the zone at the times, and nowhere else', async () => {
  const { markup } = await shown(RiskPage, 'view=drilldown&tz=Europe/Berlin')
  const heads = [...markup.matchAll(/<th\b.*?<\/th>/gs)].map(([head]) => textOf(head))
  assert.equal(heads.length, 9)
  const zoned = heads.filter((head) => head.includes('Europe/Berlin')).map((head) => head.split(' ')[0])
  assert.deepEqual(zoned, ['firstTime', 'lastTime'])
})

test('/hosts/[dest] has the risk of the host, or says that its data is older', async () => {
  const risk = (query: string, events = log) => shown(HostPage, `tab=risk&${query}`, events, { dest: 'pc-1' })
  const { text, rows } = await risk('')
  assert.match(text, /Score 90/)
  assert.ok(rows.some(([dest, count]) => dest === 'PC-1' && count === '2'))
  const moved = log.map((each) => ({ ...each, time: each.time - 30 * 86_400_000 }))
  assert.match((await risk('', moved)).text, /The data is older than 7 days/)
  assert.match((await risk('anchor=newest', moved)).text, /Score 90/)
  // The newest event is of another host, more than seven days after those of this one.
  const others = moved.concat(event(1121, 'PC-9', at('08:00:00'), word))
  assert.match((await risk('anchor=newest', others)).text, /No risk events in the 7 days to the newest event/)
})

test('a link to the former tab of stacks still shows the stacks of the host, whatever detection it names', async () => {
  for (const query of ['tab=stacks', 'tab=stacks&detection=audit']) {
    const { text } = await shown(HostPage, query, log, { dest: 'PC-1' })
    assert.match(text, /2 events · 2 in faithful mode/, query)
  }
  const { text } = await shown(HostPage, 'detection=audit', log, { dest: 'PC-1' })
  assert.doesNotMatch(text, /2 events · 2 in faithful mode/)
})

test('what is shown of a host looks up the texts of its filter once, on the page and in the API', async (t) => {
  const memory = openMemory()
  memory.add({ id: 'log', events: log })
  const find = t.mock.method(memory.reads, 'find')
  for (const tab of ['results', 'configuration', 'events', 'risk']) {
    find.mock.resetCalls()
    await shown(HostPage, `tab=${tab}&Path=*cmd*`, [], { dest: 'PC-1' }, memory)
    const looked = find.mock.calls.filter(({ arguments: [filter] }) => filter.fields.Path !== undefined)
    assert.equal(looked.length, 1, tab)
  }
  find.mock.resetCalls()
  const request = new Request('http://127.0.0.1/api/v1/risk/PC-1?anchor=newest&Path=*cmd*')
  const at = { params: Promise.resolve({ dest: 'PC-1' }) }
  const answer = await asRequest(theLocalActor, () => getRisk(request, at), { reads: memory.reads as Reads, now })
  assert.equal(((await answer.json()) as { total: number }).total, 1)
  assert.equal(find.mock.callCount(), 1)
})

test('/events/[id] shows an event by its key, with every field as logged', async () => {
  const { reads, add } = openMemory()
  add({ id: 'log', events: log })
  const { rows } = await eventsOf(reads)
  const { text } = await shown(EventPage, '', log, { id: rows[0]?.id })
  for (const value of ['PC-1', 'Parent Commandline', 'winword /n', '1121']) assert.ok(text.includes(value), value)
})
