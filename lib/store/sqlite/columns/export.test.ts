import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import Database from 'better-sqlite3'
import { event, openFixture } from '#lib/ingest/testing.ts'
import type { StackRow } from '#lib/model/rows.ts'
import { openTouched } from '../touched.ts'
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

type Fixture = ReturnType<typeof openFixture>

/** The events of two uploads. */
const paths = (from: number) =>
  ['p1', 'p2'].map((Path, at) => event(1121, 'PC', start + at, { Path, User: 'u' }, from + at))

/** Checks that an export has the rows of the page before it, whatever is done to the events of the first upload meanwhile. */
async function assertExported(t: TestContext, meanwhile: (fixture: Fixture, first: string) => void) {
  const fixture = openFixture()
  const engine = openEngine(fixture.file)
  t.after(async () => {
    engine.close()
    await fixture.close()
  })
  const first = fixture.add(paths(1))
  fixture.add(paths(11))
  const { rows } = await engine.page(asked)
  const number = await engine.openRows(asked)
  meanwhile(fixture, first)
  assert.notDeepEqual((await engine.page(asked)).rows, rows)
  const exported: StackRow[] = []
  for (let chunk = await engine.nextRows(number); chunk !== null; chunk = await engine.nextRows(number))
    exported.push(...chunk)
  assert.deepEqual(exported, rows)
}

test('an export has the values of a stack although the upload of its first event is undone meanwhile', (t) =>
  assertExported(t, ({ writer }, first) => writer.undoUpload(first)))

test('an export has the users that events had when it began, although they are edited meanwhile', (t) =>
  assertExported(t, ({ file }) => {
    const db = new Database(file)
    const edit = db.transaction(() => {
      db.exec('UPDATE event SET user_id = 0 WHERE id <= 2')
      openTouched(db)(1, 2)
    })
    edit()
    db.close()
  }))
