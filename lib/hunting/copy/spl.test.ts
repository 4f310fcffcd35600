import assert from 'node:assert/strict'
import { test } from 'node:test'
import { copySpl } from './spl.ts'
import { always, equals, hostileSelections, textOf, wildcard } from './testing.ts'
import { splMatches, splStrings } from './testing-spl.ts'
import { likeText, type Text } from './text.ts'

const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const search = (...columns: Parameters<typeof always>) =>
  textOf(copySpl(always(equals('EventCode', '1121'), ...columns))).replace('`ms_defender` EventCode=1121', '')

/** Written by hand from Splunk's manual: a logged value, and how the search command or `where` has it. */
const escapes: [name: string, value: string, asEqual: string, asWildcard: string][] = [
  ['a path', 'C:\\a b.exe', ' Path="C:\\\\a b.exe"', ' Path="C:\\\\a b.exe"'],
  ['a share', '\\\\s\\c$', ' Path="\\\\\\\\s\\\\c$"', ' Path="\\\\\\\\s\\\\c$"'],
  ['a backslash at the end', 'C:\\', ' Path="C:\\\\"', ' Path="C:\\\\"'],
  ['quotes', '"a" \'b\'', ' Path="\\"a\\" \'b\'"', ' Path="\\"a\\" \'b\'"'],
  ['a backslash before a quote', 'a\\"', ' Path="a\\\\\\""', ' Path="a\\\\\\""'],
  ['a pipe and a command', 'a | delete', ' Path="a | delete"', ' Path="a | delete"'],
  ['a subsearch', '[search x]', ' Path="[search x]"', ' Path="[search x]"'],
  ['other wildcards', '%TEMP%_?', ' Path="%TEMP%_?"', ' Path="%TEMP%_?"'],
  ['an operator', 'NOT x=1 OR (y)', ' Path="NOT x=1 OR (y)"', ' Path="NOT x=1 OR (y)"'],
  ['a name', 'Ω é', ' Path="Ω é"', ' Path="Ω é"'],
  [
    'what XML escapes',
    'a & <b>',
    ' (Path="a & <b>" OR Path="a &amp; &lt;b&gt;")',
    ' (Path="a & <b>" OR Path="a &amp; &lt;b&gt;")',
  ],
  [
    'an asterisk',
    'C:\\*.exe',
    '\n| where match(coalesce(Path, ""), "(?is)\\\\AC:\\\\\\\\\\\\*\\\\.exe\\\\z")',
    ' Path="C:\\\\*.exe"',
  ],
  [
    'a macro',
    'a`b`',
    '\n| where match(coalesce(Path, ""), "(?is)\\\\Aa\\\\x60b\\\\x60\\\\z")',
    '\n| where match(coalesce(Path, ""), "(?is)\\\\Aa\\\\x60b\\\\x60\\\\z")',
  ],
  [
    'a line break',
    'a\r\n"',
    '\n| where match(coalesce(Path, ""), "(?is)\\\\Aa\\\\x0d\\\\x0a\\\\x22\\\\z")',
    '\n| where match(coalesce(Path, ""), "(?is)\\\\Aa\\\\x0d\\\\x0a\\\\x22\\\\z")',
  ],
  [
    'a NUL and an escape sequence',
    '\0\x1b[31m*',
    '\n| where match(coalesce(Path, ""), "(?is)\\\\A\\\\x00\\\\x1b\\\\[31m\\\\*\\\\z")',
    '\n| where match(coalesce(Path, ""), "(?is)\\\\A\\\\x00\\\\x1b\\\\[31m.*\\\\z")',
  ],
]

for (const [name, value, asEqual, asWildcard] of escapes) {
  test(`escapes ${name}`, () => {
    assert.equal(search(equals('Path', value)), asEqual)
    assert.equal(search(wildcard('Path', value)), asWildcard)
  })
}

test('a stack becomes a search over the macro of the story, with the range to the millisecond', () => {
  const columns = [
    equals('dest', 'PC-7'),
    equals('ID', office),
    equals('mode', 'audit'),
    equals('feature', 'asr'),
    equals('Process_Name', 'C:\\x.exe'),
    equals('Target_Commandline', null),
    equals('Signature_Version', '1.401.1.0'),
  ]
  assert.equal(
    textOf(copySpl({ columns, from: 1_700_497_788_984, to: 1_700_497_789_000 })),
    '`ms_defender` earliest=1700497788.984 latest=1700497789.001 host="PC-7" EventCode=1122 ' +
      `ID="${office}" Process_Name="C:\\\\x.exe" NOT Target_Commandline=* ` +
      '(Security_intelligence_Version="1.401.1.0" OR Signature_Version="1.401.1.0")',
  )
})

