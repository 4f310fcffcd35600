import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openColumns } from './columns.ts'
import { openLadders } from './ladders.ts'
import { listed } from './list.ts'
import { openPace } from './pace.ts'
import { isShown } from './selection.ts'
import type { Source } from './source.ts'

const span = { first: 0, last: 0 }

test('what was given up while it was listed is listed when it is asked for again', async () => {
  const pace = openPace()
  const columns = openColumns()
  const none = new Uint32Array(0)
  const reading = { columns, pace, source: {} as Source, ladders: openLadders(), groups: [], uploads: [] }
  const list = listed(
    reading,
    { count: 2, of: 'event', numbers: Uint32Array.of(1, 2, 1), first: none, events: none, shown: 2, hidden: 0 },
    {
      states: Uint8Array.of(isShown, isShown, isShown),
      ...{ spans: { all: span, before: span, since: span }, events: 3, hosts: 1, hidden: 0, deciding: 0 },
      ...{ shown: none, before: none, reporting: new Uint8Array(0) },
    },
    Uint32Array.of(0),
    2,
  )
  pace.begin({ isCancelled: true, isReported: false })
  await assert.rejects(list.units(), { name: 'Cancelled' })
  pace.begin({ isCancelled: false, isReported: false })
  const { places, rows } = await list.units()
  assert.deepEqual(
    [Array.from(places), Array.from(rows)],
    [
      [0, 2],
      [0, 0],
    ],
  )
})
