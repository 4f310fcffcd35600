import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createElement, type FunctionComponent } from 'react'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { event } from '#lib/ingest/testing.ts'
import { openMemory } from '#lib/store/memory/memory.ts'
import type { Reads } from '#lib/store/reads.ts'
import { markupOf, rowsOf, textOf } from './testing-page.ts'

// Pages of this test must not open the store of the process: it cannot be opened here.
process.env.DATA_DIR = '/dev/null/data'

const { default: StackPage } = await import('./(frame)/stack/page.tsx')
const { default: AuditPage } = await import('./(frame)/audit/page.tsx')

const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const now = Date.parse('2026-03-03T12:00:00Z')
const at = (time: string): string => `2026-03-02T${time}Z`
const word = { ID: office, 'Process Name': 'C:\\WINWORD.EXE', Path: 'C:\\cmd.exe', User: 'anna' }
const rule = `HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR\\Rules\\${office}`

const log = [
  event(1121, 'PC-1', at('08:00:00'), word),
  event(1121, 'pc-1', at('09:00:00'), word),
  event(1122, 'PC-2', at('08:30:00'), word),
  event(1122, 'PC-2', at('08:40:00'), { ...word, 'Process Name': '<img src=x onerror=alert(1)>' }),
  event(5007, 'PC-3', at('09:40:00'), { 'Old Value': `${rule} = 0x1`, 'New Value': `${rule} = 0x0` }),
]

/** What a page shows of some events. */
async function shown(page: (props: never) => unknown, query = '', events: LoggedEvent[] = log) {
  const { reads, add } = openMemory()
  if (events.length > 0) add({ id: 'log', events })
  const props = { searchParams: Promise.resolve(Object.fromEntries(new URLSearchParams(query))) }
  const uploads = async () => ({ total: 1, rows: [{ id: 'log', name: 'monday.xml', createdAt: now, stored: 5 }] })
  const none = async () => []
  const all = { ...reads, uploads, hostGroups: none, decisions: none } as unknown as Reads
  const markup = await markupOf(() => createElement(page as FunctionComponent<object>, props), all, {
    path: '/stack',
    search: query,
    now,
  })
  return { markup, text: textOf(markup), rows: rowsOf(markup) }
}

test('/stack opens with rules and processes, the rare end first, and sums that account for every event', async () => {
  const { rows, text, markup } = await shown(StackPage)
  // The two of one host and one event are in the order of their keys.
  assert.deepEqual(rows.map((row) => row.slice(0, 4)).toSorted(), [
    ['Office → child process', '<img src=x onerror=alert(1)>', '1 of / 3', '1'],
    ['Office → child process', 'Configuration change : open to see which', '1 of / 3', '1'],
    ['Office → child process', 'c:\\ winword.exe', '2 of / 3', '3'],
  ])
  assert.equal(rows[2]?.[2], '2 of / 3')
  assert.ok(!markup.includes('<img'), 'a process is text')
  assert.match(text, /3 stacks with 5 events 5 events in all, on 3 of 3 reporting hosts/)
  assert.ok(
    rows.at(-1)?.some((cell) => /^Block 2 Audit 1$/.test(cell)),
    'both modes in words',
  )
})

test('fields can be removed, moved, made coarser or finer, and added, each by a link', async () => {
  const { markup } = await shown(StackPage, 'by=ID,Process_Name.folder,User&maxHosts=2')
  const linksOf = (label: string) =>
    [...markup.matchAll(/<a\b[^>]*>/g)].flatMap(([tag]) =>
      tag.includes(`aria-label="${label}"`) ? [/href="([^"]*)"/.exec(tag)?.[1]?.replaceAll('&amp;', '&')] : [],
    )
  const to = (by: string) => [`/stack?by=${encodeURIComponent(by)}&maxHosts=2`]
  assert.deepEqual(linksOf('Remove User'), to('ID,Process_Name.folder'))
  assert.deepEqual(linksOf('Move User to the left'), to('ID,User,Process_Name.folder'))
  assert.deepEqual(linksOf('Move ID to the right'), to('Process_Name.folder,ID,User'))
  assert.deepEqual(linksOf('Move ID to the left'), [])
  assert.deepEqual(linksOf('Process_Name finer: normalised'), to('ID,Process_Name.normalised,User'))
  assert.deepEqual(linksOf('Process_Name coarser: file name'), to('ID,Process_Name.name,User'))
  assert.deepEqual(linksOf('Drop the limit on hosts'), [
    `/stack?by=${encodeURIComponent('ID,Process_Name.folder,User')}`,
  ])
  const { markup: one } = await shown(StackPage, 'by=User')
  assert.doesNotMatch(one, /aria-label="Remove User"/)
})

