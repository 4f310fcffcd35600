import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dice } from '#lib/formats/testing.ts'
import { harmless } from './csv-text.ts'

const skipped = '[\\s\'";\\u2800\\p{Default_Ignorable_Code_Point}]'
const sign = '[=+\\-@＝＋－＠﹦﹢﹣﹫]'

/** Reads a cell back as docs/api.md says it. */
const readBack = (cell: string): string =>
  cell
    .replace(new RegExp(`(?<=^|[;\\t\\r\\n])'(?=${skipped}*${sign})|^'(?='*[\\t\\r\\n])`, 'gu'), '')
    .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

/** What a spreadsheet of any locale makes of a cell: it may split it, and skip blanks and quotes before it looks for a sign. */
const cellsOf = (text: string): string[] =>
  text.split(/[;\t\r\n]/).map((cell) => cell.replace(/^[\s\p{C}\p{Zs}"\u3164\u2800]+/u, ''))

const formulas = [
  '=1+1',
  '+SUM(A1)',
  '-2+3',
  '@x',
  '=cmd|" /C calc"!A0',
  '--',
  '-',
  '+',
  '-1e5',
  ' =1',
  '   =1',
  '\u00a0=1',
  '\u3000+1',
  '\u200b=1',
  '\u202e=1',
  '\ufeff=1',
  '\u3164=1',
  '\u0000=1',
  '\u001b[31m=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
  '﹢1',
  '\t=1',
  '\r=1',
  '\n=1',
  '"=1',
  ' "  =1',
  'a;=1',
  'a; =1',
  'a;"=1"',
  'a;;+1',
  'a\t=1',
  'a\n=1',
  'a\r\n\u00a0@1',
  'a\n\n;\t=1',
  "a;'\t=1",
]

test('no cell is a formula, even if another locale splits it or blanks before it are skipped', () => {
  for (const text of formulas) {
    for (const cell of cellsOf(harmless(text)))
      assert.doesNotMatch(cell, new RegExp(`^${sign}`, 'u'), JSON.stringify(text))
    assert.equal(readBack(harmless(text)), text, JSON.stringify(text))
  }
  assert.equal(harmless('=1'), "'=1")
  assert.equal(harmless(' =1'), "' =1")
  assert.equal(harmless('a;=1'), "a;'=1")
  assert.equal(harmless('\u200b=1'), '\\u200b=1')
})

test('numbers and all other text are left as they are', () => {
  const texts = [
    '',
    '0',
    '-1',
    '+49',
    '-0.5',
    '1121',
    '12.50',
    'C:\\x',
    'C:\\Users\\ünïcode',
    '"q"',
    'a=b',
    'NULL',
    '–1',
  ]
  const others = [
    'a;b',
    "it's -x",
    'cmd.exe /c "a -b"',
    '2026-11-20T16:29:48.984Z',
    'D4F940AB-401B-4EFC-AADC-AD5F3C50688A',
    'two\nlines',
    '\\\\server\\share',
    '1-',
  ]
  for (const text of [...texts, ...others]) {
    assert.equal(harmless(text), text)
    assert.equal(readBack(text), text)
  }
})

test('control and direction characters are shown, and a text that reads like one is distinguished from it', () => {
  assert.equal(harmless('a\u001b[2Jb\u009bc\u202ed\ufeff'), 'a\\u001b[2Jb\\u009bc\\u202ed\\ufeff')
  assert.equal(harmless('C:\\u001b'), 'C:\\u005cu001b')
  assert.equal(harmless('\ud800'), '\\ud800')
})

test('any text is read back as it was', () => {
  const roll = dice(5)
  const parts = [
    '=',
    '-',
    '＋',
    "'",
    '"',
    ';',
    '\t',
    '\r',
    '\n',
    ' ',
    '\u00a0',
    '\u200b',
    '\u3164',
    '\\',
    'u001b',
    '\u001b',
    '\ud83d',
    '💥',
    'a',
    '1',
  ]
  for (let round = 0; round < 20_000; round++) {
    const text = Array.from({ length: roll(9) }, () => parts[roll(parts.length)]).join('')
    const cell = harmless(text)
    assert.equal(readBack(cell), text, JSON.stringify(text))
    if (/^[+-]?\d+(\.\d+)?$/.test(text)) continue
    for (const each of cellsOf(cell)) assert.doesNotMatch(each, new RegExp(`^${sign}`, 'u'), JSON.stringify(text))
  }
})
