import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markdownHead, markdownTable, markdownText } from './markdown.ts'

/** Reads a cell back by the rules of CommonMark for code spans and character references. */
function read(cell: string): string {
  const spans = /(`+)(?!`)(.*?[^`])\1(?!`)/g
  const strip = (text: string) => (/^ .*[^ ].* $/.test(text) ? text.slice(1, -1) : text)
  return cell.replace(spans, (_, __, text: string) => strip(text)).replaceAll('&#124;', '|')
}

test('what is plain stays plain, and everything else is a code span', () => {
  for (const text of ['WS-0417', 'Block credential stealing', '5', '2026-11-20T16:29:48.984Z', 'Größe'])
    assert.equal(markdownText(text), text)
  assert.equal(markdownText('C:\\Windows\\cmd.exe'), '`C:\\Windows\\cmd.exe`')
  for (const text of [
    '<b>',
    '@admin',
    '#12',
    'www.evil.example',
    'http://evil.example',
    '[a](b)',
    '*a*',
    ':tada:',
    '- a',
  ])
    assert.equal(markdownText(text), `\`${text}\``)
})

test('a pipe, a line break and a backtick neither end the cell nor the code span', () => {
  assert.equal(
    markdownText('a|b'),
    'a&#124;b'.replace(/[ab]/g, (letter) => `\`${letter}\``),
  )
  assert.equal(markdownText('a`b'), '``a`b``')
  assert.equal(markdownText('`'), '`` ` ``')
  assert.equal(markdownText('a\r\nb'), '`a⟨CR⟩⟨LF⟩b`')
  assert.equal(markdownText('invoice\u202efdp.exe'), '`invoice⟨RLO⟩fdp.exe`')
  for (const text of [
    'a\\|b',
    '|',
    '||',
    '`a``b```',
    ' ` ',
    ' a ',
    'C:\\',
    '\\|`|\\',
    '<img src=x|onerror=y>',
    '&#124;',
  ])
    assert.doesNotMatch(markdownText(text), /[|\n]/, text)
})

test('a cell is read back as it was', () => {
  for (const text of ['a`b', '`', ' a ', '`a``b```', 'a|b`c|', '\\|', 'C:\\x\\', '<b>`|</b>', '  '])
    assert.equal(read(markdownText(text)), text)
})

test('a table has a row a line, figures at the right, and NULL for what was not logged', () => {
  const rows = [
    { dest: 'WS-1', count: 3, Path: null },
    { dest: 'b|c', count: -1, Path: ['x', 'y.z'] },
  ]
  assert.equal(
    markdownTable(['dest', 'count', 'Path'], rows),
    '| dest | count | Path |\n| --- | ---: | --- |\n| WS-1 | 3 | NULL |\n| `b`&#124;`c` | `-1` | x; `y.z` |\n',
  )
  assert.equal(
    markdownHead('ASR Audit', [{ name: 'filter', values: ['dest=a', 'b'] }]),
    '**ASR Audit**\n\n- filter: `dest=a`, b',
  )
})
