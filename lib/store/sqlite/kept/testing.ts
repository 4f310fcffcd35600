import { createHash } from 'node:crypto'
import type { TestContext } from 'node:test'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { batchesOf, continuityOf, event, openFixture } from '#lib/ingest/testing.ts'
import type { By } from '#lib/model/access.ts'
import { readEvent, sampleEvents } from '#lib/query/testing.ts'

export const by = (ago = 0): By => ({
  actor: { kind: 'local', id: null, name: 'jane' },
  ...{ address: null, request: 'r', at: Date.now() - ago },
})
export const hour = 3_600_000

/** Slices as small as they can be. */
export const small = { milliseconds: 0, events: 10 }

const sample = sampleEvents(600, { dests: 3, days: 2 }).map(readEvent)
/** Of every fifth event the log knows no EventRecordID, and the one after it is equal to it. */
export const events = sample.flatMap((each, index) =>
  index % 5 === 0
    ? [
        { ...each, recordId: null },
        { ...each, recordId: null },
      ]
    : [each],
)

const reject = { reason: 'no-time', detail: 'the record has no time', snippet: '<x>' } as const

export type Fixture = ReturnType<typeof openFixture>

/** Stores a log with rejected records and what is known of its completeness. */
export function add(writer: Fixture['writer'], id: string, log: LoggedEvent[], parent?: string): void {
  writer.createUpload({ id, name: `${id}.xml`, tz: 'UTC', bytes: 17, ...(parent && { parent }) })
  writer.startUpload(id, 'xml')
  for (const [at, [batch, counts]] of batchesOf(log, 70).entries()) {
    const rejects = [{ ...reject, record: at + 1, line: at, offset: 0 }]
    writer.write(id, batch, { ...counts, records: counts.records + 2, rejects, otherCodes: { '1150': 1 } })
  }
  writer.finishUpload(id, continuityOf(log))
}

/** So many events of which nothing packs well. */
export const logOf = (id: string, count: number): LoggedEvent[] =>
  Array.from({ length: count }, (_, at) =>
    event(1121, 'PC', hour + at, { Path: createHash('sha256').update(`${id} ${at}`).digest('hex') }),
  )

/** Undoes uploads, one after the other, each with so many events that nothing packs well. */
export function undoLarge({ writer }: Fixture, ids: readonly string[], count = 3000): void {
  for (const [index, id] of ids.entries()) {
    add(writer, id, logOf(id, count))
    writer.undoUpload(id, by((ids.length - index) * 1000))
  }
}

/** A fixture after which the quota that a test sets is the usual one again. */
export function openWithQuota(t: TestContext): Fixture {
  const fixture = openFixture()
  t.after(() => {
    Reflect.deleteProperty(process.env, 'INCOMING_MAX_BYTES')
    return fixture.close()
  })
  return fixture
}
