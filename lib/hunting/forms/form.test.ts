import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formOf, formSteps } from './form.ts'
import type { TextKind } from './rule.ts'

type Forms = readonly [normalised: string, folder: string, name: string]

function check(kind: TextKind, cases: Record<string, Forms>): void {
  for (const [text, forms] of Object.entries(cases)) {
    assert.equal(formOf('exact', kind, text), text)
    const found = formSteps.slice(1).map((step) => formOf(step, kind, text))
    assert.deepEqual(found, forms, text)
  }
}

test('paths', () => {
  check('path', {
    'C:\\Users\\Anna\\Downloads\\Rufus-4.5.2180.exe ': [
      'c:\\users\\<user>\\downloads\\rufus-<version>.exe',
      'c:\\users\\<user>\\downloads',
      'rufus-<version>.exe',
    ],
    'C:\\enc.exe': ['c:\\enc.exe', 'c:\\', 'enc.exe'],
    'C:\\': ['c:\\', '<no folder>', 'c:'],
    'C:\\Temp\\': ['c:\\temp\\', 'c:\\', 'temp'],
    'explorer.exe': ['explorer.exe', '<no folder>', 'explorer.exe'],
    '\\\\files\\share\\a.exe': ['\\\\files\\share\\a.exe', '\\\\files\\share', 'a.exe'],
    '\\\\files': ['\\\\files', '\\\\', 'files'],
    '\\Device\\HarddiskVolume13\\photos.zip': [
      '\\device\\harddiskvolume<n>\\photos.zip',
      '\\device\\harddiskvolume<n>',
      'photos.zip',
    ],
    'C:/Git/bin/sh.exe': ['c:/git/bin/sh.exe', 'c:/git/bin', 'sh.exe'],
    '\\a.exe': ['\\a.exe', '\\', 'a.exe'],
    'HKLM\\SOFTWARE\\Microsoft\\Windows Defender': [
      'hklm\\software\\microsoft\\windows defender',
      'hklm\\software\\microsoft',
      'windows defender',
    ],
    '(unknown user)': ['(unknown user)', '<no folder>', '(unknown user)'],
    '%userprofile%\\Documents\\': ['%userprofile%\\documents\\', '%userprofile%', 'documents'],
  })
})

test('destinations of network protection', () => {
  check('path', {
    'https://Cdn.example/a/b/4821?x=1': [
      'https://cdn.example/a/b/<number>?x=1',
      'https://cdn.example/a/b',
      'cdn.example',
    ],
    'https://cdn.example': ['https://cdn.example', 'https://cdn.example', 'cdn.example'],
    'https://cdn.example/?q=/a/b': ['https://cdn.example/?q=/a/b', 'https://cdn.example', 'cdn.example'],
    'http://203.0.113.57:8080/up': ['http://203.0.113.57:8080/up', 'http://203.0.113.57:8080', '203.0.113.57:8080'],
    '203.0.113.57:443': ['203.0.113.57:443', '<no folder>', '203.0.113.57:443'],
    'cdn.example:443': ['cdn.example:443', '<no folder>', 'cdn.example:443'],
  })
})

