import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { test } from 'node:test'
import { event, sendEvents, temporaryFolder } from '#lib/ingest/testing.ts'
import { openSqlInProcesses } from './sql-in-processes.ts'
import { openSqliteWrites } from './writes.ts'

const mebibyte = 1024 * 1024
/** Takes some tens of milliseconds, on a snapshot of the data that is open for as long. */
const slow =
  'WITH RECURSIVE n (i) AS (SELECT count(*) * 0 + 1 FROM event UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT max(i) AS i FROM n'

/** Events whose long command lines are stored one by one. */
const part = (number: number) =>
  Array.from({ length: 100 }, (_, at) =>
    event(1122, `PC${at % 50}`, (number * 100 + at) * 1000, {
      Path: `p${number} ${at}`,
      'Target Commandline': `${number} ${at} ${'x'.repeat(4000)}`,
    }),
  )

test('the write-ahead log stays short although readers follow one another without a gap', async (t) => {
  const { file, folder, remove } = temporaryFolder()
  const longest = 2 * mebibyte
  const writes = await openSqliteWrites(file, folder, longest)
  const times = { deadline: 600_000, grace: 20, idle: 600_000, idleIfAwaited: 600_000 }
  const sql = openSqlInProcesses(file, times)
  t.after(async () => {
    await sql.close()
    await writes.close()
    remove()
  })
  let isOver = false
  let answers = 0
  const ask = async (): Promise<void> => {
    while (!isOver) {
      await sql.all(slow)
      answers += 1
    }
  }
  // Two at a time, so that one is always open when the other ends.
  const readers = [ask(), ask()]
  const logSize = (): number => statSync(`${file}-wal`).size
  let [longestSeen, written] = [0, 0]
  await writes.createUpload({ id: 'u', name: 'u', tz: 'UTC', bytes: null })
  await writes.startUpload('u', 'xml')
  for (let number = 0; number < 20; number++) {
    const before = logSize()
    await sendEvents(writes, 'u', part(number))
    const after = logSize()
    written += Math.max(0, after - before)
    longestSeen = Math.max(longestSeen, after)
  }
  await writes.finishUpload('u', null)
  isOver = true
  await Promise.all(readers)
  assert.ok(answers > 2, `${answers} answers`)
  assert.ok(written > 4 * longest, `${written / mebibyte} MiB were written`)
  assert.ok(longestSeen < 3 * longest, `the log had ${longestSeen / mebibyte} MiB`)
  const [row] = await sql.all<{ events: number }>('SELECT count(*) AS events FROM event')
  assert.equal(row?.events, 20 * 100)
})
