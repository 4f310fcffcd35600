import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { dayOf, dayOfHour, hourOf, isStartOfHour, startOfDay, startOfHour } from './hours.ts'

test('hours and days are those of UTC, also before 1970', () => {
  const time = Date.UTC(1969, 11, 31, 22, 59, 59, 999)
  assert.deepEqual([hourOf(time), dayOf(time), dayOfHour(hourOf(time))], [-2, -1, -1])
  assert.equal(startOfHour(time), Date.UTC(1969, 11, 31, 22))
  assert.equal(startOfDay(time), Date.UTC(1969, 11, 31))
  assert.ok(isStartOfHour(startOfHour(time)) && !isStartOfHour(time))
})

test('the length of an hour and of a day are written here only', () => {
  const root = join(import.meta.dirname, '../..')
  const files = globSync('{app,bin,components,db,lib,tools}/**/*.{js,ts,tsx}', { cwd: root })
  const ours = files.filter((path) => !/\.test\.tsx?$|\/testing[^/]*$|lib\/asr\/hours\.ts$/.test(path))
  const lengths = /(?<!\d_?)(3_?600_?000|86_?400_?000|604_?800_?000)(?!_?\d)/
  assert.deepEqual(
    ours.filter((path) => lengths.test(readFileSync(join(root, path), 'utf8'))),
    [],
  )
})
