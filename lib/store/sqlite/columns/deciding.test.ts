import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AppliedDecision } from '#lib/hunting/decision.ts'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { ask } from '#lib/query/question.ts'
import { selectStacks } from '#lib/query/stacks.ts'
import { paramsOf } from '#lib/query/testing.ts'
import { openReads } from '../reads/reads.ts'

test('in the pattern of a decision only * means something: ! and = at its start are what was logged', async (t) => {
  const { sql, add, close } = openFixture()
  t.after(close)
  add(['!a1', 'a1', '=a1'].map((Path, at) => event(1121, 'PC', at * 1000, { Path })))
  const reads = openReads(sql)
  for (const value of ['!a*', '=a*']) {
    const patterns = [{ column: 'Path', step: 'exact', value, isWildcard: true }] as const
    const decisions: AppliedDecision[] = [{ id: 'd', disposition: 'known-good', patterns, scope: null }]
    const decided = { groups: [], decisions }
    const question = await ask(reads, paramsOf('stack', 'by=Path&dispositions=hide'), 0)
    const page = await selectStacks(reads, question, decided)
    assert.deepEqual(
      page.rows.map(({ by }) => by[0]).sort(),
      ['!a1', '=a1', 'a1'].filter((path) => path[0] !== value[0]),
    )
    assert.equal((await reads.reach(decided, ['d'])).total.events, 1, value)
  }
})

test('a pattern as long as a value can be is compared, although LIKE refuses one of so many bytes', async (t) => {
  const { sql, add, close } = openFixture()
  t.after(close)
  const long = '_%'.repeat(16_000)
  add([`${long}x`, `${long.slice(0, -1)}a`, 'x'].map((Path, at) => event(1121, 'PC', at * 1000, { Path })))
  const reads = openReads(sql)
  const patterns = [{ column: 'Path', step: 'exact', value: `${long}*`, isWildcard: true }] as const
  const decisions: AppliedDecision[] = [{ id: 'd', disposition: 'known-good', patterns, scope: null }]
  assert.equal((await reads.reach({ groups: [], decisions }, ['d'])).total.events, 1)
  const question = await ask(reads, paramsOf('stack', 'by=Path&dispositions=hide'), 0)
  assert.equal((await selectStacks(reads, question, { groups: [], decisions })).hidden.events, 1)
})
