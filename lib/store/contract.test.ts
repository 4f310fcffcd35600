import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { continuityOf, openFixture } from '#lib/ingest/testing.ts'
import { loggedSections, prepareEvent } from '#lib/model/prepare.ts'
import type { Reads } from './reads.ts'
import { openPacker } from './sqlite/pack.ts'
import { contract } from './testing-contract.ts'
import { contractLogs } from './testing-logs.ts'
import type { ReadLog } from './testing-receipts.ts'
import { uploadContract } from './testing-upload-contract.ts'

const nothing = { bytesRead: 0, otherCodes: {}, rejects: [], unparsed: 0 }

/** A store that is given some logs, one after the other. */
async function openSqlite(logs: readonly ReadLog[]): Promise<Reads> {
  const { writer, reads, close } = openFixture()
  for (const { id, name = id, tz = 'UTC', bytes = null, parent, dest, events, format = 'xml', ...log } of logs) {
    writer.createUpload({ id, name, tz, bytes, ...(parent && { parent }), ...(dest && { dest }) })
    writer.startUpload(id, format)
    const packer = openPacker()
    for (const event of events) packer.add(prepareEvent(event), loggedSections(event))
    writer.write(id, packer.close(), log.counts ?? { ...nothing, records: events.length })
    if (log.state !== 'reading') writer.finishUpload(id, log.continuity ?? continuityOf(events))
  }
  writer.runJobs()
  return { ...reads, close }
}

const logs = contractLogs()
const opening = openSqlite(logs)
after(async () => (await opening).close())
contract('SQLite', opening, logs)
uploadContract('SQLite', opening, logs)

test('the store in memory stays small', () => {
  const files = globSync('lib/store/memory/*.ts')
  const lines = files.map((file) => readFileSync(file, 'utf8').split('\n').length - 1)
  const sum = lines.reduce((total, each) => total + each, 0)
  assert.ok(files.length > 2 && sum <= 330, `${sum} lines`)
})
