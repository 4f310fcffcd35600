import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutUser } from './redact.ts'

test('the name of a user is hidden wherever a profile folder is', () => {
  assert.equal(withoutUser('C:\\Users\\anna.okafor\\AppData\\x.exe'), 'C:\\Users\\•••\\AppData\\x.exe')
  assert.equal(withoutUser('\\Device\\HarddiskVolume3\\users\\BOB'), '\\Device\\HarddiskVolume3\\users\\•••')
  assert.equal(withoutUser('C:/Documents and Settings/eve/a.doc'), 'C:/Documents and Settings/•••/a.doc')
})

test('folders that belong to nobody stay', () => {
  assert.equal(withoutUser('C:\\Users\\Public\\a.exe'), 'C:\\Users\\Public\\a.exe')
  assert.equal(withoutUser('C:\\Windows\\System32\\cmd.exe'), 'C:\\Windows\\System32\\cmd.exe')
})
