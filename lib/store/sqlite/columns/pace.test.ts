import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Step } from '#lib/model/progress.ts'
import { Cancelled, openPace } from './pace.ts'

/** Keeps the processor busy. */
function work(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end; );
}

function open() {
  const said: (Step & { at: number })[] = []
  const pace = openPace((step) => void said.push({ ...step, at: performance.now() }))
  return { pace, said, steps: () => said.map(({ doing, done, total }) => [doing, done, total]) }
}

test('each step is said when it begins, then how far it is, and the step around it goes on', async () => {
  const { pace, said, steps } = open()
  pace.begin({ isCancelled: false, isReported: true })
  await pace.during('counting', null, async () => {
    await pace.inParts(3, () => work(30), 1)
    await pace.during('forms', 10, async () => {
      for (let at = 0; at < 10; at++) {
        work(60)
        pace.advance(1)
        await pace.breathe()
      }
    })
    await pace.during('hints', 0, async () => {})
    work(220)
    await pace.breathe()
  })
  const all = steps()
  assert.deepEqual(all[0], ['counting', 0, null])
  assert.deepEqual(all.at(-1), ['counting', 3, null])
  const forms = all.filter(([doing]) => doing === 'forms')
  assert.deepEqual(forms[0], ['forms', 0, 10])
  assert.ok(forms.length > 2 && forms.every(([, , total]) => total === 10))
  const counts = forms.map(([, done]) => done as number)
  assert.deepEqual(
    counts,
    [...new Set(counts)].toSorted((a, b) => a - b),
  )
  // Nothing is said of a step that has nothing to do.
  assert.ok(all.every(([doing]) => doing !== 'hints'))
  for (const [index, { at, done }] of said.entries())
    if (done > 0) assert.ok(at - (said[index - 1]?.at ?? 0) >= 200, 'at most every 200 ms')
})

test('what is done in advance is not reported', async () => {
  const { pace, said } = open()
  pace.begin({ isCancelled: false, isReported: false })
  await pace.during('hints', 1, async () => {
    work(250)
    await pace.breathe()
  })
  assert.deepEqual(said, [])
})

test('a turn that is cancelled ends, and the next one does not', async () => {
  const { pace } = open()
  const turn = { isCancelled: false, isReported: true }
  pace.begin(turn)
  const parts: number[] = []
  await assert.rejects(
    pace.inParts(
      5,
      (from) => {
        parts.push(from)
        if (from === 1) turn.isCancelled = true
      },
      1,
    ),
    Cancelled,
  )
  assert.deepEqual(parts, [0, 1])
  pace.begin({ isCancelled: false, isReported: true })
  await pace.inParts(2, () => {}, 1)
})
