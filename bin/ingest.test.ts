import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { openFixture } from '#lib/ingest/testing.ts'
import { selectUploads } from '#lib/query/uploads.ts'
import { simulateLog } from '#lib/simulate/log.ts'
import { assertTotalsHold, contentDump } from '#lib/store/testing.ts'

const program = join(import.meta.dirname, 'ingest.ts')

/** A database, and the program that reads logs into it. */
function openFolder(t: TestContext) {
  const fixture = openFixture()
  t.after(() => fixture.close())
  const env = { ...process.env, DATA_DIR: fixture.folder, INIT_CWD: fixture.folder, DATABASE_URL: '' }
  const write = async (name: string, options: Parameters<typeof simulateLog>[0]) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of simulateLog(options)) chunks.push(chunk)
    writeFileSync(join(fixture.folder, name), Buffer.concat(chunks))
  }
  return {
    ...fixture,
    write,
    ingest: (...args: string[]) => promisify(execFile)(process.execPath, [program, ...args], { env }),
    start: (...args: string[]): ChildProcess => spawn(process.execPath, [program, ...args], { env, stdio: 'ignore' }),
  }
}

const fleet = { dests: 20, days: 5, others: 0.2, format: 'xml' } as const

test('npm run ingest reads files from where the user stands and prints receipts that add up', async (t) => {
  const { ingest, write, store } = openFolder(t)
  await write('a.xml', { ...fleet, events: 400 })
  await write('b.log', { ...fleet, events: 400, format: 'multiline', tz: 'Europe/Berlin' })
  const { stdout } = await ingest('a.xml', 'b.log', '--tz', 'Europe/Berlin')
  assert.equal(
    stdout,
    'a.xml: xml, 500 records = 400 stored + 0 duplicates + 100 other + 0 rejects\n' +
      '  20 dests, 3 silences of more than 24 h, 1 cleared log\n' +
      'b.log: multiline, 500 records = 0 stored + 400 duplicates + 100 other + 0 rejects\n' +
      '  20 dests, 3 silences of more than 24 h, 1 cleared log\n',
  )
  const { rows } = await selectUploads(store)
  assert.deepEqual(
    rows.map(({ name, tz, state }) => [name, tz, state]),
    [
      ['b.log', 'Europe/Berlin', 'done'],
      ['a.xml', 'Europe/Berlin', 'done'],
    ],
  )
})

test('npm run ingest says what is wrong with its arguments and which file it could not read', async (t) => {
  const { ingest, folder } = openFolder(t)
  writeFileSync(join(folder, 'x.pdf'), '%PDF-1.7\n'.repeat(1000))
  const failing = async (...args: string[]): Promise<[code: number, said: string]> => {
    const { code, stderr } = await ingest(...args).then(
      () => assert.fail('it should have failed'),
      (error) => error,
    )
    return [code, stderr]
  }
  const [missing, ofMissing] = await failing('nowhere.xml')
  assert.equal(missing, 1)
  assert.match(ofMissing, /nowhere\.xml: there is no such file/)
  const [unread, ofUnread] = await failing('x.pdf')
  assert.equal(unread, 1)
  assert.match(ofUnread, /x\.pdf: .*can be read/)
  const [wrong, ofWrong] = await failing('x.pdf', '--tz', 'Mars/Olympus')
  assert.equal(wrong, 2)
  assert.match(ofWrong, /--tz Mars\/Olympus is no IANA time zone/)
})

test('two processes that write at once keep every total right', async (t) => {
  const { ingest, write, writer, receipt, add } = openFolder(t)
  await write('a.xml', { ...fleet, events: 3000, seed: 1 })
  await write('b.xml', { ...fleet, events: 3000, seed: 1, days: 3 })
  const both = [ingest('a.xml'), ingest('b.xml', 'a.xml')]
  for (let round = 0; round < 20; round++) {
    const id = add([])
    await wait(25)
    writer.undoUpload(id)
  }
  await Promise.all(both)
  assertTotalsHold(writer.db)
  const stored = writer.db.prepare('SELECT sum(stored) FROM upload').pluck().get()
  assert.equal(stored, writer.db.prepare('SELECT count(*) FROM event').pluck().get())
  assert.equal((await receipt(add([]))).state, 'done')
})

test('an upload whose process was killed is failed at the next start, with nothing left of it', async (t) => {
  const { ingest, start, write, writer, store } = openFolder(t)
  await write('small.xml', { ...fleet, events: 50, seed: 2 })
  await write('large.xml', { ...fleet, events: 40_000, seed: 1, dests: 5 })
  await ingest('small.xml')
  const before = contentDump(writer.db)
  const child = start('large.xml')
  const stored = writer.db.prepare("SELECT stored FROM upload WHERE name = 'large.xml'").pluck()
  while (!Number(stored.get()) && child.exitCode === null) await wait(20)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const states = async () => (await selectUploads(store)).rows.map(({ name, state }) => `${name} ${state}`)
  assert.deepEqual(await states(), ['large.xml reading', 'small.xml done'])
  await ingest('small.xml')
  assert.deepEqual(await states(), ['small.xml done', 'large.xml failed', 'small.xml done'])
  assert.deepEqual(contentDump(writer.db), before)
  assertTotalsHold(writer.db)
})
