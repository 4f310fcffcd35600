import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { LoggedEvent } from '#lib/asr/event.ts'
import type { By } from '#lib/hunting/definition.ts'
import { batchesOf, event, openFixture } from '#lib/ingest/testing.ts'
import { openEngine } from './engine.ts'

const start = Date.parse('2026-03-02T08:00:00Z')
const limits = { rare: { hosts: null, events: null, share: null }, newness: null, minRatio: null, hint: null }
const everything = {
  ...{ groups: [], since: null, decisions: [], hides: false, codes: null, stackFilters: [] },
  ...{ range: { from: null, to: null }, filter: { sql: 'true', values: [] } },
}

/** Fields of which all stacks are on one host and have one event, so that every column of the order is equal. */
const bys: By[][] = [
  [{ column: 'Path', step: 'exact' }],
  [{ column: 'Path', step: 'name' }],
  [
    { column: 'Path', step: 'exact' },
    { column: 'User', step: 'exact' },
  ],
]

function openTies(t: TestContext) {
  const fixture = openFixture()
  const running = openEngine(fixture.file)
  t.after(async () => {
    running.close()
    await fixture.close()
  })
  /** The order of the rows of an engine, in both directions. */
  const orderOf = async (engine: typeof running): Promise<string[][]> => {
    const orders: string[][] = []
    for (const by of bys)
      for (const descending of [false, true]) {
        const sort = [{ column: 'hosts', descending }]
        const page = await engine.page({ ...everything, ...limits, by, sort, page: { offset: 0, limit: 1000 } })
        orders.push(page.rows.map((row) => row.by.join(' ')))
      }
    return orders
  }
  let records = 0
  return {
    ...fixture,
    /** Events with these paths, each on a host and by a user of its own. */
    of: (...paths: string[]): LoggedEvent[] =>
      paths.map((Path) => {
        records += 1
        return event(1121, `PC${records}`, start + records * 1000, { Path, User: `u${Path}` }, records)
      }),
    /** What the process that has run all the time answers, which must be what one that was started now does. */
    order: async (label: string): Promise<string[][]> => {
      const restarted = openEngine(fixture.file)
      try {
        const order = await orderOf(running)
        assert.deepEqual(await orderOf(restarted), order, `${label}: after a restart`)
        return order
      } finally {
        restarted.close()
      }
    },
  }
}

test('rows that are equal in all columns keep their order across restarts and the undo of another upload', async (t) => {
  const { of, add, order, writer } = openTies(t)
  const first = of('c\\m', 'a\\z', 'd\\k')
  add(first)
  const alone = await order('one upload')
  const others = add(of('b\\n', '0\\y'))
  await order('two uploads')
  add(of('e\\x'))
  // The same events again add nothing, and are still there when the upload that stored them first is undone.
  add([...first, ...of('f\\w')])
  const all = await order('four uploads')
  writer.undoUpload(others)
  const left = await order('without the second')
  const without = (list: string[]): string[] => list.filter((each) => !/^(b\\n|0\\y|n|y)( |$)/.test(each))
  assert.deepEqual(left, all.map(without), 'what is left has the order it had')
  writer.undoUpload('upload-3')
  writer.undoUpload('upload-4')
  assert.deepEqual(await order('the first alone'), alone)
})

test('a stack that gets its first event long after its number was taken has the place that it has after a restart', async (t) => {
  const { of, order, writer } = openTies(t)
  const send = (id: string, events: LoggedEvent[]) => {
    for (const batch of batchesOf(events, 10)) writer.write(id, ...batch)
  }
  for (const id of ['one', 'two']) {
    writer.createUpload({ id, name: id, tz: 'UTC', bytes: null })
    writer.startUpload(id, 'xml')
  }
  const [same] = of('a')
  assert.ok(same !== undefined)
  send('one', [same])
  // A duplicate by its identity with another path: the stack of that path gets a number, but no event.
  send('two', [
    {
      ...same,
      sections: {
        EventData: [
          ['Path', 'late'],
          ['User', 'ulate'],
        ],
      },
    },
    ...of('b', 'c'),
  ])
  await order('before')
  // The same host: another one would have another stack.
  send('two', [event(1121, same.dest, start + 999_000, { Path: 'late', User: 'ulate' }, 999)])
  await order('after')
})
