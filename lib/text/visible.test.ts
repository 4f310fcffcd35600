import assert from 'node:assert/strict'
import { test } from 'node:test'
import { visiblePieces, visibleText } from './visible.ts'

test('plain text stays one piece', () => {
  assert.deepEqual(visiblePieces('C:\\Windows\\cmd.exe /c "dir"'), [
    { text: 'C:\\Windows\\cmd.exe /c "dir"', kind: 'plain', name: '' },
  ])
  assert.deepEqual(visiblePieces(''), [])
})

test('a right-to-left override in a file name shows', () => {
  assert.equal(visibleText('invoice\u202efdp.exe'), 'invoice⟨RLO⟩fdp.exe')
})

test('control, zero-width and odd blank characters show', () => {
  assert.equal(visibleText('a\u0000b\r\n\tc'), 'a⟨U+0000⟩b⟨CR⟩⟨LF⟩⟨TAB⟩c')
  assert.equal(visibleText('svc\u200bhost\u00a0.exe'), 'svc⟨ZWSP⟩host⟨NBSP⟩.exe')
  assert.equal(visibleText('x\u{e0041}'), 'x⟨U+E0041⟩')
  assert.equal(visibleText('\ud800'), '⟨U+D800⟩')
})

test('a Cyrillic letter in a Latin word shows, a Cyrillic word does not', () => {
  assert.equal(visibleText('ls\u0430ss.exe'), 'ls\u0430⟨U+0430⟩ss.exe')
  assert.equal(visibleText('C:\\Документы\\файл'), 'C:\\Документы\\файл')
})

test('a separator that is none and styled letters always show', () => {
  assert.equal(visibleText('a\u2215b'), 'a\u2215⟨U+2215⟩b')
  assert.equal(visibleText('\uff50'), '\uff50⟨U+FF50⟩')
})

test('other languages and accents are left alone', () => {
  for (const text of ['Größe', 'naïve', '日本語.txt', 'العربية', 'Ünïcode ß.exe']) assert.equal(visibleText(text), text)
})

test('the pieces always join to the logged text', () => {
  for (const text of ['a\u202eb', '\ud83d\ude00 \u0000', 'l\u0455ass', '\n\n', 'é'])
    assert.equal(
      visiblePieces(text)
        .map((piece) => piece.text)
        .join(''),
      text,
    )
})
