import { makeRandom } from '#tools/simulate/random.ts'
import { type Case, type Figure, type Kind, Skipped } from './kind.ts'

/** What became of a case: a row of the table. */
export type Row = {
  kind: string
  what: string
  survived: number
  failed: number
  /** Why it was not tried; null if it was. */
  skipped: string | null
  figures: Figure[]
  bars: Record<string, number>
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Returns the figures whose median is over its bar, each as a sentence. */
export function brokenBars({ bars, figures }: Pick<Row, 'bars' | 'figures'>): string[] {
  return Object.entries(bars).flatMap(([of, bar]) => {
    const middle = median(figures.filter((figure) => figure.of === of).map(({ ms }) => ms))
    return middle > bar ? [`the median of "${of}" is ${Math.round(middle)} ms; the bar is ${bar} ms`] : []
  })
}

/** Whether everything that was tried of a case was survived. */
export const hasSurvived = (row: Row): boolean => row.failed === 0 && brokenBars(row).length === 0

/** Runs a case once and adds to its row. `report` gets what went wrong. */
async function runOnce(row: Row, { what, run }: Case, round: number, given: Run): Promise<void> {
  const random = makeRandom(given.seed, `${row.kind} ${what} ${round}`)
  const survived = () => {
    row.survived += 1
  }
  try {
    row.figures.push(...(await run({ random, isShort: given.isShort, survived })))
  } catch (error) {
    if (error instanceof Skipped) {
      row.skipped = error.message
      return
    }
    row.failed += 1
    const { name, message, stack } = error as Error
    // Of an error that no case threw, only its place helps.
    given.report(`${row.kind}: ${what}: not survived (seed ${given.seed})\n${name === 'NotSurvived' ? message : stack}`)
  }
}

export type Run = { seed: number; isShort: boolean; report: (line: string) => void }

/** Tries each case of a kind once, then all of them again and again until the time is over. Returns a row for each. */
export async function runKind(kind: Kind, milliseconds: number, given: Run): Promise<Row[]> {
  const until = Date.now() + milliseconds
  const cases = kind.cases.filter(({ takesTime = false }) => !(given.isShort && takesTime))
  const rows = cases.map(({ what, bars = {} }): Row => {
    return {
      kind: kind.name,
      what,
      survived: 0,
      failed: 0,
      skipped: null,
      figures: [],
      bars: given.isShort ? {} : bars,
    }
  })
  for (let round = 0; round === 0 || Date.now() < until; round++) {
    for (const [index, each] of cases.entries()) {
      const row = rows[index] as Row
      if (row.skipped !== null || (round > 0 && Date.now() > until)) continue
      const began = Date.now()
      await runOnce(row, each, round, given)
      const seconds = ((Date.now() - began) / 1000).toFixed(1)
      given.report(
        `${kind.name}: ${row.what}: ${row.skipped ?? `${row.survived} of ${row.survived + row.failed}`}, ${seconds} s`,
      )
    }
    if (rows.every(({ skipped }) => skipped !== null)) break
  }
  return rows
}
