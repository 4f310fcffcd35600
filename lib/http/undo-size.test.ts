import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { tooLargeToKeep } from './undo-size.ts'

const eventsOf = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    event(1121, 'PC', at, { Path: createHash('sha256').update(`${count} ${at}`).digest('hex') }),
  )

test('before an undo it is known whether more would be kept of an upload than the quota has', async (t) => {
  const fixture = openFixture()
  t.after(() => {
    Reflect.deleteProperty(process.env, 'INCOMING_MAX_BYTES')
    return fixture.close()
  })
  const { reads } = fixture
  const [few, many] = [fixture.add(eventsOf(50)), fixture.add(eventsOf(3000))]
  const uploads = [
    { id: few, stored: 50 },
    { id: many, stored: 3000 },
  ]
  const tooLarge = async () => [...(await tooLargeToKeep(reads, uploads))]
  assert.deepEqual(await tooLarge(), [])
  const size = await reads.undoSize(many)
  assert.ok(size > (await reads.undoSize(few)))
  process.env.INCOMING_MAX_BYTES = String(size)
  assert.deepEqual(await tooLarge(), [])
  process.env.INCOMING_MAX_BYTES = String(size - 1)
  assert.deepEqual(await tooLarge(), [many])
})
