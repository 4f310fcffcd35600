import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { By, StackColumn } from '#lib/hunting/definition.ts'
import { defaultParams } from './defaults.ts'
import { parseParams, searchParamsOf } from './parse.ts'
import { aroundHref, hostEventsHref, hostsWithHref, stackByHref } from './pivots.ts'

const params = {
  ...defaultParams('block'),
  last: { text: '7d', ms: 7 * 86_400_000 },
  anchor: 'newest' as const,
  filters: { Path: ['*x*'], EventCode: ['!1126'] },
  q: 'word',
}
const exactly = (column: StackColumn): By => ({ column, step: 'exact' })
const read = (href: string, table: 'stack' | 'events' | 'hosts') => {
  const { params: asked, problems } = parseParams(searchParamsOf(new URL(href, 'http://x')), table)
  assert.deepEqual(problems, [])
  return asked
}

test('stack by a column keeps the range and the filters, and the codes of the detection that it leads from', () => {
  const asked = read(stackByHref(exactly('Process_Name'), params, 'block'), 'stack')
  assert.deepEqual(asked.by, [{ column: 'Process_Name', step: 'exact' }])
  assert.deepEqual(asked.filters, { Path: ['*x*'], EventCode: ['1121', '1129', '1131', '1133'] })
  assert.deepEqual([asked.last?.text, asked.anchor, asked.q], ['7d', 'newest', 'word'])
  assert.deepEqual(read(stackByHref(exactly('User'), params, null), 'stack').filters, params.filters)
})

test('a filter with as many values as a link can have is carried as it is', () => {
  const full = { ...params, filters: { Path: Array.from({ length: 98 }, (_, index) => `p${index}`) } }
  assert.deepEqual(read(stackByHref(exactly('ID'), full, 'stacking'), 'stack').filters, full.filters)
})

test('the events of a host, around its row or in the range of the screen', () => {
  assert.deepEqual(read(hostEventsHref('*', params), 'events').filters, { dest: ['=*'] })
  const around = read(aroundHref('WS-1', 1_000_000, 2_000_000, 300_000, 'Europe/Berlin'), 'events')
  assert.deepEqual([around.from, around.to, around.tz], [700_000, 2_300_000, 'Europe/Berlin'])
  assert.deepEqual(around.filters, { dest: ['WS-1'] })
})

test('other hosts with a value leave out the host of the row', () => {
  assert.deepEqual(read(hostsWithHref('Path', '!x', 'WS-1', params), 'hosts').filters, {
    Path: ['=!x'],
    dest: ['!WS-1'],
  })
})

test('a value at a step of the ladder leads to stacks, which alone are filtered by it', () => {
  const given = {
    ...{ ...defaultParams('stack'), last: params.last, dispositions: 'hide' as const },
    stackFilters: { group: ['servers'] },
  }
  const stacked = read(stackByHref({ column: 'Path', step: 'folder' }, given, null), 'stack')
  assert.deepEqual(stacked.by, [{ column: 'Path', step: 'folder' }])
  assert.deepEqual([stacked.stackFilters, stacked.dispositions], [{ group: ['servers'] }, 'hide'])
  const hosts = read(hostsWithHref('Path.folder', 'c:\\temp', 'WS-1', given), 'stack')
  assert.deepEqual([hosts.by, hosts.filters], [[exactly('dest')], { dest: ['!WS-1'] }])
  assert.deepEqual([hosts.stackFilters, hosts.last?.text], [{ 'Path.folder': ['c:\\temp'] }, '7d'])
  assert.deepEqual(read(hostsWithHref('User', 'anna', null, given), 'hosts').filters, { User: ['anna'] })
})
