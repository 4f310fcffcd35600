import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { openEngine } from './engine.ts'
import { sourceOf } from './source.ts'

const asked = {
  ...{ by: [{ column: 'Path' as const, step: 'normalised' as const }], groups: [], since: null, decisions: [] },
  ...{
    hides: false,
    range: { from: null, to: null },
    filter: { sql: 'true', values: [] },
    codes: null,
    stackFilters: [],
  },
  ...{
    rare: { hosts: null, events: null, share: null },
    newness: null,
    minRatio: null,
    hint: null,
    sort: [],
    page: { offset: 0, limit: 10 },
  },
}

/** An engine on some events. `reads` counts the statements that read texts; `onRead` is called with each. */
function open(t: TestContext, onRead: (engine: ReturnType<typeof openEngine>) => void) {
  const fixture = openFixture()
  fixture.add(Array.from({ length: 900 }, (_, at) => event(1121, 'PC', at * 1000, { Path: `p${at}` })))
  let reads = 0
  const engine = openEngine(fixture.file, (db) => {
    const source = sourceOf(db)
    const note = (sql: string): void => {
      if (!/ FROM text /.test(sql)) return
      reads += 1
      onRead(engine)
    }
    return {
      ...source,
      rows: (sql, values) => {
        note(sql)
        return source.rows(sql, values)
      },
      each: (sql, values) => {
        note(sql)
        return source.each(sql, values)
      },
    }
  })
  t.after(async () => {
    engine.close()
    await fixture.close()
  })
  /** Resolves when no more texts are read in advance. */
  const settled = async (): Promise<number> => {
    for (let before = -1; before !== reads; await wait(100)) before = reads
    return reads
  }
  return { engine, settled, reads: () => reads }
}

test('a question that is given up does not end looking ahead: later ones read no text', async (t) => {
  let wasCancelled = false
  const { engine, settled, reads } = open(t, (own) => {
    wasCancelled = true
    own.cancel()
  })
  await engine.warm()
  const before = await settled()
  assert.ok(wasCancelled)
  assert.equal((await engine.page(asked)).total, 900)
  // The name of the rule is not among the texts that are looked at in advance.
  assert.ok(reads() - before <= 1, `${reads() - before} reads`)
})

test('a question that waits while texts are looked at in advance is given up', async (t) => {
  let refused: Promise<unknown> | null = null
  const { engine } = open(t, (own) => {
    if (refused !== null) return
    refused = assert.rejects(own.page(asked), { name: 'Cancelled' })
    own.cancel()
  })
  await engine.warm()
  while (refused === null) await wait(5)
  await refused
  assert.equal((await engine.page(asked)).total, 900)
})