test('command lines: folder and name are those of the program', () => {
  check('command', {
    '"C:\\Program Files\\Foo\\a.exe" --pid 42 C:\\b.exe ': [
      '"c:\\program files\\foo\\a.exe" --pid <pid> c:\\b.exe',
      'c:\\program files\\foo',
      'a.exe',
    ],
    'C:\\Program Files\\Foo Bar\\a.exe -x "C:\\Users\\anna\\b.exe"': [
      'c:\\program files\\foo bar\\a.exe -x "c:\\users\\<user>\\b.exe"',
      'c:\\program files\\foo bar',
      'a.exe',
    ],
    'cmd /c C:\\Tools\\a.exe': ['cmd /c c:\\tools\\a.exe', '<no folder>', 'cmd'],
    'C:\\Tools\\run -x C:\\a.exe': ['c:\\tools\\run -x c:\\a.exe', 'c:\\tools', 'run'],
    'C:\\Tools\\run C:\\a.exe': ['c:\\tools\\run c:\\a.exe', 'c:\\tools', 'run'],
    '"C:\\Tools\\a.exe': ['"c:\\tools\\a.exe', 'c:\\tools', 'a.exe'],
    '"a.exe"': ['"a.exe"', '<no folder>', 'a.exe'],
    '\\??\\C:\\Windows\\system32\\conhost.exe 0xffffffff -ForceV1': [
      'c:\\windows\\system32\\conhost.exe 0xffffffff -forcev1',
      'c:\\windows\\system32',
      'conhost.exe',
    ],
    '\\\\files\\share\\my tool.exe /q': ['\\\\files\\share\\my tool.exe /q', '\\\\files\\share', 'my tool.exe'],
    '%SystemRoot%\\System32\\svchost.exe -k netsvcs': [
      '%systemroot%\\system32\\svchost.exe -k netsvcs',
      '%systemroot%\\system32',
      'svchost.exe',
    ],
    '"" a': ['"" a', '', ''],
  })
})

test('a user named in arguments does not swallow what follows', () => {
  const forms = [
    'enc.exe -p C:\\Users -k \\\\files\\share\\a',
    'enc.exe -p C:\\Users\\anna -k D:\\x\\a',
    'enc.exe "C:\\Users\\anna" "D:\\x\\a"',
  ].map((text) => formOf('normalised', 'command', text))
  assert.deepEqual(forms, [
    'enc.exe -p c:\\users -k \\\\files\\share\\a',
    'enc.exe -p c:\\users\\anna -k d:\\x\\a',
    'enc.exe "c:\\users\\anna" "d:\\x\\a"',
  ])
})

test('every step takes any text, and does not break a pair of surrogates', () => {
  const texts = [
    '',
    ' ',
    '\0',
    '\\',
    '\\\\',
    '/',
    '"',
    '""',
    ':',
    'C:',
    '\ud83d',
    '\ude00\\\ud83d',
    'C:\\\ud83d\ude00\\😀.exe',
    'a\0b\\c\0',
  ]
  for (const text of texts)
    for (const kind of ['path', 'command'] as const)
      for (const step of formSteps) {
        const form = formOf(step, kind, text)
        assert.equal(form.isWellFormed() || !text.isWellFormed(), true, JSON.stringify([step, text]))
      }
  assert.equal(formOf('normalised', 'path', 'C:\\a\0b.exe\0'), 'c:\\a\0b.exe')
  assert.notEqual(formOf('name', 'path', 'C:\\\ud83d.exe'), formOf('name', 'path', 'C:\\\ud83e.exe'))
})

test('hostile texts need linear time', () => {
  const parts = [
    'a',
    '0',
    'f',
    ' ',
    '\\',
    '.',
    '1.',
    '-',
    '~',
    '$',
    '{',
    '"',
    'C:\\',
    'a ',
    'a.',
    '\\users\\',
    '\\users\\a',
    '/',
    's-1-5-21-1',
  ]
  const further = [
    '://',
    'https://a',
    '\\local\\temp\\1',
    '-port',
    'minidump ',
    '\\$recycle.bin\\a',
    'tmp',
    'tmp0.tm',
    '~$',
    '\0',
    'C:\\a b',
    '1.1.1.',
    'a0',
    '\\content.outlook\\',
    '=1',
    '-pid ',
    'locals~1\\',
    'progra~1',
    '\\device\\harddiskvolume1',
  ]
  // A quadratic pattern needs minutes for these, and the guard of the test run ends it.
  for (const part of [...parts, ...further])
    for (const end of ['', '!', '\\', '.tmp', ' -werfault~$'])
      for (const kind of ['path', 'command'] as const)
        for (const step of formSteps) formOf(step, kind, part.repeat(100_000 / part.length) + end)
})
