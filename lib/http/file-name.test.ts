import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileName } from './file-name.ts'

const now = Date.parse('2026-11-27T00:05:00.123Z')
const complete = { mode: 'complete' } as const
const named = (from: string | null, to: string | null, params: Parameters<typeof fileName>[1] = complete) =>
  fileName('audit', params, { from: from && Date.parse(from), to: to && Date.parse(to) } as never, now)

test('the name of an export says table, range and moment', () => {
  const moment = '20261127T000500Z'
  const day = ['2026-11-19T00:00:00Z', '2026-11-26T23:59:59.999Z'] as const
  assert.equal(named(...day), `asr-audit_2026-11-19--2026-11-26_${moment}`)
  assert.equal(named(...day, { mode: 'faithful' }), `asr-audit-faithful_2026-11-19--2026-11-26_${moment}`)
  assert.equal(
    named('2026-11-19T22:57:03.176Z', '2026-11-26T22:57:03.176Z'),
    `asr-audit_2026-11-19T225703Z--2026-11-26T225703Z_${moment}`,
  )
  assert.equal(named('2026-11-19T00:00:00Z', '2026-11-19T23:59:59.999Z'), `asr-audit_2026-11-19_${moment}`)
  assert.equal(named(null, null), `asr-audit_all-time_${moment}`)
  assert.equal(named('2026-11-19T00:00:00Z', null), `asr-audit_since-2026-11-19_${moment}`)
  assert.equal(named(null, '2026-11-26T23:59:59.999Z'), `asr-audit_until-2026-11-26_${moment}`)
})

test('the name of an export has safe characters only, whatever the range', () => {
  for (const time of [-8.64e15, -62_198_755_200_000, -1, 0, 1, 253_402_300_800_000, 8.64e15])
    for (const range of [
      { from: time, to: null },
      { from: null, to: time },
      { from: time, to: time },
    ])
      assert.match(fileName('stacking', complete, range, now), /^asr-[\w-]+$/)
})
