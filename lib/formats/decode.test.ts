import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeHead, detectEncoding, sizeInFile, toUtf8 } from '#lib/formats/decode.ts'
import { cut } from '#lib/formats/testing.ts'

const text = `<Event><Data>é € 𝄞 \u200e</Data></Event>\n`.repeat(60)
const utf16le = Buffer.from(text, 'utf16le')
const utf16be = Buffer.from(utf16le).swap16()
const files: [string, Buffer, string, number][] = [
  ['UTF-8', Buffer.from(text), 'utf-8', 0],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'utf-8', 3],
  ['UTF-16LE', utf16le, 'utf-16le', 0],
  ['UTF-16LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16le]), 'utf-16le', 2],
  ['UTF-16BE', utf16be, 'utf-16be', 0],
  ['UTF-16BE with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be]), 'utf-16be', 2],
]

async function decode(bytes: Uint8Array, size: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of (await toUtf8(cut(bytes, size))).pieces) parts.push(part)
  return Buffer.concat(parts)
}

for (const [name, bytes, encoding, bom] of files) {
  test(`${name} is detected and read the same however it is cut, and its sizes add up to the file`, async () => {
    assert.deepEqual(detectEncoding(bytes), { encoding, bom })
    assert.equal(decodeHead(bytes), text)
    for (const size of [1, 3, 7, 4096]) {
      const utf8 = await decode(bytes, size)
      assert.equal(utf8.toString(), text)
      let inFile = bom
      for (let i = 0; i < utf8.length; i += size)
        inFile += sizeInFile(utf8.subarray(i, i + size), detectEncoding(bytes).encoding)
      assert.equal(inFile, bytes.length)
    }
  })
}

test('half characters and stray bytes do not throw', async () => {
  for (const bytes of [[0xff, 0xfe, 0x00], [0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00], [0xfe, 0xff, 0xdc], [0xc3], []]) {
    await decode(Buffer.from(bytes), 1)
  }
  assert.equal((await decode(Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00]), 1)).toString(), '\ufffdA')
})

test('zero bytes here and there do not make UTF-16', () => {
  assert.equal(detectEncoding(Buffer.from(`${'x'.repeat(100)}\0\0\0`)).encoding, 'utf-8')
  assert.equal(detectEncoding(Buffer.alloc(200)).encoding, 'utf-8')
})