test('fields have the names that Splunk extracts for each EventCode', () => {
  assert.equal(
    textOf(copySpl(always(equals('mode', 'block'), equals('Path', 'x')))),
    '`ms_defender` ((EventCode=1121 Path="x") OR (EventCode=1126 Destination="x") OR ' +
      '(EventCode IN (1131, 1133) Target="x"))',
  )
  assert.equal(
    textOf(copySpl(always(equals('EventCode', '1134'), equals('User', 'S-1'), wildcard('Process_Name', '*')))),
    '`ms_defender` EventCode=1134 (User_Sid="S-1" OR User_SID="S-1") Process=*',
  )
  assert.equal(
    textOf(copySpl(always(equals('mode', 'block'), equals('Path', '*'), equals('User', null)))).split('\n')[1],
    '| where ((EventCode=1121 AND match(coalesce(Path, ""), "(?is)\\\\A\\\\*\\\\z") AND NOT (coalesce(User, "")!="")) OR ' +
      '(EventCode=1126 AND match(coalesce(Destination, ""), "(?is)\\\\A\\\\*\\\\z") AND NOT (coalesce(User, "")!="")) OR ' +
      '(EventCode=1131 AND match(coalesce(Target, ""), "(?is)\\\\A\\\\*\\\\z") AND NOT (coalesce(User, "")!="")) OR ' +
      '(EventCode=1133 AND match(coalesce(Target, ""), "(?is)\\\\A\\\\*\\\\z") AND ' +
      'NOT (coalesce(User_Sid, "")!="" OR coalesce(User_SID, "")!="")))',
  )
})

test('the rule of a 5007 is a part of its values', () => {
  const changes = (value: string | null) => textOf(copySpl(always(equals('EventCode', '5007'), equals('ID', value))))
  assert.match(changes(office), /^`ms_defender` EventCode=5007 \(New_Value="\*\\\\D4F940AB-.*"\)$/)
  assert.match(changes(null), /^`ms_defender` EventCode=5007 NOT \(New_Value="\*\\\\ASR\\\\Rules\\\\\*" OR .*\)$/)
  const some = textOf(copySpl(always(wildcard('ID', 'D4F*'))))
  assert.match(
    some,
    /^```5007: the rule is a part of its values, so only a complete ID can be found\.```\n`ms_defender` /,
  )
})

test('any value is one string of the search: nothing of it is a command, and the string is the value', () => {
  for (const selection of hostileSelections(4, 400)) {
    const text = textOf(copySpl(selection))
    const { strings, rest } = splStrings(text)
    assert.match(rest, /^`ms_defender`[ \w.,()=!*"]*(?:\n\| where [ \w.,()=!"]+)?$/, text)
    for (const { column, value, match } of selection.columns) {
      if (value === null || column === 'EventCode') continue
      const wanted: Text = match === 'wildcard' ? likeText(value) : { kind: 'equals', value }
      if (wanted.kind === 'like' && wanted.parts.every((part) => part === '')) continue
      const written = wanted.kind === 'equals' ? wanted.value : wanted.parts.join('*')
      const regexes = strings.filter((each) => each.startsWith('(?is)'))
      const isAsked = strings.includes(written) || regexes.some((regex) => splMatches(regex, written))
      assert.ok(isAsked, `${column}\n${text}`)
    }
  }
})

test('a regular expression finds the value without regard to case, and no other', () => {
  for (const value of ['C:\\*.(exe)', 'a`\n"$^[]{}?+|', '\0*']) {
    const { strings } = splStrings(search(equals('Path', value)))
    const regex = strings.at(-1) ?? ''
    assert.ok(splMatches(regex, value) && splMatches(regex, value.toUpperCase()), regex)
    for (const other of [`${value}x`, `x${value}`, value.slice(1), value.replace('*', 'xx')])
      assert.ok(other === value || !splMatches(regex, other), `${regex} ${other}`)
  }
})
