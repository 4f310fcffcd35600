import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inOrder, type Sending } from './sending.ts'

const sending = (id: string, batch: number, state: Sending['state']): Sending => ({
  ...{ id, name: id, file: null, size: null, batch, tz: 'UTC', dest: '', state },
  ...{ sent: 0, startedAt: 0, receipt: null, error: null },
})
const ids = (sendings: Sending[]): string[] => inOrder(sendings).map(({ id }) => id)

test('a new batch is above older ones, in the order in which its files were chosen', () => {
  assert.deepEqual(ids([sending('a', 1, 'done'), sending('b', 1, 'failed'), sending('c', 2, 'done')]), ['c', 'a', 'b'])
})

test('the file that is being read is first, then those that wait, whatever their batch', () => {
  const all = [
    ...[sending('a', 1, 'done'), sending('b', 1, 'sending'), sending('c', 1, 'waiting')],
    ...[sending('d', 2, 'waiting'), sending('e', 2, 'cancelled')],
  ]
  assert.deepEqual(ids(all), ['b', 'd', 'c', 'e', 'a'])
})
