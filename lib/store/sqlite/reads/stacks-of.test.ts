import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { detectionKeys, detections } from '#lib/asr/detections.ts'
import { stackKey } from '#lib/asr/stack-key.ts'
import { type StackRow, stacksOf } from '#lib/asr/stacks.ts'
import { prepareEvent } from '#lib/model/prepare.ts'
import { assertSameRows, openSeededStore, readEvent, sampleEvents } from '#lib/query/testing.ts'

const { writer, close } = openSeededStore()
after(() => close())

test('stacksOf returns the rows of every view, each with its count, times and mode', () => {
  const rows = new Map<string, StackRow & { count: number; firstTime: number; lastTime: number }>()
  for (const event of sampleEvents().map(readEvent).map(prepareEvent)) {
    for (const row of stacksOf(event)) {
      const key = stackKey(detections[row.family].by, row.by)
      const known = rows.get(key) ?? { ...row, count: 0, firstTime: event.time, lastTime: event.time }
      known.count += 1
      known.firstTime = Math.min(known.firstTime, event.time)
      known.lastTime = Math.max(known.lastTime, event.time)
      rows.set(key, known)
    }
  }
  for (const key of detectionKeys) {
    const { view, family, numbers, by } = detections[key]
    const expected = [...rows.values()]
      .filter(({ detection }) => numbers.includes(detection))
      .map(({ by: values, faithful, count, firstTime, lastTime }) => {
        const named = detections[family].by.map((field, place) => [field, values[place] ?? 'NULL'])
        return { ...Object.fromEntries(named), faithful: Number(faithful), count, firstTime, lastTime }
      })
    const columns = by
      .map((field) => (field === 'EventCode' ? `CAST(EventCode AS TEXT) AS EventCode` : field))
      .join(', ')
    const stored = writer.db
      .prepare(`SELECT ${columns}, faithful, count, firstTime, lastTime FROM ${view}`)
      .all() as object[]
    assert.ok(stored.length > 3)
    assertSameRows(stored, expected, key)
  }
})
