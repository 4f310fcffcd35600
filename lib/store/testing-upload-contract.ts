import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Pair, places } from '#lib/model/compared.ts'
import { continuityLists } from '#lib/model/continuity-rows.ts'
import type { EventRow, Receipt } from '#lib/model/rows.ts'
import { sortColumns } from '#lib/params/columns.ts'
import { selectComparison } from '#lib/query/compare.ts'
import { paramsOf } from '#lib/query/testing.ts'
import { selectUploads } from '#lib/query/uploads.ts'
import { openMemory } from './memory/memory.ts'
import type { ReadLog } from './testing-receipts.ts'
import { allOf, assertSameList, columnsOf, stretches } from './testing-same.ts'
import { questionOf, select } from './testing-tables.ts'
import { type CountedReads, countedUploads } from './testing-uploads.ts'

/** A receipt without the moments at which it was made, which differ. */
function undated(receipt: Receipt | null) {
  if (receipt === null) return null
  const { createdAt, finishedAt, ...row } = receipt
  return { ...row, isFinished: finishedAt !== null }
}

/** Counts what was read of some logs and the events that were stored of them. */
async function counting(logs: readonly ReadLog[]): Promise<CountedReads> {
  const { reads, add } = openMemory()
  for (const log of logs) add(log)
  const { rows } = await select(reads, 'events', await questionOf(reads, 'events', ''))
  return countedUploads(logs, rows as EventRow[])
}

/**
 * Tests what a store that was given some logs says of the uploads: receipts, rejected records, how complete a log is, and two
 * logs compared. Nothing is being removed or recomputed: see `lib/query/uploads.test.ts` and `recomputing.test.ts`.
 */
