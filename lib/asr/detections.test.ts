import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { places } from '#components/frame/places.ts'
import { type DetectionEntry, detectionTable } from '#db/lookup/detections.ts'
import { tables } from '#lib/http/tables.ts'
import { openFixture } from '#lib/ingest/testing.ts'
import { defaultSort, sortColumns } from '#lib/params/columns.ts'
import { paramsOf } from '#lib/query/testing.ts'
import { loadDetections } from '#lib/store/sqlite/migrate.ts'
import { codes } from './codes.ts'
import { detectionKeys, detections, detectionsOf, riskDetections } from './detections.ts'
import { allRules } from './registry.ts'

const textOf = (file: string): string => readFileSync(file, 'utf8')
/** SQL without its comments. */
const codeOf = (file: string): string => textOf(file).replaceAll(/--.*$/gm, '')
const numbersIn = (text: string): number[] => [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits))
/** EventCodes named in a text. */
const codesIn = (text: string): number[] => numbersIn(text).filter((number) => codes[number] !== undefined)

test('the table is consistent: no number, key, view or route occurs twice, and columns begin with the by-fields', () => {
  for (const field of ['number', 'key', 'view', 'route', 'search', 'title'] as const)
    assert.equal(new Set(detectionTable.map((entry) => entry[field])).size, detectionTable.length, field)
  for (const { by, columns, type, riskScore, key, route } of detectionTable) {
    assert.deepEqual(columns, [...by, 'count', 'firstTime', 'lastTime', 'ASR_Rule'])
    assert.equal(riskScore === null, type === 'Hunting', key)
    assert.equal(route, `/${key}`)
  }
})

test('families, numbers and risk derive from the table', () => {
  assert.deepEqual(
    detectionKeys.map((key) => [key, detections[key].family, ...detections[key].numbers]),
    [
      ['stacking', 'stacking', 1, 3],
      ['audit', 'audit', 2],
      ['block', 'stacking', 3],
      ['registry', 'registry', 4, 5],
      ['disabled', 'registry', 5],
    ],
  )
  assert.deepEqual(
    riskDetections.map(({ key }) => key),
    ['audit', 'block', 'disabled'],
  )
})

test('each SQL view has its number list, and the EventCodes of its detection in its comment', () => {
  const views = readdirSync('db/sqlite/views').filter((file) => file.startsWith('windows_defender_asr_'))
  assert.deepEqual(views.sort(), detectionTable.map(({ view }) => `${view}.sql`).sort())
  for (const key of detectionKeys) {
    const { view, numbers, family } = detections[key]
    const file = `db/sqlite/views/${view}.sql`
    assert.match(codeOf(file), new RegExp(`CREATE VIEW ${view} AS`))
    const [, listed = ''] = /WHERE s\.detection (?:= |IN \()([\d, ]+)/.exec(codeOf(file)) ?? []
    assert.deepEqual(numbersIn(listed), numbers, file)
    // A narrower view is about some codes of its family, and a comment that lists codes must list these.
    const codes = [...new Set(codesIn(textOf(file).split('SELECT')[0] ?? ''))]
    if (family !== key && detections[key].codes.length > 1) assert.deepEqual(codes.sort(), detections[key].codes, file)
  }
})

test('the views name a disabled change without a rule as TypeScript does', () => {
  for (const key of ['registry', 'disabled'] as const) {
    const named = `CASE WHEN s.detection = ${detections.disabled.number} AND s.rule_id = 0 THEN '${allRules}' ELSE`
    assert.ok(codeOf(`db/sqlite/views/${detections[key].view}.sql`).includes(named), key)
  }
})

test('each oracle asks for the EventCodes of its detection', () => {
  for (const { view, codes: asked } of detectionTable) {
    const sql = codeOf(`db/sqlite/oracle/${view}.sql`)
    const [, own] = /WHERE EventCode IN \(([\d, ]+)\)\s+GROUP BY/.exec(sql) ?? []
    const [, changes] = /FROM asr_event WHERE EventCode = (\d+)/.exec(codeOf('db/sqlite/oracle/asr_change.sql')) ?? []
    assert.deepEqual(numbersIn(own ?? (sql.includes('FROM asr_change') ? changes : undefined) ?? ''), asked, view)
  }
})

test('docs/detections.md has a line for each detection with what the table says', () => {
  const lines = textOf('docs/detections.md').split('\n')
  const inRow = (view: string) => lines.find((line) => line.startsWith(`| \`${view}\``)) ?? ''
  for (const key of detectionKeys) {
    const { view, route, codes: asked, by, type, riskScore } = detections[key]
    const [, , page, , code = '', fields, score] = inRow(view)
      .split('|')
      .map((cell) => cell.trim())
    assert.equal(page, `\`${route}\``, view)
    assert.deepEqual(codesIn(code), asked, view)
    assert.ok(fields === by.join(', ') || fields === `as ${detections[key].family}`, `${view}: ${fields}`)
    assert.equal(score, riskScore === null ? type : `${type}, ${riskScore}`, view)
  }
})

test('every detection has its page, its table in the API, its columns to sort by and a place in the navigation', () => {
  const routes = places.flatMap(({ href, also }) => [href, ...also])
  for (const { key, route, columns, sort } of detectionTable) {
    assert.ok(existsSync(`app/(frame)${route}/page.tsx`), route)
    assert.ok(routes.includes(route), route)
    const further = detections[key].family === 'registry' ? ['Exclusion', 'weakened'] : []
    assert.deepEqual([tables[key].columns(paramsOf(key)), sortColumns[key]], [[...columns, ...further], columns])
    assert.equal(defaultSort[key].map(({ column, descending }) => `${descending ? '-' : ''}${column}`).join(), sort)
  }
})

const sixth = {
  ...detectionTable[2],
  number: 6,
  key: 'network',
  search: 'Network Blocks',
  title: 'Network Blocks',
  view: 'network_blocks',
  route: '/network',
  codes: [1126],
  riskScore: 10,
  within: 'block',
} as const satisfies DetectionEntry

test('a sixth detection needs an entry in the table and no other number, code or field anywhere', async () => {
  const six = detectionsOf([...detectionTable, sixth])
  assert.deepEqual(
    [six.stacking.numbers, six.block.numbers, six.network.numbers, six.audit.numbers],
    [[1, 3, 6], [3, 6], [6], [2]],
  )
  assert.deepEqual([six.network.family, six.network.riskScore], ['stacking', 10])

  const fixture = openFixture()
  const { db } = fixture.writer
  db.exec('DELETE FROM detection')
  loadDetections(db, [...detectionTable, sixth])
  const stored = db.prepare('SELECT id, view, title, risk_score, techniques FROM detection WHERE id = 6').raw().get()
  assert.deepEqual(stored, [6, 'network_blocks', 'Network Blocks', 10, 'T1059 T1566.001 T1566.002'])
  assert.equal(db.prepare('SELECT count(*) FROM detection').pluck().get(), 6)
  await fixture.close()
})

test('an entry that does not fit its broader detection is refused', () => {
  assert.throws(() => detectionsOf([...detectionTable, { ...sixth, within: 'audit' }]), /groups by other fields/)
  assert.throws(() => detectionsOf([...detectionTable, { ...sixth, within: 'nothing' }]), /not in the table/)
})
