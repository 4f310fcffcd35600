import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { xmlEvent } from '#lib/formats/testing.ts'
import { openIngestQueue } from '#lib/ingest/ingest-queue.ts'
import { writesOf } from '#lib/ingest/testing.ts'
import { openWriter } from '#lib/store/sqlite/writer.ts'
import { figure, median, table, times } from './figures.ts'
import type { Options } from './options.ts'

/** Small uploads one after the other, each acknowledged before the next is sent; and one upload with as many events. */
const uploads = 200
const eventsEach = 40

const logOf = (from: number, events: number): Buffer => {
  const one = (record: number) => xmlEvent(1121, "<Data Name='ID'>x</Data>").replace('>2975<', `>${record}<`)
  return Buffer.from(Array.from({ length: events }, (_, index) => one(from + index)).join('\n'))
}

/** Milliseconds for logs that are sent one after the other to a store with this setting of `synchronous`. */
async function measure(folder: string, synchronous: 'FULL' | 'NORMAL', logs: readonly Buffer[]): Promise<number> {
  const data = mkdtempSync(join(folder, 'sync-'))
  const writer = openWriter(join(data, 'asr-hunt.db'), null)
  writer.db.pragma(`synchronous = ${synchronous}`)
  const queue = openIngestQueue(writesOf(writer))
  const begun = performance.now()
  for (const [index, log] of logs.entries()) {
    const id = `log-${index}`
    await queue.begin({ id, name: id, tz: 'UTC', bytes: log.length })
    await queue.push(id, log)
    const ending = await queue.end(id)
    if (ending?.state !== 'done') throw new Error(`The upload ${id} ended ${JSON.stringify(ending)}.`)
  }
  const spent = performance.now() - begun
  writer.close()
  rmSync(data, { recursive: true })
  return spent
}

/** What it costs that an acknowledged upload is synced to disk, next to the same store without that. */
export async function benchSync(folder: string, { runs }: Options): Promise<string> {
  const small = Array.from({ length: uploads }, (_, index) => logOf(index * eventsEach, eventsEach))
  const large = [logOf(0, uploads * eventsEach)]
  const rows: string[][] = []
  for (const [what, logs] of [
    [`${figure(uploads)} uploads of ${eventsEach} events, one after the other`, small],
    [`one upload of ${figure(uploads * eventsEach)} events`, large],
  ] as const) {
    const spent = { FULL: [] as number[], NORMAL: [] as number[] }
    for (let run = 0; run < runs; run++)
      for (const synchronous of ['FULL', 'NORMAL'] as const)
        spent[synchronous].push(await measure(folder, synchronous, logs))
    const [synced, unsynced] = [median(spent.FULL), median(spent.NORMAL)]
    rows.push([what, `${figure(synced)} ms`, `${figure(unsynced)} ms`, times(synced / unsynced)])
  }
  const head = ['what', 'synced to disk', 'synchronous = NORMAL', 'ratio']
  return `Acknowledged uploads: time to the last receipt, without HTTP\n\n${table(head, rows)}`
}
