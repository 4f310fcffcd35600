import assert from 'node:assert/strict'
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import { checkLog, recordFile } from './sqlite/log-record.ts'
import { startWriter } from './testing-process.ts'

/** A database whose process was killed while an upload was only begun: that is in the log alone. */
async function killed(t: TestContext) {
  const { folder, file, remove } = temporaryFolder()
  t.after(remove)
  const writer = await startWriter(t, file, '20', 'begin')
  await writer.end('SIGKILL')
  assert.ok(existsSync(`${file}-wal`) && existsSync(recordFile(file)), writer.errors)
  return { folder, file, log: `${file}-wal` }
}

test('after a clean stop there is no note; after a kill the log is found again and nothing is said', async (t) => {
  const { file } = await killed(t)
  assert.equal(checkLog(file), null)
  const again = await startWriter(t, file)
  assert.deepEqual(again.said, ['open '], again.errors)
  await again.end('SIGTERM')
  assert.ok(!existsSync(recordFile(file)))
  rmSync(`${file}-wal`, { force: true })
  assert.equal(checkLog(file), null)
})

test('a log that is missing after a kill is said, once, and the database opens', async (t) => {
  const { file, log } = await killed(t)
  rmSync(log)
  assert.match(checkLog(file) ?? '', /asr-hunt\.db-wal is missing\. .* may be lost/)
  const again = await startWriter(t, file)
  assert.match(again.said[0] ?? '', /^open The write-ahead log .* is missing/)
  assert.match(again.errors, /"level":"warn".* is missing/)
  await again.end('SIGKILL')
  assert.equal(checkLog(file), null)
})

test('a log of another database is refused with what to do, and neither file is touched', async (t) => {
  const [{ file, log }, other] = await Promise.all([killed(t), killed(t)])
  // The number of a deleted file is given to the next one: the time it was made keeps them apart.
  rmSync(log)
  copyFileSync(other.log, log)
  const before = [file, log].map((each) => readFileSync(each))
  assert.throws(() => checkLog(file), /is not the write-ahead log of the database\. .* move .*-wal to another folder/)
  const again = await startWriter(t, file)
  assert.deepEqual(again.said, [])
  assert.match(again.errors, /ForeignLog/)
  assert.deepEqual(
    [file, log].map((each) => readFileSync(each)),
    before,
  )
  // What the message says to do.
  renameSync(log, `${log}.aside`)
  assert.match((await startWriter(t, file)).said[0] ?? '', /is missing/)
})

test('another database next to the log of the one before is refused', async (t) => {
  const [{ file }, other] = await Promise.all([killed(t), killed(t)])
  copyFileSync(other.file, `${file}.new`)
  renameSync(`${file}.new`, file)
  assert.throws(() => checkLog(file), /was replaced, and .*-wal is the write-ahead log of the one before/)
})

test('a data folder that was copied, or a database that was put in place without a log, is not an alarm', async (t) => {
  const { folder, file, log } = await killed(t)
  const copy = join(folder, 'copy')
  mkdirSync(copy)
  for (const ending of ['', '-wal', '.open']) copyFileSync(`${file}${ending}`, join(copy, `asr-hunt.db${ending}`))
  assert.equal(checkLog(join(copy, 'asr-hunt.db')), null)
  rmSync(log)
  copyFileSync(file, `${file}.new`)
  renameSync(`${file}.new`, file)
  assert.equal(checkLog(file), null)
})

test('a note that is damaged, or of a process that is running, says nothing', async (t) => {
  const { file, log } = await killed(t)
  const note = JSON.parse(readFileSync(recordFile(file), 'utf8'))
  rmSync(log)
  for (const text of ['', '[]', '{"process":', JSON.stringify({ ...note, process: `${process.pid} ` })]) {
    writeFileSync(recordFile(file), text)
    assert.equal(checkLog(file), null, text)
  }
})
