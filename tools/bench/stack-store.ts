import { openBatch } from '#lib/ingest/batches.ts'
import { readEvent } from '#lib/query/testing.ts'
import { openPacker } from '#lib/store/sqlite/pack.ts'
import { openWriter } from '#lib/store/sqlite/writer.ts'
import { simulate } from '#tools/simulate/simulate.ts'

/** Events in one transaction. */
const batchEvents = 20_000

// Stores the events of a simulated fleet as one upload: stack-store.ts FILE EVENTS HOSTS SEED
const [file = '', events = '0', hosts = '0', seed = '7'] = process.argv.slice(2)
const writer = openWriter(file, null)
const id = `seed-${seed}`
writer.createUpload({ id, name: id, tz: 'UTC', bytes: null })
writer.startUpload(id, 'xml')
const end = Date.parse('2026-11-20T18:00:00Z')
let [packer, stored] = [openPacker(), 0]
let batch = openBatch(packer)
function store(): void {
  const [, counts] = batch.close(0)
  writer.write(id, packer.close(), counts)
  packer = openPacker()
  batch = openBatch(packer)
}
for (const each of simulate({
  dests: Number(hosts),
  days: 30,
  others: 0,
  events: Number(events),
  seed: Number(seed),
  end,
})) {
  batch.add({ kind: 'event', event: readEvent(each), place: { record: 1, line: 1, offset: 0 } })
  stored += 1
  if (stored % batchEvents === 0) store()
}
store()
writer.finishUpload(id)
writer.close()
process.stdout.write(JSON.stringify(stored))
