import { dirname } from 'node:path'
import { continuityOf, event, sendEvents } from '#lib/ingest/testing.ts'
import { openSqliteWrites } from './sqlite/writes.ts'

// For tests: opens the database, stores uploads of the given numbers of events one after the other, says so after each,
// and stays until the process is ended. `begin` only begins an upload. SIGTERM ends it cleanly.
const [file = '', ...orders] = process.argv.slice(2)
const writes = await openSqliteWrites(file, dirname(file))
process.on('SIGTERM', async () => {
  await writes.close()
  process.exit(0)
})
process.stdout.write(`open ${writes.warning ?? ''}\n`)
for (const [index, order] of orders.entries()) {
  const id = `${process.pid}-${index}`
  await writes.createUpload({ id, name: id, tz: 'UTC', bytes: null })
  await writes.startUpload(id, 'xml')
  if (order !== 'begin') {
    const events = Array.from({ length: Number(order) }, (_, n) =>
      event(1121, `${id}-${n % 7}`, n * 1000, { Path: `p${n}` }),
    )
    await sendEvents(writes, id, events)
    await writes.finishUpload(id, continuityOf(events))
  }
  process.stdout.write(`stored ${order}\n`)
}
setInterval(() => {}, 1000)
