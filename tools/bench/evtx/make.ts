import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { WrittenEvent } from '#tools/evtx-writer/event.ts'
import { writeEvtxFile } from '#tools/evtx-writer/write.ts'
import { defenderMix } from './mix.ts'

/** The first events of an endless source. */
export function* first(count: number, events: Iterable<WrittenEvent>): Generator<WrittenEvent> {
  if (count <= 0) return
  let rest = count
  for (const event of events) {
    yield event
    if (--rest === 0) return
  }
}

// The mix takes about so many bytes for an event, headers and unused ends of chunks included.
const bytesPerEvent = 1021

/** Writes a set of logs of one host each, `megabytes` in all; returns the records in it. */
export function makeFiles(folder: string, megabytes: number, files: number): number {
  mkdirSync(folder, { recursive: true })
  const events = Math.round((megabytes * 1e6) / files / bytesPerEvent)
  let records = 0
  for (let file = 1; file <= files; file++) {
    const dest = `WS-${String(file).padStart(4, '0')}.contoso.example`
    records += writeEvtxFile(join(folder, `${dest}.evtx`), first(events, defenderMix(file, dest))).records
  }
  return records
}

// node tools/bench/evtx/make.ts FOLDER [MEGABYTES] [FILES]
if (import.meta.main) {
  const [folder = 'data/bench-evtx', megabytes = '500', files = '5'] = process.argv.slice(2)
  const begun = performance.now()
  const records = makeFiles(folder, Number(megabytes), Number(files))
  const seconds = (performance.now() - begun) / 1000
  console.log(`${files} files in ${folder}, ${records} records, ${seconds.toFixed(1)} s`)
}
