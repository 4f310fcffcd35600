import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readers } from '#lib/formats/readers.ts'

const text = readFileSync(join(import.meta.dirname, '../../docs/formats.md'), 'utf8')
/** Detected and read like the others, but nobody exports them. */
const unheardOf = ['evtx-csv', 'velociraptor-csv']

test('every format that is read is in docs/formats.md, with a section on how to export it and what is lost', () => {
  for (const format of Object.keys(readers))
    assert.equal(text.includes(`\`${format}\``), !unheardOf.includes(format), format)
  const sections = text.split(/^## /m).slice(1)
  for (const [, anchor] of text.matchAll(/^\| \[[^\]]+\]\(#([^)]+)\)/gm)) {
    const section = sections.find((each) => each.split('\n', 1)[0]?.toLowerCase().replaceAll(' ', '-') === anchor)
    assert.match(section ?? '', /\nLost: /, anchor)
  }
})
