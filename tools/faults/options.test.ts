import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kindNames, parseOptions } from './options.ts'

const of = (...args: string[]) => parseOptions(args, 7)

test('without arguments all kinds are tried for ten minutes, and the clock is the seed', () => {
  assert.deepEqual(of(), { kind: 'run', options: { only: [...kindNames], minutes: 10, seed: 7 } })
})

test('kinds are tried in their order, whatever the order in which they are named', () => {
  const parsed = of('--only', 'damage,kills', '--minutes', '.5', '--seed', '12')
  assert.deepEqual(parsed, { kind: 'run', options: { only: ['kills', 'damage'], minutes: 0.5, seed: 12 } })
})

test('what makes no sense is named with its value', () => {
  const wrong: [string[], RegExp][] = [
    [['--only', 'kills,kill'], /"kill"; give some of kills/],
    [['--minutes', '0'], /--minutes is "0"/],
    [['--minutes', 'ten'], /--minutes is "ten"/],
    [['--seed', '-1'], /--seed|seed/],
    [['--seed=x'], /--seed is "x"/],
    [['--hours', '1'], /--hours/],
  ]
  for (const [args, message] of wrong) {
    const parsed = of(...args)
    assert.match(parsed.kind === 'error' ? parsed.message : '', message)
  }
  assert.equal(of('--help').kind, 'help')
})
