import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Case, type Figure, NotSurvived, Skipped } from './kind.ts'
import { hasSurvived, runKind } from './run.ts'
import { table } from './table.ts'

const reports: string[] = []
const runCases = (cases: Case[], isShort = false) =>
  runKind({ name: 'kills', share: 1, cases }, 0, { seed: 1, isShort, report: (line) => reports.push(line) })

const taking = (...milliseconds: number[]): Case => ({
  what: 'a question',
  bars: { answer: 100 },
  run: async ({ survived }) => {
    survived()
    return milliseconds.map((ms): Figure => ({ of: 'answer', ms }))
  },
})

test('a fault that is not survived is counted and reported with its seed', async () => {
  const failing: Case = {
    what: 'a fault',
    run: async ({ survived }) => {
      survived()
      throw new NotSurvived('An upload is lost.')
    },
  }
  const [row] = await runCases([failing])
  assert.ok(row !== undefined && !hasSurvived(row))
  assert.deepEqual([row.survived, row.failed], [1, 1])
  assert.match(reports.join('\n'), /kills: a fault: not survived \(seed 1\)\nAn upload is lost\./)
  assert.match(table([row]), /\| kills \| a fault +\| +2 \| +1 \| +\|$/)
})

test('an error of another kind counts as not survived, and is reported with its place', async () => {
  const failing: Case = { what: 'a slip', run: async () => [undefined as never].map(({ ms }) => ms) }
  const [row] = await runCases([failing])
  assert.ok(row !== undefined && !hasSurvived(row))
  assert.match(reports.join('\n'), /a slip: not survived \(seed 1\)\nTypeError: .*\n {4}at /)
})

test('a bar applies to the median, and only if there is time for several tries', async () => {
  const [within] = await runCases([taking(50, 90, 5000)])
  assert.ok(within !== undefined && hasSurvived(within))
  assert.match(table([within]), /answer 5\.0 s \|$/)
  const [broken] = await runCases([taking(50, 110, 5000)])
  assert.ok(broken !== undefined && !hasSurvived(broken))
  assert.match(table([broken]), /the median of "answer" is 110 ms; the bar is 100 ms/)
  const [short] = await runCases([taking(5000)], true)
  assert.ok(short !== undefined && hasSurvived(short))
})

test('a case that cannot be tried is not a failure, and the table says why', async () => {
  const [row] = await runCases([
    { what: 'a disk', run: () => Promise.reject(new Skipped('a tmpfs takes Linux and root')) },
  ])
  assert.ok(row !== undefined && hasSurvived(row))
  assert.match(table([row]), /\| a disk +\| +0 \| +0 \| skipped: a tmpfs takes Linux and root \|/)
})

test('what takes long is left out if there is little time', async () => {
  const cases = [{ ...taking(1), takesTime: true }, taking(1)]
  assert.equal((await runCases(cases)).length, 2)
  assert.equal((await runCases(cases, true)).length, 1)
})
