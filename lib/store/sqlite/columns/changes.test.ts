import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { batchesOf, continuityOf, event, sqlOf, temporaryFolder } from '#lib/ingest/testing.ts'
import type { EventRow } from '#lib/model/rows.ts'
import { noLimit } from '#lib/params/page.ts'
import { ask } from '#lib/query/question.ts'
import { selectStackMembers, selectStacks, undecided } from '#lib/query/stacks.ts'
import { paramsOf, readEvent, sampleEvents } from '#lib/query/testing.ts'
import type { Asked, Reads } from '../../reads.ts'
import { assertSameList } from '../../testing-same.ts'
import { stackReadsOf } from '../../testing-stacks.ts'
import { openReads } from '../reads/reads.ts'
import { openWriter } from '../writer.ts'

/** Random numbers from 0 to below `most` that are the same in every run of a seed. */
function randomOf(seed: number): (most: number) => number {
  let state = seed
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * most)
  }
}

/** The same database whose stacks are counted one by one from what SQL returns at the moment. */
function countedReads(reads: Reads, file: string): Reads {
  const sql = sqlOf(file)
  const rowsOf = async (asked: Asked): Promise<EventRow[]> => {
    const sort = [{ column: '_time', descending: false }]
    const rows: EventRow[] = []
    for await (const chunk of reads.eventRows({ ...asked, sort, page: { limit: noLimit, offset: 0 } }))
      rows.push(...chunk)
    return rows
  }
  const around = async ({ range: { from, to } }: Asked) => {
    const range = [from ?? -8.64e15, to ?? 8.64e15]
    const uploads = await sql.all<{ id: string; createdAt: number }>(
      'SELECT id, created_at AS "createdAt" FROM upload ORDER BY seq',
    )
    const [sum] = await sql.all<{ hosts: number }>(
      `SELECT count(*) AS hosts FROM (
         SELECT d.key FROM dest d WHERE EXISTS (SELECT 1 FROM event e WHERE e.dest_id = d.id AND e.time BETWEEN ? AND ?)
         UNION SELECT dest_key FROM upload_continuity WHERE last_time >= ? AND first_time <= ?)`,
      [...range, ...range],
    )
    return { uploads, reportingHosts: sum?.hosts ?? 0 }
  }
  return { ...reads, ...stackReadsOf(rowsOf, around), close: () => sql.close() }
}

const simulated = sampleEvents(400, { dests: 6, days: 5 }).map(readEvent)
const middle = simulated[200]?.time ?? 0
const queries = [
  '',
  'by=User,Process_Name&seen=new-on-host&since=upload:u3',
  'by=Path.folder,upload&sort=-events',
  `by=dest,Target_Commandline.name&from=${new Date(middle).toISOString()}`,
  'by=Signature_Version,Engine_Version,ID&EventCode=!5007',
  `by=ID&Process_Name=*e*&since=${new Date(middle).toISOString()}`,
]

function openAll(t: TestContext) {
  const { file, remove } = temporaryFolder()
  const writer = openWriter(file, null, { milliseconds: 0, events: 40 })
  const reads = openReads(sqlOf(file))
  const counted = countedReads(reads, file)
  t.after(async () => {
    await reads.close()
    await counted.close()
    writer.close()
    remove()
  })
  let uploads = 0
  return {
    reads,
    writer,
    begin: (): string => {
      const id = `u${++uploads}`
      writer.createUpload({ id, name: id, tz: 'UTC', bytes: null })
      writer.startUpload(id, 'xml')
      return id
    },
    send: (id: string, events: LoggedEvent[]): void => {
      for (const batch of batchesOf(events, 30)) writer.write(id, ...batch)
    },
    /** Asks the columns, which are never opened again, and counts one by one. */
    compare: async (label: string): Promise<void> => {
      for (const query of queries) {
        const [found, expected] = await Promise.all(
          [reads, counted].map(async (each) => {
            const question = await ask(each, paramsOf('stack', `${query}&limit=100000`), 0)
            const page = await selectStacks(each, question, undecided)
            const stack = page.rows[0]?.stack ?? ''
            return { page, question, members: await selectStackMembers(reads, question, undecided, stack) }
          }),
        )
        assert.ok(found !== undefined && expected !== undefined)
        const what = `${label}: ${query}`
        assert.deepEqual({ ...found.page, rows: [] }, { ...expected.page, rows: [] }, what)
        assertSameList(found.page.rows, expected.page.rows, [], what)
        assert.equal(found.members?.row.events, found.page.rows[0]?.events, what)
      }
    },
  }
}

