import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectionRow, detectionRowOf } from './hunting.ts'
import { encodeStrictly } from './testing.ts'

const own = { stack: 'AAAAAAAAAAAAAAAAAAAAAA', faithful: 1, dest: 'a', count: 5, firstTime: 0, lastTime: 1 }

test('a detection with a column that is not known here has it as text, and its times as times', () => {
  const row = detectionRowOf(['dest', 'Signer', 'count', 'firstTime', 'lastTime'])
  const written: Record<string, unknown> = encodeStrictly(row, { ...own, Signer: 'x' })
  assert.deepEqual([written.Signer, written.lastTime], ['x', '1970-01-01T00:00:00.001Z'])
  assert.throws(() => encodeStrictly(row, own), /Signer/)
  assert.throws(() => encodeStrictly(row, { ...own, Signer: 'x', Path: 'y' }), /Unrecognized key.*Path/)
})

test('a row of any detection may lack the by-fields of others, but not the columns of all', () => {
  const row = { ...own, ASR_Rule: 'NULL' }
  assert.equal(encodeStrictly(detectionRow, row).count, 5)
  const { lastTime: _, ...short } = row
  assert.throws(() => encodeStrictly(detectionRow, short), /lastTime/)
})
