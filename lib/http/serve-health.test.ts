import assert from 'node:assert/strict'
import { copyFileSync, existsSync, mkdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { GET } from '#app/api/v1/health/route.ts'
import { DELETE } from '#app/api/v1/uploads/[id]/route.ts'
import { POST } from '#app/api/v1/uploads/route.ts'
import { asLocal, endProcess } from '#lib/access/testing.ts'
import { xmlEvent } from '#lib/formats/testing.ts'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import type { StoreHealth } from '#lib/model/state.ts'
import { shared } from '#lib/process/shared.ts'
import { getReads } from '#lib/store/open.ts'
import { reserveFile } from '#lib/store/space.ts'
import { openForWriting } from '#lib/store/sqlite/database.ts'

type Body = StoreHealth & { ok: boolean; newestUpload: string | null; error?: { code: string; message: string } }

/** A data folder of its own, used as the server uses it, and given up after the test. */
async function openFolder(t: TestContext) {
  const { folder, file, remove } = temporaryFolder()
  process.env.DATA_DIR = folder
  await getReads()
  t.after(async () => {
    await endProcess()
    remove()
  })
  const health = async (): Promise<Body & { status: number }> => {
    const answer = await asLocal(GET)
    return { status: answer.status, ...((await answer.json()) as Body) }
  }
  const upload = async (name: string): Promise<{ status: number; body: Body }> => {
    const url = `http://127.0.0.1/api/v1/uploads?name=${name}`
    const answer = await asLocal(() =>
      POST(new Request(url, { method: 'POST', body: xmlEvent(1121, "<Data Name='ID'>x</Data>") })),
    )
    return { status: answer.status, body: (await answer.json()) as Body }
  }
  return { folder, file, health, upload }
}

/** Makes the last test write too old to be used again. */
function forgetProbe(): void {
  const { probe } = shared('store health', (): { probe: { at: number } } => assert.fail())
  probe.at -= 60_000
}

/** Waits until something is so, a minute at most. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await isSo()); await wait(50)) assert.ok(Date.now() < end, 'within a minute')
}

const codes = ({ problems }: Body): string[] => problems.map(({ code }) => code)

test('health reads and writes, and says how old its last write and how much space is free', async (t) => {
  const { health, upload } = await openFolder(t)
  assert.equal((await upload('a.xml')).status, 201)
  const { status, ok, problems, warnings, write, space, newestUpload } = await health()
  assert.deepEqual([status, ok, problems, warnings, write.ok], [200, true, [], [], true])
  assert.ok(space.ok && Number(space.free) > 0)
  assert.ok(newestUpload !== null)
  // The next answers are from the same write, with its age.
  const { probe } = shared('store health', (): { probe: { at: number } } => assert.fail())
  probe.at -= 20_000
  const { seconds } = (await health()).write
  assert.ok(seconds !== null && seconds >= 20 && seconds < 30, `${seconds}`)
  probe.at -= 20_000
  await until(async () => Number((await health()).write.seconds) < 20)
})

test('however many ask for health at once, the store is asked once, and all are answered', async (t) => {
  const { health } = await openFolder(t)
  const answers = await Promise.all(Array.from({ length: 300 }, () => health()))
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200])
})

test('an upload into a deleted file is not acknowledged, and health says that the file is gone', async (t) => {
  const { file, health, upload } = await openFolder(t)
  assert.equal((await upload('before.xml')).status, 201)
  renameSync(file, `${file}.gone`)
  const { status, body } = await upload('after.xml')
  assert.deepEqual([status, body.error?.code], [503, 'store-gone'])
  assert.match(body.error?.message ?? '', /asr-hunt\.db was deleted while ASR Hunt was using it.*restore a backup/)
  const sick = await health()
  assert.deepEqual([sick.status, sick.ok, codes(sick)], [503, false, ['file']])
  assert.ok(!existsSync(file), 'no empty database is made in its place')
  copyFileSync(`${file}.gone`, file)
  const replaced = await health()
  assert.deepEqual([replaced.status, codes(replaced)], [503, ['file']])
  assert.match(replaced.problems[0]?.message ?? '', /was replaced/)
})

test('a write-ahead log that is deleted while it is used is noticed by the next upload', async (t) => {
  const { file, health, upload } = await openFolder(t)
  rmSync(`${file}-wal`)
  assert.equal((await upload('a.xml')).status, 503)
  assert.ok(codes(await health()).includes('file'))
})

/** Makes a table one whose pages make no sense, for every connection. */
function damage(file: string, table: string): void {
  const db = openForWriting(file)
  db.unsafeMode()
  db.pragma('writable_schema = ON')
  db.prepare('UPDATE sqlite_schema SET rootpage = 100000 WHERE name = ?').run(table)
  db.pragma('schema_version = 1000000')
  db.close()
}

test('damage that a question finds turns health to 503 from then on', async (t) => {
  const { file, health } = await openFolder(t)
  assert.equal((await health()).status, 200)
  damage(file, 'reject')
  const reads = await getReads()
  await assert.rejects(reads.rejects('none', { offset: 0, limit: 1 }), { code: /^SQLITE_CORRUPT/ })
  const sick = await health()
  assert.deepEqual([sick.status, codes(sick)], [503, ['damage']])
  assert.match(sick.problems[0]?.message ?? '', /npm run restore/)
})

test('damage that an upload finds turns health to 503 with the next test write', async (t) => {
  const { file, health, upload } = await openFolder(t)
  assert.equal((await health()).status, 200)
  damage(file, 'detail')
  assert.ok((await upload('a.xml')).status >= 400)
  forgetProbe()
  await until(async () => (await health()).status === 503)
  assert.deepEqual(codes(await health()), ['damage'])
})

test('without space uploads get 507, and health says so until there is some again', async (t) => {
  const { folder, health, upload } = await openFolder(t)
  rmSync(reserveFile(folder))
  // A folder in its place: the reserve cannot be made again, as on a full disk.
  mkdirSync(`${reserveFile(folder)}.new`)
  const refused = await upload('a.xml')
  assert.deepEqual([refused.status, refused.body.error?.code], [507, 'no-space'])
  const full = await health()
  assert.deepEqual([full.status, full.ok, full.space.ok, codes(full)], [503, false, false, ['space']])
  rmdirSync(`${reserveFile(folder)}.new`)
  forgetProbe()
  await until(async () => (await health()).ok)
  assert.equal((await upload('b.xml')).status, 201)
})

test('an undo answers when the files of the database are gone', async (t) => {
  const { file, upload } = await openFolder(t)
  const { body } = await upload('a.xml')
  const { id } = body as unknown as { id: string }
  rmSync(file)
  const answer = await asLocal(() => DELETE(new Request('http://127.0.0.1'), { params: Promise.resolve({ id }) }))
  assert.equal(answer.status, 503)
})
