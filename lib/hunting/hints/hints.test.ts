import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { codeEndings, protectedFolders, writableFolders } from '#db/lookup/places.ts'
import { ordinaryNames, scriptHosts, systemFiles } from '#db/lookup/system-files.ts'
import { sampleEvents } from '../testing-sample.ts'
import { type HintKey, hintNames, hints, hintsOfMask } from './hints.ts'
import { type Hinted, type HintField, hintFields, hintsOf, hintsOfMasks, lsassRule, usbRule } from './hints-of.ts'
import { isOneLetterApart, looksOf, systemNameLike } from './system-name.ts'
import { textHints } from './text-hints.ts'

const ofPath = (text: string): HintKey[] => hintsOfMask(textHints('path', text))
const ofCommand = (text: string): HintKey[] => hintsOfMask(textHints('command', text))
const event = (fields: Partial<Hinted>): Hinted => ({
  ...{ ID: null, EventCode: 1121, Process_Name: null, Path: null, Parent_Commandline: null, Target_Commandline: null },
  ...fields,
})

test('hints of paths', () => {
  const cases: Record<string, HintKey[]> = {
    'C:\\Windows\\System32\\svchost.exe': [],
    'C:\\WINDOWS\\SysWOW64\\svchost.exe': [],
    '\\Device\\HarddiskVolume3\\Windows\\System32\\svchost.exe': [],
    '%SystemRoot%\\System32\\svchost.exe': [],
    '\\SystemRoot\\System32\\smss.exe': [],
    'C:\\Windows\\WinSxS\\amd64_a_1\\svchost.exe': [],
    'svchost.exe': [],
    'system32\\svchost.exe': [],
    'C:\\Windows\\svchost.exe': ['misplaced'],
    'C:\\Windows \\System32\\svchost.exe': ['misplaced', 'writable'],
    'C:\\Windows\\System32\\..\\Temp\\svchost.exe': ['misplaced', 'temp'],
    'C:\\Windows\\System32\\wbem\\svchost.exe': ['misplaced'],
    'D:\\Windows\\System32\\svchost.exe': ['misplaced', 'removable'],
    '\\\\files\\share\\svchost.exe': ['misplaced', 'network'],
    'C:\\Windows\\explorer.exe': [],
    'C:\\Windows\\System32\\explorer.exe': ['misplaced'],
    'C:\\Windows\\System32\\scvhost.exe': ['lookalike'],
    'C:\\Windows\\System32\\svch0st.exe': ['lookalike'],
    'C:\\Windows\\System32\\svchost32.exe': ['lookalike'],
    'C:\\Windows\\System32\\сmd.exe': ['lookalike'],
    'C:\\Windows\\System32\\tas\u212amgr.exe': ['lookalike'],
    'C:\\Windows\\System32\\cmdx.exe': [],
    'C:\\Tools\\notepad2.exe': ['writable'],
    'C:\\PerfLogs\\rclone.exe': ['writable'],
    'C:\\Program Files\\..\\Tools\\rclone.exe': ['writable'],
    'C:\\Users\\anna\\AppData\\Roaming\\a.exe': ['writable'],
    'C:\\Users\\anna\\Documents\\a.docx': [],
    'C:\\Users\\anna\\Documents\\a.docm': ['writable'],
    'C:\\Windows\\Tasks\\a.exe': ['writable'],
    'C:\\Windows\\a.exe': [],
    'C:\\PROGRA~1\\a\\a.exe': [],
    'C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\Programs\\Word.lnk': [],
    'C:\\Windows\\Temp\\a.exe': ['temp'],
    'C:\\Users\\anna\\Downloads\\a.exe': ['download'],
    'C:\\Users\\anna\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\7Q2KX0PD\\a.js': ['download'],
    'E:\\Setup\\a.exe': ['writable', 'removable'],
    '\\\\files\\share\\a.exe': ['network'],
    '\\\\files@SSL@443\\DavWWWRoot\\a.exe': ['network'],
    '\\Device\\Mup\\files\\share\\a.exe': ['network'],
    '\\\\?\\UNC\\files\\share\\a.exe': ['network'],
    '\\\\?\\C:\\Windows\\a.exe': [],
    '\\\\files\\share\\a.txt': [],
    'https://cdn.example/a.exe': [],
    'C:\\Windows\\System32\\wscript.exe': ['scriptHost'],
    '(unknown user)': [],
    '': [],
  }
  for (const [path, expected] of Object.entries(cases)) assert.deepEqual(ofPath(path), expected, path)
})

test('hints of command lines: of the program, and of the paths in its arguments', () => {
  const cases: Record<string, HintKey[]> = {
    '"C:\\Windows\\System32\\svchost.exe" -k netsvcs': [],
    'C:\\Users\\Public\\enc.exe -p C:\\Users': ['writable'],
    'wscript.exe //B "C:\\Users\\lukas.o\'brien\\AppData\\Local\\Temp\\a.vbs"': ['temp', 'scriptHost'],
    'powershell.exe -c "& \'C:\\Users\\Public\\a.ps1\'"': ['writable', 'scriptHost'],
    'regsvr32 /s /i:https://cdn.example/a.sct scrobj.dll': ['network', 'scriptHost'],
    'regsvr32.exe /s /i:C:/Tools/a.sct': ['writable', 'scriptHost'],
    'chrome.exe https://cdn.example/a': [],
    'cmd.exe /Q /c cd \\ 1> \\\\127.0.0.1\\ADMIN$\\__1234 2>&1': ['network', 'scriptHost'],
    'WINWORD.EXE /n "C:\\Users\\anna\\Downloads\\a.docx"': [],
    'WINWORD.EXE /n "C:\\Users\\anna\\Downloads\\a.docm"': ['download'],
  }
  for (const [text, expected] of Object.entries(cases)) assert.deepEqual(ofCommand(text), expected, text)
})

