import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AppliedDecision } from '#lib/hunting/decision.ts'
import { readPattern } from '#lib/params/pattern.ts'
import { filterMacros } from './decisions-spl.ts'

const of = (id: string, change: Partial<AppliedDecision> = {}): AppliedDecision => ({
  ...{ id, disposition: 'known-good', scope: null },
  patterns: [{ column: 'Path', step: 'exact', value: 'C:\\Temp\\*', isWildcard: true }],
  ...change,
})
const inGroup = (value: string) => ({ column: 'group', step: 'exact', value, isWildcard: false }) as const
const groups = [
  { name: 'Pilot', patterns: [readPattern('WS-1*')] },
  { name: 'Rest', patterns: [readPattern('*')] },
]

test('what is known good is in the macro of each detection whose rows have its fields', () => {
  const text = filterMacros([of('d1', { scope: ['a*', 'b'] })], groups)
  const [, audit = ''] = /_audit_events_filter\]\ndefinition = (.*)\n/.exec(text) ?? []
  assert.match(audit, /^search NOT \(\(dest="a\*" Path="C:\\\\Temp\\\\\*"\) OR \(dest="b" Path="C:\\\\Temp\\\\\*"\)\)$/)
  assert.match(
    text,
    /# Left out: d1\. The rows of this detection have no Path\.\n\[windows_defender_asr_rule_disabled_filter\]\ndefinition = search \*\n/,
  )
})

test('a group is said if it is the first; what cannot be said is named, as are exceptions', () => {
  const patterns = of('d').patterns
  const text = filterMacros(
    [
      of('d0', { disposition: 'suspicious' }),
      of('d1', { patterns: [...patterns, inGroup('PILOT')] }),
      of('d2', { patterns: [...patterns, inGroup('Rest')] }),
      of('d3', { patterns: [{ column: 'Path', step: 'folder', value: 'c:\\a', isWildcard: false }] }),
      of('d4', { disposition: 'snoozed' }),
    ],
    groups,
  )
  assert.match(text, /dest="WS-1\*"/)
  assert.match(text, /# Left out everywhere: d2\. .*depends on the groups before it/)
  assert.match(text, /# Left out everywhere: d3\. Splunk has no folder form of Path/)
  assert.match(text, /# 1 newer decisions may say otherwise/)
  assert.ok(!text.includes('d4'))
})

test('a host that is meant literally is not a pattern', () => {
  const named = [{ name: 'Odd', patterns: [readPattern('=c*d')] }]
  for (const change of [{ scope: ['=c*d'] }, { patterns: [...of('d').patterns, inGroup('Odd')] }])
    assert.match(filterMacros([of('d1', change)], named), /where NOT \(\(match\(coalesce\(dest, ""\), "[^"]*c\\\\\*d/)
})

test('a decision that would be too long is named instead', () => {
  const many = Array.from({ length: 200 }, (_, at) => `h${at}`)
  const wide = [{ name: 'Wide', patterns: many.map(readPattern) }]
  const text = filterMacros([of('d1', { scope: many, patterns: [inGroup('Wide')] })], wide)
  assert.match(text, /# Left out everywhere: d1\. It would be 40000 alternatives/)
  assert.ok(!text.includes('h199'))
})
