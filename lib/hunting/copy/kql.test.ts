import assert from 'node:assert/strict'
import { test } from 'node:test'
import { copyKql } from './kql.ts'
import { always, equals, hostileSelections, textOf, wildcard } from './testing.ts'
import { openKusto } from './testing-kusto.ts'
import { likeText, partsOf, regexOf, type Text } from './text.ts'

const parsers = [openKusto('string'), openKusto('dynamic')]
const parse = parsers[0] as ReturnType<typeof openKusto>
const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'

/** The last line of a query: its conditions. */
const conditions = (...columns: Parameters<typeof always>) =>
  textOf(copyKql(always(equals('EventCode', '1121'), ...columns)))
    .split('\n')
    .filter((line) => line.startsWith('| where'))
    .map((line) => line.slice(8))

test('the parser finds what is wrong in a query', () => {
  assert.deepEqual(parse('DeviceEvents | where FolderPath =~ "x').problems, ['Missing: "'])
  assert.equal(parse('DeviceEvents | where NoSuchColumn =~ "x"').problems.length, 1)
})

test('a stack is asked for by ActionType and the columns of DeviceEvents', () => {
  const selection = {
    columns: [
      equals('dest', 'PC-7'),
      equals('ID', office),
      equals('EventCode', '1121'),
      equals('Process_Name', 'C:\\Office\\WINWORD.EXE'),
      equals('Parent_Commandline', '"C:\\a b.exe" /x'),
      equals('Target_Commandline', null),
    ],
    from: 1_700_497_788_984,
    to: 1_700_497_789_984,
  }
  const text = textOf(copyKql(selection))
  assert.deepEqual(text.split('\n').slice(5), [
    'DeviceEvents',
    '| where Timestamp >= datetime(2023-11-20T16:29:48.984Z)',
    '| where Timestamp < datetime(2023-11-20T16:29:49.985Z)',
    '| where (DeviceName =~ @"PC-7" or DeviceName startswith @"PC-7.")',
    '| extend Process_Name = pathOf(InitiatingProcessFolderPath, InitiatingProcessFileName)',
    '| extend Parent_Commandline = InitiatingProcessCommandLine',
    '| extend Target_Commandline = ProcessCommandLine',
    '| where ActionType in ("AsrOfficeChildProcessBlocked")',
    '| where Process_Name =~ @"C:\\Office\\WINWORD.EXE"',
    '| where Parent_Commandline =~ @"""C:\\a b.exe"" /x"',
    '| where isempty(Target_Commandline)',
  ])
  for (const each of parsers) assert.deepEqual(each(text).problems, [])
})

test('block, audit and override are the endings of ActionTypes, those of a rule with two names are all asked for', () => {
  for (const [mode, ending] of [
    ['block', 'Blocked'],
    ['audit', 'Audited'],
    ['override', 'WarnBypassed'],
  ] as const) {
    const text = textOf(copyKql(always(equals('mode', mode), equals('feature', 'asr'), equals('ID', office))))
    assert.match(text, new RegExp(`ActionType in \\("AsrOfficeChildProcess${ending}"\\)`))
  }
  const safeMode = textOf(
    copyKql(always(equals('EventCode', '1122'), equals('ID', '33DDEDF1-C6E0-47CB-833E-DE6133960387'))),
  )
  assert.match(safeMode, /in \("AsrSafeModeRebootAudited", "AsrSafeModeRebootedAudited"\)/)
})

test('a rule without ActionTypes is asked for by its ID in AdditionalFields', () => {
  const webshell = textOf(
    copyKql(always(equals('EventCode', '1121'), equals('ID', 'A8F5898E-1DC8-49A9-9878-85004B8A61E6'))),
  )
  assert.match(webshell, /parse_json\(AdditionalFields\)\.RuleId/)
  assert.match(webshell, /ActionType matches regex @"\^Asr\\w\+\(Blocked\)\$"/)
  for (const each of parsers) assert.deepEqual(each(webshell).problems, [])
})

test('a wildcard becomes the simplest operator that can express it', () => {
  for (const [pattern, condition] of [
    ['*\\a.exe', 'User endswith @"\\a.exe"'],
    ['C:\\*', 'User startswith @"C:\\"'],
    ['*a*', 'User contains @"a"'],
    ['*', 'isnotempty(User)'],
    ['a', 'User =~ @"a"'],
    ['a*.b', 'User matches regex @"(?is)\\Aa.*\\.b\\z"'],
  ] as const)
    assert.equal(conditions(wildcard('User', pattern)).at(-1), condition)
  assert.equal(conditions(equals('User', 'a*')).at(-1), 'User =~ @"a*"')
})

test('network protection has ActionTypes and a destination of its own, and what has no rows is named', () => {
  const text = textOf(copyKql(always(equals('Path', 'evil.example'))))
  assert.match(text, /^\/\/ DeviceEvents has no rows for 1131, 1132, 1133, 1134\.\n/)
  assert.match(text, /ExploitGuardNetworkProtectionBlocked"\) and Destination =~ @"evil.example"/)
  assert.deepEqual(parse(text).problems, [])
})

test('a selection without rows or columns in DeviceEvents is refused', () => {
  const why = (...columns: Parameters<typeof always>) => {
    const copied = copyKql(always(...columns))
    return 'refused' in copied ? copied.refused : null
  }
  assert.equal(why(equals('EventCode', '5007')), 'DeviceEvents has no rows for 5007.')
  assert.equal(
    why(equals('EventCode', '1121'), equals('Engine_Version', '1.1')),
    'DeviceEvents has no Engine_Version for 1121.',
  )
  assert.equal(why(equals('EventCode', '1126'), equals('ID', office)), 'DeviceEvents has no ID for 1126.')
})

test('any value makes a query without errors, and its strings are the values', () => {
  for (const selection of hostileSelections(1, 400)) {
    const text = textOf(copyKql(selection))
    const { problems, strings } = parse(text)
    assert.deepEqual(problems, [], text)
    for (const { column, value, match } of selection.columns) {
      if (value === null || column === 'EventCode') continue
      const wanted: Text = match === 'wildcard' ? likeText(value) : { kind: 'equals', value }
      const own = partsOf(wanted).filter((part) => part !== '')
      const isAsked = own.every((part) => strings.includes(part)) || strings.includes(regexOf(wanted))
      assert.ok(isAsked, `${column}\n${text}`)
    }
  }
})
