import { randomUUID } from 'node:crypto'
import { fleetLines, logOf } from './fixtures/fleet.ts'
import { ask } from './fixtures/raw.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'sample', holds: 'nothing' })

test('the sample fleet is loaded once, and no upload of that name is taken for it', async ({ server }) => {
  test.slow()
  const sample = () => ask(`${server.url}/api/v1/sample`, { method: 'POST' })
  const log = logOf(fleetLines({ dests: 1, days: 1, seed: 3 }))
  const own = await server.upload('Sample fleet (simulated)', log)
  for (const id of [`sample-${randomUUID()}`, 'sample-x']) {
    const url = `${server.url}/api/v1/uploads?name=x&id=${id}`
    expect((await ask(url, { method: 'POST', body: log })).status).toBe(400)
  }
  const [loaded, meanwhile] = await Promise.all([sample(), sample()])
  expect([loaded.status, meanwhile.status].sort()).toEqual([200, 201])
  expect(JSON.parse(meanwhile.body).id).toBe(JSON.parse(loaded.body).id)
  const { id, stored } = JSON.parse(loaded.body)
  expect(id).not.toBe(own.id)
  expect(stored).toBeGreaterThan(own.stored)
  const again = await sample()
  expect([again.status, JSON.parse(again.body).id]).toEqual([200, id])
  // After an undo it can be loaded once more.
  expect((await ask(`${server.url}/api/v1/uploads/${id}`, { method: 'DELETE' })).status).toBe(204)
  expect((await sample()).status).toBe(201)
})
