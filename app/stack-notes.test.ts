import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { StackNotes as Notes } from '#components/stack/stack-notes.tsx'
import { textOf } from './testing-page.ts'

// The file before knows how to load it.
const { StackNotes } = await import('#components/stack/stack-notes.tsx')

type Row = Parameters<typeof Notes>[0]['row']

const row: Row = {
  ...{ blocked: 4, audited: 0, overridden: 0, changed: 0, events: 4 },
  ...{ hints: [], mixedHints: false, dispositions: [{ disposition: null, events: 4 }] },
  ...{ variants: 1, before: 0, newHosts: 0 },
}

/** What is noted about a stack, a line each. */
function notesOf(change: Partial<Row>, hasSince = false): string[] {
  const markup = renderToStaticMarkup(createElement(StackNotes, { row: { ...row, ...change }, hasSince }))
  return markup
    .split(/<(?:li|p)\b[^>]*>/)
    .map(textOf)
    .filter((text) => text !== '')
}

test('there is nothing to note about a stack of one mode without hints, decisions and variants', () => {
  assert.equal(renderToStaticMarkup(createElement(StackNotes, { row, hasSince: false })), '')
})

test('what its events differ in is named: mode, hints and disposition', () => {
  const decided = [
    { disposition: 'known-good', events: 3 },
    { disposition: null, events: 1 },
  ]
  assert.deepEqual(notesOf({ blocked: 3, audited: 1 }), ['Its events differ in mode.'])
  assert.deepEqual(notesOf({ blocked: 3, audited: 1, mixedHints: true, dispositions: decided }), [
    'Decided: 3 known good, 1 undecided.',
    'Its events differ in mode, hints, disposition.',
  ])
})

test('each hint is named with what it says', () => {
  assert.deepEqual(notesOf({ hints: ['temp', 'scriptHost'] }), [
    'Temp, Script host',
    'Temp: what runs is in a folder for temporary files.',
    'Script host: a program that runs the script, library or command that it is given.',
  ])
})

test('merged variants and newness are counted, newness only if there is a comparison', () => {
  assert.deepEqual(notesOf({ variants: 214 }), ['It merges 214 variants, listed below.'])
  assert.deepEqual(notesOf({ before: 0 }, true), ['New: no event before.'])
  assert.deepEqual(notesOf({ before: 1, newHosts: 2 }, true), ['1 event before, 3 events since; 2 new hosts.'])
  assert.deepEqual(notesOf({ before: 4 }, true), ['4 events before, 0 events since; 0 new hosts.'])
})
