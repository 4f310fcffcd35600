import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { OverBudget, openBudget } from './budget.ts'
import type { Entry } from './entry.ts'
import { readAhead } from './read-ahead.ts'
import { tarEntries } from './tar.ts'
import { tarOf, zipOf } from './testing.ts'
import { zipEntries } from './zip.ts'

const limits = { entries: 100, bytes: 1e9, ratio: 500, seconds: 60 }
const folder = mkdtempSync(join(tmpdir(), 'asr-hunt-'))
test.after(() => rmSync(folder, { recursive: true }))

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
const empties = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `${index}.log`, content: '' }))

/** The names of the entries that are given before the end or an error, and the error. */
async function namesOf(entries: AsyncIterable<Entry>): Promise<{ names: string[]; error: Error | null }> {
  const names: string[] = []
  try {
    for await (const { name, bytes } of entries) {
      names.push(name)
      for await (const _ of bytes);
    }
    return { names, error: null }
  } catch (error) {
    return { names, error: error as Error }
  }
}

test('a ZIP with too many files, or too large ones, is refused by its directory, before the first is given', async () => {
  for (const [refused, zip] of [
    [{ entries: 100 }, zipOf(empties(101))],
    [
      { bytes: 1000 },
      zipOf([
        { name: 'a', content: 'x' },
        { name: 'b', content: 'y'.repeat(1000) },
      ]),
    ],
  ] as const) {
    const { names, error } = await namesOf(zipEntries(inOne(zip), openBudget({ ...limits, ...refused }), folder))
    assert.deepEqual(names, [])
    assert.ok(error instanceof OverBudget)
    assert.match(error.message, /UNPACK_MAX_(ENTRIES|BYTES)\)/)
  }
  assert.deepEqual(readdirSync(folder), [])
})

test('folders do not count as files of a ZIP', async () => {
  const folders = Array.from({ length: 150 }, (_, index) => ({ name: `folder${index}/`, content: '' }))
  const zip = zipOf([...folders, { name: 'folder0/a.log', content: 'x' }])
  const { names, error } = await namesOf(zipEntries(inOne(zip), openBudget(limits), folder))
  assert.deepEqual([names, error], [['folder0/a.log'], null])
})

test('a ZIP whose files overlap is refused as a bomb; one damaged size costs its file alone', async () => {
  const content = Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7919) % 251))
  const zip = zipOf([{ name: 'a', content }])
  const central = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  const entry = zip.subarray(central, zip.length - 22)
  const end = Buffer.from(zip.subarray(zip.length - 22))
  end.writeUInt16LE(50, 8)
  end.writeUInt16LE(50, 10)
  end.writeUInt32LE(entry.length * 50, 12)
  const bomb = Buffer.concat([zip.subarray(0, central), ...Array(50).fill(entry), end])
  const { names, error } = await namesOf(zipEntries(inOne(bomb), openBudget(limits), folder))
  assert.deepEqual(names, [])
  assert.match(error?.message ?? '', /^Its files overlap, as those of a ZIP bomb do: they take up \d+ of \d+ bytes/)

  const damaged = zipOf([
    { name: 'a', content },
    { name: 'b', content },
  ])
  damaged.writeUInt32LE(0xfffffff0, damaged.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24)
  const found = await namesOf(zipEntries(inOne(damaged), openBudget(limits), folder))
  assert.deepEqual(found, { names: ['a', 'b'], error: null })
})

test('the small files of a tar are held back until they are known to be within the limit, and come in order', async () => {
  const ahead = (tar: Buffer, most: number) => readAhead(tarEntries(inOne(tar), openBudget(limits)), most)
  const refused = await namesOf(ahead(await tarOf(empties(101)), 100_000))
  assert.deepEqual(refused.names, [])
  assert.match(refused.error?.message ?? '', /UNPACK_MAX_ENTRIES/)

  const files = [5, 0, 400, 3, 2000, 1, 1, 90].map((size, index) => ({
    name: `${index}`,
    content: `${index % 10}`.repeat(size),
  }))
  for (const most of [0, 100, 500, 100_000]) {
    const read: { name: string; content: string; damage: string | null }[] = []
    for await (const { name, bytes, damage } of ahead(await tarOf(files), most)) {
      const content = Buffer.concat(await Array.fromAsync(bytes)).toString()
      read.push({ name, content, damage: damage() })
    }
    assert.deepEqual(
      read,
      files.map((file) => ({ ...file, damage: null })),
    )
  }
  const cut = (await tarOf(files)).subarray(0, 512 + 2)
  for await (const { damage } of ahead(cut, 100_000)) assert.match(damage() ?? '', /cut off 3 bytes before the end/)
})

test('the time that unpacking may take is that of the clock, for files without a byte too', async () => {
  let seconds = 0
  const budget = openBudget(limits, () => seconds * 1000)
  budget.check()
  seconds = 61
  for (const spend of [budget.check, budget.entry, () => budget.produce(1)]) {
    assert.throws(spend, /Unpacking it has taken 61 seconds, more than 60 \(UNPACK_MAX_SECONDS\)/)
  }
  for (const entries of [
    zipEntries(inOne(zipOf(empties(3))), budget, folder),
    tarEntries(inOne(await tarOf(empties(3))), budget),
  ]) {
    assert.match((await namesOf(entries)).error?.message ?? '', /UNPACK_MAX_SECONDS/)
  }
})

test('unpacking stops when it is asked to, between files without a byte too', async () => {
  const stop = new AbortController()
  const budget = openBudget(limits, undefined, stop.signal)
  const names: string[] = []
  const reading = (async () => {
    for await (const { name } of zipEntries(inOne(zipOf(empties(50))), budget, folder)) {
      names.push(name)
      if (names.length === 3) stop.abort(new Error('the sender left'))
    }
  })()
  await assert.rejects(reading, /the sender left/)
  assert.equal(names.length, 3)
  assert.deepEqual(readdirSync(folder), [])
})
