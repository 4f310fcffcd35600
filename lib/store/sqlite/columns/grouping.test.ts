import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countDifferent } from './different.ts'
import { openGrouping } from './grouping.ts'
import { openPace } from './pace.ts'

/** Random numbers from 0 to below `most`, the same in every run of a seed. */
function numbersOf(seed: number, length: number, most: number): Uint32Array {
  let state = seed
  return Uint32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * most)
  })
}

test('rows that are added later are in the groups that all of them at once are in', async () => {
  const columns = [numbersOf(1, 20_000, 300), numbersOf(2, 20_000, 200), numbersOf(3, 20_000, 2)]
  const names = new Map<string, number>()
  const expected = Array.from({ length: 20_000 }, (_, row) => {
    const name = columns.map((column) => column[row]).join()
    names.set(name, names.get(name) ?? names.size + 1)
    return names.get(name)
  })
  assert.ok(names.size > 5000)
  const grouping = openGrouping()
  for (const length of [0, 1, 1025, 1025, 9_000, 20_000]) {
    const { numbers, first } = await grouping.upTo(openPace(), columns, length)
    assert.deepEqual(Array.from(numbers), expected.slice(0, length))
    const groups = Math.max(0, ...numbers)
    assert.deepEqual(
      Array.from(first.subarray(1)),
      Array.from({ length: groups }, (_, at) => expected.indexOf(at + 1)),
    )
  }
})

test('what was grouped before is not changed by rows that are added', async () => {
  const grouping = openGrouping()
  const column = numbersOf(4, 5000, 4000)
  const before = await grouping.upTo(openPace(), [column, column], 2000)
  const copy = { numbers: before.numbers.slice(), first: before.first.slice() }
  await grouping.upTo(openPace(), [column, column], 5000)
  assert.deepEqual(before, copy)
})

test('different numbers of rows, without 0, are those of sets, with room for marks and without', async () => {
  const rows = numbersOf(5, 40_000, 500)
  for (const most of [1, 2, 40, 5000, 50_000]) {
    const numbers = numbersOf(6, 40_000, most)
    const sets = Array.from({ length: 501 }, () => new Set<number>())
    for (const [at, row] of rows.entries()) if (numbers[at] !== 0) sets[row]?.add(numbers[at] as number)
    for (const words of [undefined, 2000, 0])
      assert.deepEqual(
        Array.from(await countDifferent(openPace(), rows, 501, numbers, words)),
        sets.map(({ size }) => size),
        `${most} numbers, ${words} words`,
      )
  }
})
