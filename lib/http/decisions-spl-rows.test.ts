import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectionTable } from '#db/lookup/detections.ts'
import { hostileText } from '#lib/hunting/copy/testing.ts'
import { splFilter } from '#lib/hunting/copy/testing-spl-filter.ts'
import type { AppliedDecision, FieldPattern } from '#lib/hunting/decision.ts'
import { type StackColumn, stackColumns } from '#lib/hunting/definition.ts'
import { fits, readPattern, wildcard } from '#lib/params/pattern.ts'
import { makeRandom, type Random } from '#tools/simulate/random.ts'
import { filterMacros } from './decisions-spl.ts'

type Row = Partial<Record<StackColumn, string>>

const definitionOf = (macros: string, view: string): string =>
  new RegExp(`^\\[${view}_filter\\]\\ndefinition = ([^\\n]*)`, 'm').exec(macros)?.[1] ?? ''

/** Whether a decision fits a row, by the meaning that the app gives it. */
const isFit = ({ patterns, scope }: AppliedDecision, row: Row): boolean =>
  (scope === null || scope.some((each) => fits(readPattern(each), row.dest ?? ''))) &&
  patterns.every(({ column, value, isWildcard }) =>
    fits(isWildcard ? wildcard(value ?? '') : { exclude: false, parts: [value ?? ''] }, row[column] ?? ''),
  )

/** The row as Splunk has it if its events were logged as XML, whose entities it keeps. */
const asXml = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value.replaceAll('<', '&lt;').replaceAll('>', '&gt;')]),
  )

/** Without what entities consist of: whether `&lt;` was logged as such or is a `<`, Splunk does not say. */
const textFrom = (random: Random): string => hostileText(random).replaceAll(/[&ltg;]/gi, '+')

/** A text that fits what was made of another, or nearly does. */
function nearly(random: Random, text: string): string {
  const characters = [...text]
  const at = random.int(characters.length)
  return random.pick([
    ...[text, text.toUpperCase(), `${text}${text}`, textFrom(random)],
    ...[characters.slice(at).join(''), `${characters.slice(0, at).join('')}x`],
  ])
}

function patternFrom(random: Random, column: StackColumn, text: string): FieldPattern {
  const characters = [...text]
  const [from, to] = [random.int(characters.length), random.int(characters.length)].toSorted((a, b) => a - b)
  const value = random.pick([
    ...[`${characters.slice(0, to).join('')}*`, `*${characters.slice(from).join('')}`],
    ...[`*${characters.slice(from, to).join('')}*`, '*'],
  ])
  return random.int(2) === 0
    ? { column, step: 'exact', value: text, isWildcard: false }
    : { column, step: 'exact', value, isWildcard: true }
}

for (const key of ['audit', 'block', 'stacking'] as const) {
  const { view, by } = detectionTable.find((each) => each.key === key) ?? { view: '', by: [] }
  const columns = stackColumns.filter((column) => column !== 'EventCode' && (by as readonly string[]).includes(column))

  test(`${key}: Splunk's macro leaves out exactly the rows that are known good, whatever was logged`, () => {
    const random = makeRandom(8, key)
    const counts = { kept: 0, leftOut: 0, where: 0 }
    for (let round = 0; round < 200; round += 1) {
      const seen = columns.map((column): [StackColumn, string] => [column, textFrom(random)])
      const decisions = Array.from({ length: 1 + random.int(4) }, (_, at): AppliedDecision => {
        const some = seen.filter(() => random.int(3) === 0)
        const patterns = (some.length === 0 ? seen.slice(0, 1) : some).map(([column, text]) =>
          patternFrom(random, column, text),
        )
        return {
          id: `d${at}`,
          disposition: 'known-good',
          patterns,
          scope: random.int(3) === 0 ? ['=a*b', 'ws-*'] : null,
        }
      })
      const macros = filterMacros(decisions, [])
      assert.ok(!new RegExp(`Left out.*\\n\\[${view}`).test(macros), macros)
      const definition = definitionOf(macros, view)
      const passes = splFilter(definition)
      counts.where += definition.includes('where NOT') ? 1 : 0
      for (let at = 0; at < 30; at += 1) {
        const near = seen.map(([column, text]): [string, string] => [
          column,
          column === 'dest' && random.int(2) === 0 ? random.pick(['a*b', 'A*B', 'axb', 'WS-1']) : nearly(random, text),
        ])
        const row: Row = Object.fromEntries([...near, ['EventCode', '1122']])
        const isKept = !decisions.some((each) => isFit(each, row))
        assert.equal(passes({ ...row }), isKept, `${JSON.stringify(row)}\n${definition}`)
        assert.equal(passes({ ...asXml(row) }), isKept, `as XML: ${JSON.stringify(row)}\n${definition}`)
        counts[isKept ? 'kept' : 'leftOut'] += 1
      }
    }
    assert.ok(Math.min(counts.kept, counts.leftOut) > 500 && counts.where > 50, JSON.stringify(counts))
  })
}