test('what limits leave out is counted with a link that shows it, and no stack within them says so', async () => {
  const { rows, text, markup } = await shown(StackPage, 'maxHosts=1')
  assert.equal(rows.length, 2)
  assert.match(text, /2 stacks with 2 events 1 stack with 3 events left out: show 5 events in all/)
  assert.match(markup, /<a [^>]*href="\/stack"[^>]*>show<\/a>/)
  const none = await shown(StackPage, 'maxHosts=0&maxEvents=7')
  assert.deepEqual(none.rows, [])
  assert.match(none.text, /No stack is within the limits All 3 stacks are left out by ≤ 0 hosts, ≤ 7 events\./)
  assert.match(none.markup, /href="\/stack\?maxEvents=7"[^>]*>Drop (<!-- -->)?≤ 0 hosts/)
  assert.match(none.markup, /href="\/stack"[^>]*>Drop all limits/)
})

test('before and since are counted apart, and what is new or gone is one link away', async () => {
  const query = 'by=Process_Name&since=2026-03-02T08:35:00Z'
  const { markup, text, rows } = await shown(StackPage, query)
  assert.match(text, /New since 2026-03-02 08:35/)
  assert.match(markup, /<th[^>]*data-name="before"/)
  assert.equal(rows.length, 3)
  const fresh = await shown(StackPage, `${query}&seen=new`)
  assert.deepEqual(fresh.rows.map(([name]) => name).toSorted(), [
    '<img src=x onerror=alert(1)>',
    'Configuration change : open to see which',
  ])
  const { markup: without } = await shown(StackPage, 'by=Process_Name')
  assert.doesNotMatch(without, /data-name="before"/)
})

test('a merged value is a filter of its step, which stays when the step is made finer', async () => {
  const { markup } = await shown(StackPage, 'by=Process_Name.folder')
  assert.match(markup, /<td[^>]*data-name="Process_Name"[^>]*data-field="Process_Name.folder"/)
  const query = 'by=Process_Name&Process_Name.folder=c:\\*'
  const { rows, text, markup: narrowed } = await shown(StackPage, query)
  assert.deepEqual(
    rows.map(([name]) => name),
    ['C:\\ WINWORD.EXE'],
  )
  assert.match(text, /1 stack with 3 events 3 events in all, on 2 of 3 reporting hosts/)
  assert.match(narrowed, /aria-label="Drop the filter Process_Name\.folder c:\\\*"/)
  assert.match((await shown(StackPage, `${query}nothing`)).text, /No stacks match.*Process_Name\.folder/)
})

test('a least ratio can be typed if there is a comparison, and leaves out and counts what had no event before', async () => {
  const query = 'by=Process_Name&since=2026-03-02T08:35:00Z'
  assert.match((await shown(StackPage, query)).markup, /<input[^>]*name="minRatio"/)
  assert.doesNotMatch((await shown(StackPage, 'by=Process_Name')).markup, /name="minRatio"/)
  const { rows, text } = await shown(StackPage, `${query}&minRatio=0.1`)
  assert.equal(rows.length, 1)
  assert.match(text, /1 stack with 3 events 2 stacks with 2 events left out: show/)
  const none = await shown(StackPage, `${query}&minRatio=90&maxHosts=9`)
  assert.match(none.text, /All 3 stacks are left out by ≤ 9 hosts, ratio ≥ 90\./)
  assert.match((await shown(StackPage, 'minRatio=2')).text, /give `since` too/)
})

test('stacks with a hint alone: it is shown, can be dropped, and what is left out is counted', async () => {
  const temp = { ...word, Path: 'C:\\Windows\\Temp\\a.exe' }
  const events = [...log, event(1121, 'PC-1', at('10:00:00'), temp)]
  const { rows, text, markup } = await shown(StackPage, 'by=Path&hint=temp', events)
  assert.deepEqual(
    rows.map(([name]) => name),
    ['C:\\Windows\\ Temp\\ a.exe'],
  )
  assert.match(text, /Hint: Temp/)
  assert.match(text, /1 stack with 1 event 2 stacks with 5 events left out: show/)
  assert.match(
    markup,
    /href="\/stack\?by=Path"[^>]*aria-label="Drop the hint Temp"|aria-label="Drop the hint Temp"[^>]*href="\/stack\?by=Path"/,
  )
  const none = await shown(StackPage, 'by=Path&hint=network', events)
  assert.match(none.text, /All 3 stacks are left out by hint Network\./)
})

test('/stack without events, and with filters that leave none, says why', async () => {
  assert.match((await shown(StackPage, '', [])).text, /No logs have been read yet/)
  const { text } = await shown(StackPage, 'dest=nobody')
  assert.match(text, /No stacks match/)
  assert.match((await shown(StackPage, 'by=Moon')).text, /Unknown field "Moon"/)
})

test('a detection leads to the same events as stacks, under its filters and its range', async () => {
  const { markup } = await shown(AuditPage, 'last=30d&dest=PC-2')
  const by = encodeURIComponent('dest,Process_Name,Target_Commandline,Path,ID,EventCode')
  const codes = [1122, 1125, 1126, 1132, 1134].map((code) => `&amp;EventCode=${code}`).join('')
  assert.ok(markup.includes(`href="/stack?last=30d&amp;dest=PC-2${codes}&amp;by=${by}"`))
})
