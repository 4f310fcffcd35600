import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultParams } from './defaults.ts'
import { commentLines, viewFacts } from './view.ts'

const range = { from: Date.UTC(2026, 10, 20), to: null }
const uploads = { total: 1, rows: [{ id: 'u1', name: 'a.evtx', state: 'done' }] }
const given = { table: 'stacking' as const, params: defaultParams('stacking'), range, uploads }
const factsOf = (facts: ReturnType<typeof viewFacts>) =>
  Object.fromEntries(facts.map(({ name, values }) => [name, values]))

test('a view says its table, absolute range, mode, filters, order, dispositions and uploads', () => {
  const params = {
    ...given.params,
    last: { text: '7d', ms: 1 },
    filters: { Path: ['*\\a b.exe'], dest: ['!WS-1', 'x'] },
    q: 'word',
    sort: [
      { column: 'count', descending: true },
      { column: 'dest', descending: false },
    ],
  }
  assert.deepEqual(factsOf(viewFacts({ ...given, params })), {
    table: ['stacking'],
    from: ['2026-11-20T00:00:00.000Z'],
    to: ['the last event'],
    mode: ['complete'],
    filters: ['dest=!WS-1', 'dest=x', 'Path=*\\a b.exe', 'q=word'],
    sort: ['-count', 'dest'],
    dispositions: ['not applied'],
    uploads: ['a.evtx (u1)'],
    view: [
      '/stacking?from=2026-11-20T00%3A00%3A00.000Z&dest=%21WS-1&dest=x&Path=*%5Ca+b.exe&q=word&sort=-count%2Cdest',
    ],
  })
})

test('uploads beyond the ones that are named are counted, and none or unknown ones are said', () => {
  const rows = Array.from({ length: 25 }, (_, index) => ({ id: `u${index}`, name: `${index}.xml`, state: 'failed' }))
  const of = (known: typeof uploads | null) => factsOf(viewFacts({ ...given, uploads: known })).uploads
  const named = of({ total: 300, rows })
  assert.equal(named?.length, 21)
  assert.equal(named?.[0], '0.xml (u0, failed)')
  assert.equal(named?.at(-1), 'and 280 more')
  assert.deepEqual(of({ total: 0, rows: [] }), ['none'])
  assert.deepEqual(of(null), ['not known'])
})

test('a comment line is one line of one cell, whatever a filter has in it', () => {
  const nasty = 'a\r\nb,c;"d"\te\u202e\ud800%|\u001b[2J'
  const text = commentLines(viewFacts({ ...given, params: { ...given.params, filters: { Path: [nasty] } } }))
  const lines = text.trimEnd().split('\n')
  assert.equal(lines.length, 9)
  for (const line of lines) assert.match(line, /^# [a-z]+: [\x20-\x7e]+$/)
  assert.doesNotMatch(text, /[,;"\t\r]/)
  const written = lines.find((line) => line.startsWith('# filters: Path='))?.slice('# filters: Path='.length) ?? ''
  assert.equal(decodeURIComponent(written), nasty.toWellFormed())
})
