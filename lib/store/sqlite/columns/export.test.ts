import assert from 'node:assert/strict'
import { test } from 'node:test'
import { event, openFixture } from '#lib/ingest/testing.ts'
import type { StackRow } from '#lib/model/rows.ts'
import { openEngine } from './engine.ts'

const asked = {
  by: [
    { column: 'Path' as const, step: 'exact' as const },
    { column: 'User' as const, step: 'exact' as const },
  ],
  ...{ groups: [], since: null, decisions: [], hides: false, codes: null, stackFilters: [] },
  ...{ range: { from: null, to: null }, filter: { sql: 'true', values: [] } },
  ...{ rare: { hosts: null, events: null, share: null }, newness: null, minRatio: null, hint: null },
  ...{ sort: [], page: { offset: 0, limit: 1000 } },
}
const start = Date.parse('2026-03-02T08:00:00Z')

test('an export has the values of a stack although the upload of its first event is undone meanwhile', async (t) => {
  const fixture = openFixture()
  const engine = openEngine(fixture.file)
  t.after(async () => {
    engine.close()
    await fixture.close()
  })
  const paths = (from: number) =>
    ['p1', 'p2'].map((Path, at) => event(1121, 'PC', start + at, { Path, User: 'u' }, from + at))
  const first = fixture.add(paths(1))
  fixture.add(paths(11))
  const { rows } = await engine.page(asked)
  const number = await engine.openRows(asked)
  fixture.writer.undoUpload(first)
  assert.equal((await engine.page(asked)).events, 2)
  const exported: StackRow[] = []
  for (let chunk = await engine.nextRows(number); chunk !== null; chunk = await engine.nextRows(number))
    exported.push(...chunk)
  assert.deepEqual(exported, rows)
})