test('a reason names the value', () => {
  const found = hintsOf(
    event({ Path: 'C:\\Users\\Public\\SVCHOST.exe', Process_Name: 'C:\\Windows\\System32\\scvhost.exe' }),
  )
  assert.deepEqual(found, [
    { hint: 'lookalike', field: 'Process_Name', reason: 'scvhost.exe is easily taken for svchost.exe' },
    {
      hint: 'misplaced',
      field: 'Path',
      reason: 'SVCHOST.exe is in C:\\Users\\Public\\, outside C:\\Windows\\System32',
    },
    { hint: 'writable', field: 'Path', reason: 'SVCHOST.exe is in C:\\Users\\Public\\, which users can write to' },
  ])
})

test('a drive is removable only for the rule about USB', () => {
  const Path = 'E:\\Setup\\a.exe'
  const of = (ID: string | null) => hintsOf(event({ ID, Path })).map(({ hint }) => hint)
  assert.deepEqual(of(usbRule), ['writable', 'removable'])
  assert.deepEqual(of(null), ['writable'])
})

test('the roles of the LSASS rule are swapped only if lsass.exe is Process_Name', () => {
  const lsass = 'C:\\Windows\\System32\\lsass.exe'
  const actor = 'C:\\Windows\\System32\\a.exe'
  const of = (ID: string, Process_Name: string, Path: string | null) => hintsOf(event({ ID, Process_Name, Path }))
  assert.deepEqual(of(lsassRule, lsass, actor), [
    {
      hint: 'swappedRoles',
      field: 'Process_Name',
      reason: 'lsass.exe is the target: Path is the program that opened it',
    },
  ])
  assert.deepEqual(of(lsassRule, actor, lsass), [])
  assert.deepEqual(of(lsassRule, lsass, lsass), [])
  assert.deepEqual(of(usbRule, lsass, actor), [])
})

test('the rules that hints depend on are rules of the lookup', () => {
  const rules = readFileSync(join(import.meta.dirname, '../../../db/lookup/asr_rules.csv'), 'utf8').split('\n')
  const shortOf = (ID: string) => rules.find((line) => line.startsWith(`${ID},`)) ?? ''
  assert.match(shortOf(usbRule), /USB/)
  assert.match(shortOf(lsassRule), /LSASS/)
})

test('names of Windows are not like one another, and the lists fit', () => {
  const names = [...systemFiles.keys()]
  assert.ok(names.length > 80)
  assert.equal(new Set(names.map(looksOf)).size, names.length)
  for (const name of names) assert.equal(systemNameLike(name), null, name)
  for (const name of ordinaryNames)
    assert.ok(
      names.some((each) => isOneLetterApart(each, name)),
      `${name} needs no exception`,
    )
  for (const folder of writableFolders)
    assert.ok(
      protectedFolders.some((each) => folder.startsWith(each)),
      folder,
    )
  for (const name of scriptHosts) assert.ok(codeEndings.has(name.split('.')[1] ?? ''), name)
})

test('one letter apart', () => {
  const apart = ['scvhost', 'svchos', 'svchosts', 'svchqst', 'xsvchost', 'vchost']
  for (const name of apart) assert.ok(isOneLetterApart('svchost', name) && isOneLetterApart(name, 'svchost'), name)
  for (const name of ['svchost', 'svhcsot', 'svchost32', 'svch', '', 'svsthoc'])
    assert.ok(!isOneLetterApart('svchost', name), name)
})

const seeds = [7, 8, 2026]
for (const seed of seeds)
  test(`seed ${seed}: masks and reasons agree, and disguises are found in planted events only`, () => {
    const disguised = new Set<string | null>()
    for (const each of sampleEvents(seed)) {
      const fields = Object.entries(hintFields) as [HintField, 'path' | 'command'][]
      const masks = Object.fromEntries(
        fields.map(([field, kind]) => [field, each[field] === null ? 0 : textHints(kind, each[field])]),
      ) as Record<HintField, number>
      const found = hintsOf(each)
      assert.deepEqual(
        hintsOfMask(hintsOfMasks(each.ID, masks)),
        hintNames.filter((key) => found.some(({ hint }) => hint === key)),
      )
      for (const { hint, reason } of found) {
        assert.ok(hint in hints && reason.length > 10)
        if (hint === 'misplaced' || hint === 'lookalike') disguised.add(each.planted === null ? reason : 'planted')
      }
    }
    assert.deepEqual([...disguised], ['planted'])
  })

test('hostile texts need linear time', () => {
  const parts = [
    'a',
    ' ',
    '"',
    "'",
    ',',
    ';)',
    'C:\\',
    'C:\\a ',
    '\\\\a ',
    '\\..\\',
    '..\\',
    'https://',
    '0',
    'rn',
    '1.exe ',
    '\\device\\',
    '\u200b',
    '\ud83d',
  ]
  for (const part of parts)
    for (const start of ['', 'cmd.exe ', 'C:\\', '"'])
      for (const end of ['', 'x', '.exe', '\\a.exe'])
        for (const kind of ['path', 'command'] as const)
          textHints(kind, start + part.repeat(100_000 / part.length) + end)
})
