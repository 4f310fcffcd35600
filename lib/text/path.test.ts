import assert from 'node:assert/strict'
import { test } from 'node:test'
import { splitPath } from './path.ts'

test('a path gives way in its folders, not in its file name', () => {
  assert.deepEqual(splitPath('C:\\Users\\ada\\AppData\\Local\\Temp\\script.vbs'), {
    head: 'C:\\Users\\ada\\AppData\\Local\\',
    parent: 'Temp\\',
    file: 'script.vbs',
  })
})

test('a bare name is all file name', () => {
  assert.deepEqual(splitPath('lsass.exe'), { head: '', parent: '', file: 'lsass.exe' })
  assert.deepEqual(splitPath(''), { head: '', parent: '', file: '' })
})

test('a folder keeps its own name as the end', () => {
  assert.equal(splitPath('C:\\Windows\\Temp\\').file, 'Temp\\')
})

test('the parts always join to the complete path', () => {
  const paths = [
    '\\\\srv\\share\\a',
    '/usr/bin/x',
    'C:\\',
    '\\',
    '//',
    'https://host/a/b?c=/d',
    'a\\b',
    '\\\\?\\C:\\x\\\\y',
  ]
  for (const path of paths) {
    const { head, parent, file } = splitPath(path)
    assert.equal(head + parent + file, path)
    assert.notEqual(file, '')
  }
})
