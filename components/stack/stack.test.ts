import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StackRow } from '#lib/model/rows.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import { hiddenAtFirst, stackColumnNames } from './column-names.ts'
import { daysOf } from './days.ts'
import { memberSearch } from './member-search.ts'
import { dispositionWords, hintNamesOf, hintReasons, mergedWords } from './words.ts'

const day = (date: string) => Date.parse(`${date}T00:00:00Z`)
const counts = { blocked: 1, audited: 0, overridden: 2, changed: 0 }

test('the days of a stack go from its first to its last, and those between without events are there', () => {
  const { bucket, points } = daysOf([
    { time: day('2026-02-27'), ...counts },
    { time: day('2026-03-02'), ...counts },
  ])
  assert.equal(bucket, 'day')
  assert.deepEqual(
    points.map(({ time, block, override }) => [new Date(time).toISOString().slice(0, 10), block, override]),
    [
      ['2026-02-27', 1, 2],
      ['2026-02-28', 0, 0],
      ['2026-03-01', 0, 0],
      ['2026-03-02', 1, 2],
    ],
  )
  assert.deepEqual(daysOf([]).points, [])
  const centuries = daysOf([
    { time: day('1970-01-01'), ...counts },
    { time: day('2026-03-02'), ...counts },
  ])
  assert.equal(centuries.points.length, 2)
})

test('dispositions and merged variants are said in words, and only if there are some', () => {
  assert.equal(dispositionWords([{ disposition: null, events: 9 }]), '')
  const mixed = [
    { disposition: 'known-good', events: 3 },
    { disposition: null, events: 1 },
  ]
  assert.equal(dispositionWords(mixed), '3 known good, 1 undecided')
  assert.equal(mergedWords(1), '')
  assert.equal(mergedWords(1214), 'merged 1\u202f214')
})

test('hints are said by name, and each with what it says', () => {
  assert.equal(hintNamesOf(['temp', 'scriptHost']), 'Temp, Script host')
  assert.deepEqual(hintReasons(['temp']), ['Temp: what runs is in a folder for temporary files.'])
  assert.equal(hintNamesOf(['of another version']), 'of another version')
})

test('a column without anything to show on the page is hidden at first', () => {
  const row = { hints: [], dispositions: [{ disposition: null, events: 1 }], variants: 1 } as unknown as StackRow
  const { by } = defaultParams('stack')
  const of = (rows: StackRow[], since: { time: number } | null = null, fields = by) =>
    hiddenAtFirst({ by: fields, since }, rows)
  for (const name of ['hints', 'dispositions', 'variants', 'before', 'newHosts', 'ratio'])
    assert.ok(of([row]).includes(name), name)
  assert.ok(!of([{ ...row, variants: 2 }]).includes('variants'))
  assert.ok(!of([{ ...row, hints: ['temp'] }]).includes('hints'))
  assert.ok(!of([row], { time: 0 }).includes('ratio'))
  // With three fields, or with a comparison, what the panel lists is left out: the table has no room for it.
  assert.ok(!of([row]).includes('users'))
  assert.ok(of([row], null, [...by, { column: 'Path', step: 'exact' }]).includes('users'))
  assert.ok(of([row], { time: 0 }).includes('activeDays'))
  const decided = { ...row, variants: 2, dispositions: [{ disposition: 'suspicious', events: 1 }] } as StackRow
  assert.deepEqual(
    [of([decided]), of([decided], { time: 0 })].map((hidden) => hidden.includes('spark')),
    [false, true],
  )
  assert.deepEqual(stackColumnNames(defaultParams('stack')).slice(0, 3), ['ID', 'Process_Name', 'hosts'])
})

test('one stack is asked about in the range that the screen shows, whatever the page, order and limits of its table', () => {
  const params = {
    ...defaultParams('stack'),
    q: 'a',
    page: 3,
    maxHosts: 1,
    last: { text: '7d', ms: 1 },
    tz: 'Asia/Tokyo',
  }
  const search = memberSearch(params, { from: day('2026-03-01'), to: null })
  assert.equal(search, 'from=2026-03-01T00%3A00%3A00.000Z&q=a')
})
