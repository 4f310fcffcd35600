import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutLogged, withoutPath, withoutPathInHost, withoutText, withoutUser } from './redact.ts'

test('the name of a user is hidden wherever a profile folder is', () => {
  assert.equal(withoutUser('C:\\Users\\anna.okafor\\AppData\\x.exe'), 'C:\\Users\\•••\\AppData\\x.exe')
  assert.equal(withoutUser('\\Device\\HarddiskVolume3\\users\\BOB'), '\\Device\\HarddiskVolume3\\users\\•••')
  assert.equal(withoutUser('C:/Documents and Settings/eve/a.doc'), 'C:/Documents and Settings/•••/a.doc')
})

test('folders that belong to nobody stay', () => {
  assert.equal(withoutUser('C:\\Users\\Public\\a.exe'), 'C:\\Users\\Public\\a.exe')
  assert.equal(withoutUser('C:\\Windows\\System32\\cmd.exe'), 'C:\\Windows\\System32\\cmd.exe')
})

test('of a path a public screen shows the name of a program, and of anything else its ending at most', () => {
  const shown = {
    'C:\\Program Files\\Vendor\\setup.exe': '•••\\setup.exe',
    'C:\\Users\\anna.okafor\\AppData\\Local\\x.EXE': '•••\\x.EXE',
    'C:\\Users\\anna\\anna-tools.exe': '•••\\•••.exe',
    'C:\\Users\\anna': '•••\\•••',
    'C:\\Users\\anna.exe': '•••\\•••',
    '\\\\files\\users$\\eve': '•••\\•••',
    'D:\\Dismissals\\Eve Adams.docx': '•••\\•••.docx',
    'C:/Documents and Settings/eve/run.ps1': '•••\\•••.ps1',
    'C:\\a.exe --user eve': '•••\\•••',
    eve: '•••',
    'cmd.exe': 'cmd.exe',
    'C:\\Temp\\': '•••\\•••',
    NULL: 'NULL',
    '': '',
  }
  for (const [path, text] of Object.entries(shown)) assert.equal(withoutPath(path), text, path)
  assert.equal(withoutPath(`C:\\${'a'.repeat(200)}.exe`), '•••\\•••.exe')
})

test('a host is shown, and a path in its place is not', () => {
  assert.equal(withoutPathInHost('PC1.corp.example'), 'PC1.corp.example')
  assert.equal(withoutPathInHost('C:\\Users\\anna'), '•••')
})

test('of a configuration change only states and numbers are shown, and never an exclusion', () => {
  const shown = {
    'LSASS: Block → Disabled': 'LSASS: Block → Disabled',
    'PsExec/WMI → process: Block → removed': 'PsExec/WMI → process: Block → removed',
    'Policy switch of all ASR rules: 0x1 → removed': 'Policy switch of all ASR rules: 0x1 → removed',
    'ASR policy switch x: 0x1 (default) → not set': 'ASR policy switch x: 0x1 (default) → not set',
    'LSASS: Unknown (anna) → Block': 'LSASS: •••',
    'Exclusion added: anna.exe': 'Exclusion added: •••',
    'Exclusions changed for LSASS: C:\\a added, C:\\b removed': 'Exclusions changed for LSASS: •••',
    'Antivirus exclusion added: C:\\Users\\anna': 'Antivirus exclusion added: •••',
    'Setting Exclusions\\Paths\\C:\\Users\\anna: 0x0 → 0x1': 'Setting •••: 0x0 → 0x1',
    'Setting anna: 0x0 → 0x1': 'Setting •••: 0x0 → 0x1',
    'Settings: a: anna → b: anna': 'Settings: •••',
    'Configuration changed: its values were not logged': 'Configuration changed: •••',
    'Real-time setting C:\\anna: 0x0 → 0x1': 'Setting •••: 0x0 → 0x1',
  }
  for (const [words, text] of Object.entries(shown)) assert.equal(withoutLogged(words), text, words)
  assert.deepEqual(['0x1', 'NULL', 'Audit', 'anna', 'C:\\anna'].map(withoutText), [
    '0x1',
    'NULL',
    'Audit',
    '•••',
    '•••',
  ])
})
