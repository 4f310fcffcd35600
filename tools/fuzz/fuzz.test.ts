import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { detect } from '#lib/formats/detect.ts'
import { noCorpus } from '#lib/formats/testing.ts'
import { basesOf, corpusFolder } from './bases.ts'
import { openJudge } from './judge.ts'
import { openMutants } from './mutant.ts'
import { run } from './run.ts'
import { keptSeeds } from './seeds.ts'
import { isContainer, subjects } from './subjects.ts'

const judge = openJudge()
test.after(() => judge.close())

/** Mutants of each subject in every run of the tests; `npm run fuzz` goes on from there. */
const mutants = 50

for (const subject of subjects) {
  test(`${subject}: damage of any kind ends in outcomes that add up, however the bytes arrive`, async () => {
    const options = { subject, seed: 1, isOver: (count: number) => count >= mutants, withCorpus: false }
    const { tally, found } = await run(judge, options)
    assert.deepEqual(
      found.map(({ seed, broken }) => ({ seed, ...broken })),
      [],
    )
    assert.ok(tally.mutants === mutants && tally.events > mutants / 4 && tally.refused < mutants, JSON.stringify(tally))
  })
}

for (const subject of ['evtx', 'xml'] as const) {
  test(`${subject}: so does damage to real logs`, { skip: existsSync(corpusFolder) ? false : noCorpus }, async () => {
    const options = { subject, seed: 500, isOver: (count: number) => count >= mutants, withCorpus: true }
    assert.deepEqual((await run(judge, options)).found, [])
  })
}

test('every base is of its format, and intact', async () => {
  for (const subject of subjects) {
    const bases = await basesOf(subject, false)
    assert.ok(bases.length > 1, subject)
    for (const { name, bytes } of bases) {
      if (!isContainer(subject)) assert.equal(detect(bytes), subject, name)
      const { broken } = await judge.judge(subject, bytes)
      assert.equal(broken, null, `${subject}: ${name}`)
    }
  }
})

test('a seed makes the same mutant again', async () => {
  for (const subject of ['evtx', 'xml', 'tar'] as const) {
    const [first, second] = await Promise.all(
      [0, 1].map(async () => openMutants(subject, await basesOf(subject, false))),
    )
    for (let seed = 1; seed < 20; seed++) assert.deepEqual(await second?.(seed), await first?.(seed))
  }
})

for (const { subject, name, bytes } of keptSeeds()) {
  test(`${subject}: what once went wrong with ${name} goes right`, async () => {
    assert.deepEqual((await judge.judge(subject, bytes)).broken, null)
  })
}
