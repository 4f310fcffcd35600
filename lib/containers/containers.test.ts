import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { limitsOf, OverBudget, openBudget } from './budget.ts'
import { decompress } from './decompress.ts'
import type { Entry } from './entry.ts'
import { containerOf } from './kind.ts'
import { tarEntries } from './tar.ts'
import { type TestFile, tarOf, zipOf } from './testing.ts'
import { zipEntries } from './zip.ts'

const limits = { entries: 100, bytes: 1e9, ratio: 500, seconds: 60 }

async function* inPieces(bytes: Uint8Array, length = 7): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

const textOf = async (bytes: AsyncIterable<Uint8Array>): Promise<string> =>
  Buffer.concat(await Array.fromAsync(bytes)).toString()

async function read(
  entries: AsyncIterable<Entry>,
): Promise<{ name: string; content: string; damage: string | null }[]> {
  const found = []
  for await (const { name, bytes, damage } of entries) {
    const content = await textOf(bytes)
    found.push({ name, content, damage: damage() })
  }
  return found
}

const files: TestFile[] = [
  { name: 'a.xml', content: '<Event/>'.repeat(500) },
  { name: '..\\..\\windows\\evil.log', content: 'x' },
  { name: 'empty', content: '' },
]
const contents = files.map(({ content }) => content)
const folder = mkdtempSync(join(tmpdir(), 'asr-hunt-'))
test.after(() => rmSync(folder, { recursive: true }))

test('a container is recognized by its bytes', async () => {
  assert.equal(containerOf(gzipSync('x')), 'gzip')
  assert.equal(containerOf(zstdCompressSync('x')), 'zstd')
  assert.equal(containerOf(zipOf(files)), 'zip')
  assert.equal(containerOf(zipOf([])), 'zip')
  assert.equal(containerOf(await tarOf(files)), 'tar')
  assert.equal(containerOf(Buffer.from('<Event')), null)
  assert.equal(containerOf(Buffer.alloc(0)), null)
})

test('the files of a ZIP come out complete, whatever their names say, and nothing stays on disk', async () => {
  const found = await read(zipEntries(inPieces(zipOf(files)), openBudget(limits), folder))
  assert.deepEqual(
    found.map(({ content }) => content),
    contents,
  )
  assert.ok(found.every(({ damage }) => damage === null))
  assert.deepEqual(readdirSync(folder), [])
})

test('the files of a tar come out complete, even if one is not read', async () => {
  const found = await read(tarEntries(inPieces(await tarOf(files)), openBudget(limits)))
  assert.deepEqual(
    found.map(({ content }) => content),
    contents,
  )
  const names = []
  for await (const { name } of tarEntries(inPieces(await tarOf(files)), openBudget(limits))) names.push(name)
  assert.equal(names.length, files.length)
})

/** The files of a tar and what it says of itself. */
async function readTar(tar: Buffer) {
  let damage: string | null = null
  const entries = tarEntries(inPieces(tar, 100), openBudget(limits), (message) => {
    damage = message
  })
  return { found: await read(entries), damage: damage as string | null }
}

test('a tar that is cut off returns what it contains and says so', async () => {
  const tar = await tarOf(files)
  const { found, damage } = await readTar(tar.subarray(0, 512 + 1000))
  assert.deepEqual(
    found.map(({ content }) => content),
    [files[0]?.content.slice(0, 1000)],
  )
  assert.equal(found[0]?.damage, 'The tar is cut off 3000 bytes before the end of this file')
  assert.match(damage ?? '', /cut off within its last file/)
})

test('a damaged header of a tar costs its file, even if its size has no end', async () => {
  for (const size of ['\xff'.repeat(12), `\x80${'\xff'.repeat(11)}`, 'twelve bytes']) {
    const tar = await tarOf(files)
    tar.write(size, 124, 'latin1')
    const { found, damage } = await readTar(tar)
    assert.deepEqual(
      found.map(({ content }) => content),
      contents.slice(1),
    )
    assert.match(damage ?? '', /^The tar is damaged: \d+ bytes of it belong to no file\.$/)
  }
})

test('long names of a tar are read', async () => {
  const name = `${'folder/'.repeat(40)}defender.evtx`
  const { found, damage } = await readTar(await tarOf([{ name, content: 'x' }]))
  assert.deepEqual(found, [{ name, content: 'x', damage: null }])
  assert.equal(damage, null)
})

test('a damaged file of a ZIP costs that file', async () => {
  const zip = zipOf(files)
  const at = zip.indexOf('a.xml') + 8
  zip[at] = (zip[at] ?? 0) ^ 0xff
  const [first, ...others] = await read(zipEntries(inPieces(zip), openBudget(limits), folder))
  assert.match(first?.damage ?? '', /cannot be unpacked past \d+ bytes/)
  assert.deepEqual(
    others.map(({ content }) => content),
    contents.slice(1),
  )
})

for (const [kind, bytes] of [
  ['gzip', gzipSync('record\n'.repeat(100_000), { level: 0 })],
  [
    'zstd',
    zstdCompressSync(Buffer.from(Array.from({ length: 100_000 }, (_, index) => `record ${index * 7919}\n`).join(''))),
  ],
] as const) {
  test(`${kind} is unpacked, and one that is cut off returns what it contains and says so`, async () => {
    const damages: string[] = []
    const unpack = (packed: Uint8Array) =>
      textOf(decompress(kind, inPieces(packed, 4096), openBudget(limits), (message) => void damages.push(message)))
    const all = await unpack(bytes)
    assert.deepEqual(damages, [])
    const half = await unpack(bytes.subarray(0, bytes.length / 2))
    assert.equal(damages.length, 1)
    assert.match(damages[0] ?? '', new RegExp(`^The ${kind} data cannot be unpacked past \\d+ bytes`))
    assert.ok(half.length > 0 && all.startsWith(half))
    const inOne = await textOf(
      decompress(kind, inPieces(bytes.subarray(0, bytes.length / 2), bytes.length), openBudget(limits), () => {}),
    )
    assert.equal(inOne, half)
  })
}

test('each limit stops the unpacking and is named with its setting', async () => {
  const entries = () => read(zipEntries(inPieces(zipOf(files)), openBudget({ ...limits, entries: 2 }), folder))
  await assert.rejects(
    entries,
    (error) => error instanceof OverBudget && /more than 2 \(UNPACK_MAX_ENTRIES\)/.test(error.message),
  )
  const bytes = () => read(zipEntries(inPieces(zipOf(files)), openBudget({ ...limits, bytes: 50 }), folder))
  await assert.rejects(bytes, /more than 50 \(UNPACK_MAX_BYTES\)/)
  const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024))
  const ratio = () => Array.fromAsync(decompress('gzip', inPieces(bomb, 65_536), openBudget(limits), () => {}))
  await assert.rejects(ratio, /more than 500 \(UNPACK_MAX_RATIO\)/)
  const late = openBudget({ ...limits, seconds: -1 })
  assert.throws(() => late.produce(1), /UNPACK_MAX_SECONDS/)
})

test('a limit that is not a number is refused, with what would be right', () => {
  assert.equal(limitsOf({ UNPACK_MAX_ENTRIES: '7' }).entries, 7)
  assert.throws(() => limitsOf({ UNPACK_MAX_BYTES: 'much' }), /UNPACK_MAX_BYTES is "much"\. Give a number above 0/)
})

test('an archive that is none ends in an error that says so', async () => {
  const broken = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(100)])
  await assert.rejects(
    () => read(zipEntries(inPieces(broken), openBudget(limits), folder)),
    /end of central directory/i,
  )
  assert.deepEqual(readdirSync(folder), [])
})