export function uploadContract(name: string, opening: Promise<CountedReads>, logs: readonly ReadLog[]): void {
  const expecting = counting(logs)
  const ids = [...logs.map(({ id }) => id), 'nothing', '']
  const all = { offset: 0, limit: 1_000_000 }

  test(`${name}: breaks in the records of hosts, of each kind, host and range`, async () => {
    const [reads, expected] = await Promise.all([opening, expecting])
    for (const kind of ['cleared', 'silence', 'stopped'] as const) {
      const found = await reads.hostBreaks({ kind, dest: null, range: { from: null, to: null }, page: all })
      assert.ok(found.total > 0, kind)
      const { time, until } = found.rows[0] ?? { time: 0, until: 0 }
      const ranges = [
        { from: null, to: null },
        { from: until, to: until },
        { from: until + 1, to: null },
        { from: null, to: until - 1 },
        { from: time, to: time },
      ]
      for (const dest of [null, 'followed-1', 'STOPPED', 'query', 'nobody'])
        for (const range of ranges) {
          const question = { kind, dest, range, page: all }
          const rows = await reads.hostBreaks(question)
          assert.deepEqual(rows, await expected.hostBreaks(question), JSON.stringify(question))
          for (const page of stretches(rows.total))
            assert.deepEqual(
              await reads.hostBreaks({ ...question, page }),
              await expected.hostBreaks({ ...question, page }),
            )
        }
    }
  })

  test(`${name}: receipts, one by one and in every order`, async () => {
    const [reads, expected] = await Promise.all([opening, expecting])
    for (const id of ids) {
      assert.deepEqual(undated(await reads.upload(id)), undated(await expected.upload(id)), id)
      assert.deepEqual((await reads.logs(id)).map(undated), (await expected.logs(id)).map(undated), id)
      assert.equal(await reads.archiveOf(id), await expected.archiveOf(id), id)
      assert.deepEqual(await reads.storedCodes(id), await expected.storedCodes(id), id)
      assert.deepEqual(undated(await reads.uploadNamed(id)), undated(await expected.uploadNamed(id)), id)
    }
    for (const prefix of ['sample-', 'sample-o', '%', '_', 'FIRST'])
      assert.deepEqual(undated(await reads.uploadNamed(prefix)), undated(await expected.uploadNamed(prefix)), prefix)
    assert.deepEqual(undated(await reads.newestUpload()), undated(await expected.newestUpload()))
    assert.deepEqual([await reads.removing(), await reads.recomputing()], [null, null])
    assert.deepEqual(await reads.uploadTotals(), await expected.uploadTotals())
    for (const id of ids) assert.equal(await reads.comparableWith(id), await expected.comparableWith(id), id)
    for (const sort of sortColumns.uploads.flatMap((column) => [column, `-${column}`])) {
      const params = paramsOf('uploads', `sort=${sort}`)
      const [found, counted] = [await selectUploads(reads, params), await selectUploads(expected, params)]
      assert.equal(found.total, counted.total)
      const isDated = sort.endsWith('createdAt')
      const columns = isDated ? ['id'] : columnsOf(params.sort)
      assertSameList(
        found.rows.map((row) => undated(row) ?? row),
        counted.rows.map((row) => undated(row) ?? row),
        columns,
        sort,
      )
      for (const page of stretches(found.total)) {
        const rows = found.rows.slice(page.offset, page.offset + page.limit)
        assert.deepEqual(await reads.uploads({ sort: params.sort, page }), { ...found, rows })
      }
    }
  })

  test(`${name}: rejected records, in the order of the log`, async () => {
    const [reads, expected] = await Promise.all([opening, expecting])
    for (const id of ids) {
      const found = await reads.rejects(id, all)
      assert.deepEqual(found, await expected.rejects(id, all), id)
      assert.deepEqual(await allOf(reads.rejectRows(id)), found.rows, id)
      assert.equal(await reads.countWithoutDest(id), await expected.countWithoutDest(id), id)
      for (const page of stretches(found.total))
        assert.deepEqual(await reads.rejects(id, page), {
          ...found,
          rows: found.rows.slice(page.offset, page.offset + page.limit),
        })
    }
  })

  test(`${name}: how complete a log is, of every host and of one`, async () => {
    const [reads, expected] = await Promise.all([opening, expecting])
    for (const id of ids)
      for (const list of continuityLists)
        for (const dest of [null, 'followed-1', 'QUERY', 'nobody']) {
          const found = await reads.continuity(list, id, { ...all, dest })
          assert.deepEqual(found, await expected.continuity(list, id, { ...all, dest }), `${list} of ${id}, ${dest}`)
          assert.deepEqual(await allOf(reads.continuityRows(list, id, dest)), found.rows)
          for (const page of stretches(found.total)) {
            const rows = found.rows.slice(page.offset, page.offset + page.limit)
            assert.deepEqual(await reads.continuity(list, id, { ...page, dest }), { ...found, rows })
          }
        }
  })

  const pairs: Pair[] = [
    ...[['followed', 'archive'] as const, ['archive', 'followed'] as const, ['followed', 'followed'] as const],
    ...[['followed', 'inner-2'] as const, ['first', 'sample-second'] as const, ['nothing', 'followed'] as const],
    ['sample-second', 'repeated'] as const,
  ]

  test(`${name}: two uploads compared`, async () => {
    const [reads, expected] = await Promise.all([opening, expecting])
    for (const pair of pairs) {
      const label = pair.join(' and ')
      assert.deepEqual(await reads.heldCounts(pair), await expected.heldCounts(pair), label)
      assert.deepEqual(await reads.comparedVersions(pair), await expected.comparedVersions(pair), label)
      assert.equal(await reads.countUnknown(pair), await expected.countUnknown(pair), label)
      const sidesOf = async (store: CountedReads) => {
        const { total, rows } = await store.comparedSides(pair, all)
        const byId = (a: { firstId: number }, b: { firstId: number }) => a.firstId - b.firstId
        return {
          total,
          rows: rows.map((row) => ({
            ...row,
            sides: row.sides.map((side) => ({ ...side, runs: side.runs.toSorted(byId) })),
          })),
        }
      }
      const sides = await sidesOf(reads)
      assert.deepEqual(sides, await sidesOf(expected), label)
      const page = await reads.comparedSides(pair, { offset: 1, limit: 2 })
      assert.deepEqual(
        page.rows.map(({ key }) => key),
        sides.rows.slice(1, 3).map(({ key }) => key),
      )
      const [found, counted] = [await selectComparison(reads, pair, all), await selectComparison(expected, pair, all)]
      assert.deepEqual(
        [found?.dests, found?.events, found?.codes, found?.breaks],
        [counted?.dests, counted?.events, counted?.codes, counted?.breaks],
      )
      for (const place of places) {
        const events = await reads.comparedEvents(pair, place, all)
        const { total, rows } = await expected.comparedEvents(pair, place, all)
        assert.equal(events.total, total, `${label}: ${place}`)
        assertSameList(events.rows, rows, ['_time'], `${label}: ${place}`)
        assert.deepEqual(await allOf(reads.comparedEventRows(pair, place)), events.rows)
        assert.deepEqual(
          (await reads.comparedEvents(pair, place, { offset: 2, limit: 3 })).rows,
          events.rows.slice(2, 5),
        )
      }
    }
  })
}
