import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectionKeys } from '#lib/asr/detections.ts'
import type { DetectionRow, Page } from '#lib/model/rows.ts'
import { sortColumns } from '#lib/params/columns.ts'
import type { Params } from '#lib/params/params.ts'
import { streamDetection } from '#lib/query/detection.ts'
import { streamEvents } from '#lib/query/events.ts'
import { paramsOf } from '#lib/query/testing.ts'
import { type EventLog, openMemory } from './memory/memory.ts'
import type { EventReads } from './reads.ts'
import { asks, ordered } from './testing-asks.ts'
import { decidedContract } from './testing-decided-contract.ts'
import { eventContract } from './testing-event-contract.ts'
import { allOf, assertSameList, columnsOf, stretches } from './testing-same.ts'
import { stackContract } from './testing-stack-contract.ts'
import { cutTo, questionOf, select, type Table, tables } from './testing-tables.ts'

/** Tests that a store which was given some logs, one after the other, answers about their events as counting one by one does. */
export function contract(name: string, opening: Promise<EventReads>, logs: readonly EventLog[]): void {
  const memory = openMemory()
  for (const log of logs) memory.add(log)
  const expected = memory.reads

  /** Asks both for all rows of a table. */
  async function assertSame(table: Table, query: string, change: Partial<Params> = {}): Promise<void> {
    const [found, counted] = await Promise.all(
      [await opening, expected].map(async (reads) =>
        select(reads, table, await questionOf(reads, table, query, change)),
      ),
    )
    assert.ok(found !== undefined && counted !== undefined)
    const label = `/${table}?${query} ${change.stack ?? ''}`
    assert.deepEqual({ ...found, rows: [] }, { ...counted, rows: [] }, label)
    assertSameList(found.rows, counted.rows, columnsOf(paramsOf(table, query).sort), label)
  }

  for (const table of tables) {
    test(`${name}: /${table} under every filter and range`, async () => {
      for (const query of asks) await assertSame(table, query)
    })

    test(`${name}: /${table} in every order, and page by page`, async () => {
      const stores = [await opening, expected]
      const columns = sortColumns[table]
      for (const [index, sort] of columns.flatMap((column) => [column, `-${column},${columns[0]}`]).entries()) {
        const query = `sort=${sort}&${ordered[index % ordered.length]}`
        await assertSame(table, query)
        for (const reads of table === 'rules' ? [] : stores) {
          const question = await questionOf(reads, table, query)
          const all = await select(reads, table, question)
          for (const page of stretches(all.total)) {
            const rows = all.rows.slice(page.offset, page.offset + page.limit)
            assert.deepEqual(await select(cutTo(reads, page), table, question), { ...all, rows }, `/${table}?${query}`)
          }
        }
      }
    })
  }

  test(`${name}: changes that weakened protection, under every filter and range`, async () => {
    for (const table of ['registry', 'disabled'] as const)
      for (const query of asks) await assertSame(table, query, { weakened: 1 })
    const reads = await opening
    const { total } = await select(reads, 'registry', await questionOf(reads, 'registry', '', { weakened: 1 }))
    assert.ok(total > 0)
  })

  test(`${name}: exports have the rows of the tables, in their order`, async () => {
    const reads = await opening
    for (const query of ['sort=dest', 'q=exe&sort=-Path&mode=faithful', 'last=3d&anchor=newest']) {
      for (const key of ['stacking', 'audit', 'block'] as const) {
        const question = await questionOf(reads, key, query, { limit: null })
        const { rows } = await select(reads, key, await questionOf(reads, key, query))
        assert.deepEqual(await allOf(streamDetection(reads, key, question)), rows, query)
        const part = await allOf(
          streamDetection(reads, key, await questionOf(reads, key, query, { limit: 3, page: 2 })),
        )
        assert.deepEqual(part, rows.slice(3, 6))
      }
      const { rows } = await select(reads, 'events', await questionOf(reads, 'events', query))
      assert.deepEqual(
        await allOf(streamEvents(reads, await questionOf(reads, 'events', query, { limit: null }))),
        rows,
      )
    }
  })

  test(`${name}: a stack is found by its key in every table, and one that is not stored in none`, async () => {
    const reads = await opening
    const keys = ['AAAAAAAAAAAAAAAAAAAAAA', 'not a key']
    for (const key of detectionKeys) {
      const { rows } = (await select(reads, key, await questionOf(reads, key, ''))) as Page<DetectionRow>
      keys.push(...rows.filter((_, index) => index % Math.ceil(rows.length / 3) === 0).map(({ stack }) => stack))
    }
    for (const stack of keys) {
      assert.equal(await reads.hasStack(stack), await expected.hasStack(stack), stack)
      for (const table of tables)
        for (const query of ['', 'ID=!NULL&last=5d&anchor=newest', 'q=e']) await assertSame(table, query, { stack })
    }
  })

  eventContract(name, opening, expected)
  decidedContract(name, opening, expected)
  stackContract(name, opening, expected)
}
