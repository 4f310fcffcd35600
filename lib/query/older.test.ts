import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { selectEvents } from './events.ts'
import { ifAnchored } from './older.ts'
import { ask } from './question.ts'
import { paramsOf } from './testing.ts'

const now = Date.parse('2026-06-01T00:00:00Z')
const fixture = openFixture()
after(() => fixture.close())
fixture.add([1, 2, 3].map((second) => event(1121, 'PC1', `2026-03-02T08:00:0${second}Z`)))

/** How many events there would be, and how often that was asked. */
async function olderOf(query: string, total = 0) {
  let asked = 0
  const question = await ask(fixture.reads, paramsOf('events', query), now)
  const found = await ifAnchored(question, { total }, (again) => {
    asked += 1
    return selectEvents(fixture.reads, again)
  })
  return [found, asked]
}

test('a table without rows says how many there would be if its range ended at the newest event', async () => {
  assert.deepEqual(await olderOf('last=7d'), [3, 1])
  assert.deepEqual(await olderOf('last=7d&page=9&limit=2'), [3, 1])
  assert.deepEqual(await olderOf('last=7d&dest=PC2'), [0, 1])
})

test('it is not asked for if there are rows, or if the range does not end now', async () => {
  assert.deepEqual(await olderOf('last=7d', 1), [0, 0])
  assert.deepEqual(await olderOf('last=7d&anchor=newest'), [0, 0])
  assert.deepEqual(await olderOf('last=7d&to=2026-05-01'), [0, 0])
  assert.deepEqual(await olderOf('from=2026-05-01'), [0, 0])
})
