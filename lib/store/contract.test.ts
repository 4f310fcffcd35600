import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { continuityOf, openFixture } from '#lib/ingest/testing.ts'
import { loggedSections, prepareEvent } from '#lib/model/prepare.ts'
import { openPacker } from './sqlite/pack.ts'
import { contract } from './testing-contract.ts'

const nothing = { bytesRead: 0, otherCodes: {}, rejects: [], unread: 0 }

contract('SQLite', async (logs) => {
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
})

test('the store in memory stays small', () => {
  const files = globSync('lib/store/memory/*.ts')
  const lines = files.map((file) => readFileSync(file, 'utf8').split('\n').length - 1)
  const sum = lines.reduce((total, each) => total + each, 0)
  assert.ok(files.length > 5 && sum <= 720, `${sum} lines`)
})
