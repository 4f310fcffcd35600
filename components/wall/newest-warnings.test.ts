import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countText } from '#lib/text/number.ts'
import { newestWarnings, warningSums } from './newest-warnings.ts'

const change = (time: number, words: string) => {
  const row = { time, dest: 'PC1', ASR_Rule: 'NULL', from: 'NULL', to: 'NULL', words }
  return { ...row, Exclusion: null }
}
const day = 86_400_000
const sums = { disabled: 2, weakened: 1, cleared: 1, stopped: 1, silence: 3 }
const data = {
  disabledRules: [change(5, 'LSASS: Block → Disabled'), change(1, 'Policy switch of all ASR rules: 0x1 → removed')],
  weakenedRules: [change(4, 'Exclusion added: C:\\Users\\Public')],
  clearedLogs: [{ dest: 'PC2', time: 3, until: 4, upload: 'u' }],
  stoppedHosts: [{ dest: 'PC3', time: 6, until: 6 + 2.5 * day, upload: 'u' }],
  silences: [{ dest: 'PC4', time: 2, until: 2 + 4.1 * day, upload: 'u' }],
  warnings7d: sums,
}
const stopped = ['stopped', 'PC3', 'No record for 2 d, to the end of its log']
const disabled = ['disabled', 'PC1', 'LSASS: Block → Disabled']
const silence = ['silence', 'PC4', 'No record for 4 d, and 2 more silences']

test('what lowered protection and where records are missing is one list, the latest first, each in words', () => {
  assert.deepEqual(
    newestWarnings(data, 9).map(({ kind, dest, words }) => [kind, dest, words]),
    [
      stopped,
      disabled,
      ['weakened', 'PC1', 'Exclusion added: C:\\Users\\Public'],
      ['cleared', 'PC2', 'Log cleared'],
      silence,
      ['disabled', 'PC1', 'Policy switch of all ASR rules: 0x1 → removed'],
    ],
  )
})

test('the newest silence is in the list however few it has, and one alone names no others', () => {
  const one = { ...data, warnings7d: { ...sums, silence: 1 } }
  assert.deepEqual(
    newestWarnings(data, 3).map(({ kind, dest, words }) => [kind, dest, words]),
    [stopped, disabled, silence],
  )
  assert.equal(newestWarnings(one, 1)[0]?.words, 'No record for 4 d')
  assert.deepEqual(
    newestWarnings({ ...data, silences: [] }, 1).map(({ kind }) => kind),
    ['stopped'],
  )
})

test('the sums name the kinds that there are', () => {
  assert.equal(
    warningSums({ disabled: 5, weakened: 0, cleared: 1, stopped: 1200, silence: 3 }),
    `7 days: 5 disabled, 1 cleared, ${countText(1200)} stopped`,
  )
  assert.equal(warningSums({ disabled: 0, weakened: 0, cleared: 0, stopped: 0, silence: 0 }), '7 days: none')
})
