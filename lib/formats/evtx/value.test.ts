import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newChunk, renewChunk } from './chunk.ts'
import { Damage } from './damage.ts'
import { arrayTexts, valueText } from './value.ts'
import { arrayFlag, valueType as type } from './value-type.ts'

const chunk = newChunk()
const at = 1000

function text(valueType: number, hex: string): string {
  renewChunk(chunk, 65536)
  const size = chunk.bytes.write(hex.replaceAll(' ', ''), at, 'hex')
  return valueText(chunk, valueType, at, size)
}

function list(valueType: number, hex: string): string[] {
  renewChunk(chunk, 65536)
  const size = chunk.bytes.write(hex.replaceAll(' ', ''), at, 'hex')
  return arrayTexts(chunk, valueType | arrayFlag, at, size)
}

test('every type of value is rendered as Windows renders it', () => {
  const cases: [number, string, string][] = [
    [type.null, '', ''],
    [type.string, '6100 3dd8 00de 0000', 'a😀'],
    [type.string, '3dd8', '\ufffd'],
    [type.ansi, '61 80 00', 'a€'],
    [type.int8, 'ff', '-1'],
    [type.uint8, 'ff', '255'],
    [type.int16, 'feff', '-2'],
    [type.uint16, '6104', '1121'],
    [type.int32, 'ffffffff', '-1'],
    [type.uint32, 'ffffffff', '4294967295'],
    [type.int64, 'ffffffffffffffff', '-1'],
    [type.uint64, 'ffffffffffffffff', '18446744073709551615'],
    [type.real32, '0000c03f', '1.5'],
    [type.real64, '000000000000f07f', '1.#INF'],
    [type.real64, '000000000000f0ff', '-1.#INF'],
    [type.real64, '000000000000f8ff', '-1.#IND'],
    [type.bool, '00000000', 'false'],
    [type.bool, '00000100', 'true'],
    [type.binary, '00ab', '00AB'],
    [type.guid, '8a95cd11 07c5 f34e b3f2 5fd9dfbd2c78', '{11cd958a-c507-4ef3-b3f2-5fd9dfbd2c78}'],
    [type.size, 'e7030000', '0x3e7'],
    [type.hex32, '00000800', '0x80000'],
    [type.hex64, '0000000000008000', '0x80000000000000'],
    [type.hex64, 'e703000000000000', '0x3e7'],
    [type.fileTime, '5629c8c7ce1bda01', '2023-11-20T16:29:48.9847638Z'],
    [type.fileTime, '0000000000000000', '1601-01-01T00:00:00.0000000Z'],
    [type.systemTime, 'e307 0700 0300 1800 0d00 0400 0900 3401', '2019-07-24T13:04:09.3080000Z'],
    [type.sid, '0101 000000000005 12000000', 'S-1-5-18'],
    [type.sid, '0102 000000000005 20000000 20020000', 'S-1-5-32-544'],
    [type.sid, '0101 010000000005 12000000', 'S-1-0x010000000005-18'],
    [0x20, '0102', '0102'],
  ]
  for (const [valueType, hex, wanted] of cases) assert.equal(text(valueType, hex), wanted, `type ${valueType}`)
})

test('a list returns its values one by one', () => {
  assert.deepEqual(list(type.string, '6100 0000 0000 6200 0000'), ['a', '', 'b'])
  assert.deepEqual(list(type.uint16, '0100 0200 03'), ['1', '2'])
  assert.deepEqual(list(type.guid, ''), [''])
  assert.deepEqual(list(type.size, '01000000 02000000 03000000'), ['0x1', '0x2', '0x3'])
  assert.deepEqual(list(type.binary, '0102'), ['0102'])
})

test('a value whose size cannot be is damage', () => {
  assert.throws(() => text(type.guid, '0102'), Damage)
  assert.throws(() => text(type.uint32, '010203'), Damage)
  assert.throws(() => text(type.sid, '0109 000000000005 12000000'), Damage)
  assert.throws(() => valueText(chunk, type.string, 65530, 20), Damage)
})
