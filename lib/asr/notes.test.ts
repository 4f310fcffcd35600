import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { detectionNotes } from '#db/lookup/detection-notes.ts'
import { ruleNotes } from '#db/lookup/rule-notes.ts'
import { readRules } from '#lib/store/lookups.ts'
import { detectionKeys, detections } from './detections.ts'

const folder = join(import.meta.dirname, '../../db/lookup')

for (const key of detectionKeys) {
  test(`the SPL shown for ${key} asks for the codes and groups by the fields of the detection`, () => {
    const spl = readFileSync(join(folder, 'spl', `${key}.spl`), 'utf8')
    const codes = /EventCode IN \(([^)]*)\)/.exec(spl)?.[1]?.split(',').map(Number)
    assert.deepEqual(codes, detections[key].codes)
    const by = /\n +by (.*)/i.exec(spl)?.[1]?.split(/,? /)
    // Splunk calls it host until it is renamed.
    assert.deepEqual(
      by?.map((field) => (field === 'host' ? 'dest' : field)),
      detections[key].by,
    )
    assert.match(spl, new RegExp(`\`${detections[key].view}_filter\``))
  })

  test(`docs/detections.md has the id of ${key}`, () => {
    const docs = readFileSync(join(folder, '../../docs/detections.md'), 'utf8')
    assert.ok(docs.includes(detectionNotes[key].id), detectionNotes[key].id)
  })
}

test('every rule of the lookup has notes, and no other', () => {
  assert.deepEqual(Object.keys(ruleNotes).sort(), [...readRules(null).keys()].sort())
})
