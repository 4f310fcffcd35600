import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CopiedRows, markdownOf, tsvText } from './copy-rows.ts'

const copied: CopiedRows = {
  title: 'Events',
  columns: ['dest', 'Path', 'count'],
  rows: [
    { dest: '=cmd|calc', Path: 'a\tb\nc\u202e', count: -1 },
    { dest: 'WS-1', Path: null, count: 20 },
  ],
  facts: [{ name: 'filters', values: ['dest=a,b'] }],
}

test('rows for a spreadsheet have a row a line, name themselves, and run nothing', () => {
  assert.equal(
    tsvText(copied),
    "# filters: dest=a%2Cb\n# rows: 2 selected\ndest\tPath\tcount\n'=cmd|calc\ta⟨TAB⟩b⟨LF⟩c⟨RLO⟩\t-1\nWS-1\tNULL\t20\n",
  )
})

test('rows for a ticket are a table of Markdown', () => {
  assert.equal(
    markdownOf(copied),
    '**Events**\n\n- filters: `dest=a,b`\n- rows: 2 selected\n\n' +
      '| dest | Path | count |\n| --- | --- | ---: |\n' +
      '| `=cmd`&#124;`calc` | `a⟨TAB⟩b⟨LF⟩c⟨RLO⟩` | `-1` |\n| WS-1 | NULL | 20 |\n',
  )
})
