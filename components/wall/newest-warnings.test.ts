import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newestWarnings, warningSums } from './newest-warnings.ts'

const lsass = 'Block credential stealing'
const change = (time: number, ASR_Rule: string, from: string, to: string) => ({ time, dest: 'PC1', ASR_Rule, from, to })
const day = 86_400_000

test('what lowered protection and where records end is one list, the latest first, each in words', () => {
  const data = {
    disabledRules: [change(5, lsass, 'Block', 'Disabled'), change(1, 'All rules', 'NULL', 'NULL')],
    weakenedRules: [
      { ...change(4, 'NULL', 'NULL', 'NULL'), Exclusion: 'C:\\Users\\Public' },
      { ...change(2, lsass, 'Block', 'Audit'), Exclusion: null },
    ],
    clearedLogs: [{ dest: 'PC2', time: 3, until: 4, upload: 'u' }],
    stoppedHosts: [{ dest: 'PC3', time: 6, until: 6 + 2.5 * day, upload: 'u' }],
  }
  assert.deepEqual(
    newestWarnings(data, { [lsass]: 'LSASS' }).map(({ kind, dest, words }) => [kind, dest, words]),
    [
      ['stopped', 'PC3', 'No record for 2 d'],
      ['disabled', 'PC1', 'LSASS: Block → Disabled'],
      ['weakened', 'PC1', 'Exclusion added: C:\\Users\\Public'],
      ['cleared', 'PC2', 'Log cleared'],
      ['weakened', 'PC1', 'LSASS: Block → Audit'],
      ['disabled', 'PC1', 'All rules turned off'],
    ],
  )
})

test('the sums name the kinds that there are', () => {
  assert.equal(
    warningSums({ disabled: 5, weakened: 0, cleared: 1, stopped: 2 }),
    '7 days: 5 disabled, 1 cleared, 2 silent',
  )
  assert.equal(warningSums({ disabled: 0, weakened: 0, cleared: 0, stopped: 0 }), '7 days: none')
})