for (const seed of [1, 2, 3]) {
  test(`no answer is of an older state while uploads come, overlap, end, fail and are undone (seed ${seed})`, async (t) => {
    const { writer, begin, send, compare } = openAll(t)
    const random = randomOf(seed)
    const open: string[] = []
    const done: string[] = []
    const take = (ids: string[]): string | undefined => ids.splice(random(ids.length), 1)[0]
    const part = (): LoggedEvent[] => {
      const from = random(simulated.length - 60)
      return simulated.slice(from, from + 20 + random(60))
    }
    const steps: Record<string, () => void> = {
      begin: () => void open.push(begin()),
      send: () => {
        const id = open[random(open.length)]
        if (id !== undefined) send(id, part())
      },
      finish: () => {
        const id = take(open)
        if (id === undefined) return
        try {
          writer.finishUpload(id, continuityOf(part()))
          done.push(id)
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'OVERLAP_GONE')
          writer.failUpload(id, 'Some of it is gone.')
        }
      },
      fail: () => {
        const id = random(3) === 0 ? take(open) : undefined
        if (id !== undefined) writer.failUpload(id, 'The sender left.')
      },
      undo: () => {
        const id = take(done)
        if (id !== undefined) writer.startRemoval(id)
      },
      slice: () => void writer.runSlice(),
    }
    const names = ['begin', 'send', 'send', 'send', 'finish', 'fail', 'undo', 'slice', 'slice']
    let events = 0
    for (let step = 0; step < 60; step++) {
      const name = names[random(names.length)] ?? ''
      steps[name]?.()
      events = Math.max(events, writer.db.prepare<[], number>('SELECT count(*) FROM event').pluck().get() ?? 0)
      await compare(`step ${step}, ${name}`)
    }
    assert.ok(events > 100, `${events} events`)
  })
}

test('no answer is of an older state while what code derived is recomputed', async (t) => {
  const { writer, begin, send, compare } = openAll(t)
  const id = begin()
  send(id, simulated)
  writer.finishUpload(id, null)
  // As if a version before this one had stored them: without versions.
  writer.db.exec(
    "UPDATE event SET signature_id = 0, engine_id = 0; UPDATE derivation SET version = 2 WHERE name = 'fields'",
  )
  await compare('before')
  let slices = 0
  while (writer.runSlice()) {
    slices += 1
    if (slices % 3 === 0) await compare(`slice ${slices}`)
  }
  await compare('after')
  assert.ok(slices > 5, `${slices} slices`)
  assert.equal(
    writer.db.prepare('SELECT count(*) FROM event WHERE "EventCode" = 1121 AND signature_id = 0').pluck().get(),
    0,
  )
})

test('free text finds the name that a rule has now', async (t) => {
  const { reads, writer, begin, send } = openAll(t)
  const ID = '9e6c4e1f-7d60-472f-ba1a-a39ef669e4b2'
  send(begin(), [event(1121, 'PC', Date.parse('2026-03-02T08:00:00Z'), { ID }, 1)])
  const found = async (): Promise<number> => {
    const question = await ask(reads, paramsOf('stack', 'q=our+own+rule'), 0)
    return (await selectStacks(reads, question, undecided)).events
  }
  assert.equal(await found(), 0)
  // What naming a rule does, without a data folder.
  writer.db.prepare(`UPDATE asr_rule SET "ASR_Rule" = 'Our own rule' WHERE "ID" = ?`).run(ID.toUpperCase())
  assert.equal(await found(), 1)
})

test('a stack whose number was taken by an upload that stored nothing of it is counted later', async (t) => {
  const { begin, send, compare } = openAll(t)
  const time = Date.parse('2026-03-02T08:00:00Z')
  const [first, second] = [begin(), begin()]
  send(first, [event(1121, 'PC', time, { Path: 'a' }, 1)])
  // A duplicate by its identity that has another path: its stack is new, but no event is in it.
  send(second, [event(1121, 'PC', time, { Path: 'b' }, 1), event(1121, 'PC', time, { Path: 'c' }, 2)])
  await compare('before')
  send(second, [event(1121, 'PC', time, { Path: 'b' }, 3)])
  await compare('after')
})
