import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PageRange } from '#lib/params/page.ts'
import { pageOf } from './page.ts'

/** Asks for a page of some rows as SQL would, and counts how often. */
async function ask(names: string[], range: PageRange) {
  let times = 0
  const page = await pageOf(range, async ({ limit, offset }) => {
    times += 1
    return names.slice(offset, offset + limit).map((name) => ({ name, total: names.length }))
  })
  return { ...page, times }
}

test('a page past the end says how many rows there are; only such a page is asked for twice', async () => {
  const names = ['a', 'b', 'c']
  assert.deepEqual(await ask(names, { limit: 2, offset: 2 }), { total: 3, rows: [{ name: 'c' }], times: 1 })
  assert.deepEqual(await ask(names, { limit: 2, offset: 4 }), { total: 3, rows: [], times: 2 })
  assert.deepEqual(await ask([], { limit: 2, offset: 0 }), { total: 0, rows: [], times: 1 })
  assert.deepEqual(await ask([], { limit: 2, offset: 4 }), { total: 0, rows: [], times: 2 })
})
