import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Reader } from '#lib/formats/outcome.ts'
import { readers, readLog } from '#lib/formats/readers.ts'
import { readSpans } from '#lib/formats/span.ts'
import { parseRecord } from '#lib/formats/xml/record.ts'
import { splitter } from '#lib/formats/xml/split.ts'
import { ingestLog } from '#lib/ingest/ingest.ts'
import { openSqliteWrites } from '#lib/store/sqlite/writes.ts'

/** What one run over some files took: `events` are those of the ten codes, whether new or not. */
export type Run = { seconds: number; events: number }

/** The baseline: every record by fast-xml-parser, without the scanner and without telling first whose it is. */
const readByParser: Reader = (bytes, options) =>
  readSpans(bytes, splitter, (span, utf8) => parseRecord(utf8.toString('utf8'), span.isClosed), options)

const secondsSince = (begun: number): number => (performance.now() - begun) / 1000

const bytesOf = (file: string) => createReadStream(file, { highWaterMark: 256 * 1024 })

async function readAlone(files: string[]): Promise<Run> {
  const begun = performance.now()
  let events = 0
  for (const file of files) {
    const { outcomes } = await readLog(bytesOf(file), { tz: 'UTC' })
    for await (const list of outcomes) for (const { kind } of list) if (kind === 'event') events++
  }
  return { seconds: secondsSince(begun), events }
}

/** Files read at the same time, as the server's queue has it. */
const atOnce = 2

/**
 * From file to committed rows, as the server does it: this thread reads, another one writes. The store is open before the
 * clock runs, as it is when a file comes in, and the clock stops when the last row is committed.
 */
async function store(files: string[]): Promise<Run> {
  const folder = mkdtempSync(join(dirname(files[0] ?? '.'), 'store-'))
  const writer = await openSqliteWrites(join(folder, 'asr-hunt.db'), null)
  let events = 0
  const counted: typeof writer = {
    ...writer,
    write: (id, batch, counts) => {
      events += batch.length
      return writer.write(id, batch, counts)
    },
  }
  await counted.recover(await counted.nextUpload(), [])
  const begun = performance.now()
  const line = [...files.entries()]
  const readNext = async (): Promise<void> => {
    for (let next = line.shift(); next !== undefined; next = line.shift()) {
      const upload = { id: String(next[0]), name: 'bench', tz: 'UTC', bytes: null }
      await counted.createUpload(upload)
      const { committed } = await ingestLog(counted, upload, bytesOf(next[1]), new AbortController().signal)
      await committed
    }
  }
  await Promise.all(Array.from({ length: atOnce }, readNext))
  const seconds = secondsSince(begun)
  await writer.close()
  rmSync(folder, { recursive: true })
  return { seconds, events }
}

// node tools/bench/read-log.ts FILE… [--parser] [--store]
const options = { parser: { type: 'boolean', default: false }, store: { type: 'boolean', default: false } } as const
const { values, positionals } = parseArgs({ options, allowPositionals: true })
if (values.parser) readers.xml = readByParser
const run = await (values.store ? store : readAlone)(positionals)
process.stdout.write(JSON.stringify(run))
