import type { TipLine } from '#components/table/tips.ts'
import { countText, shareText } from '#lib/text/number.ts'
import { modeWords } from './mode-bar.tsx'
import type { StackCells } from './stack-cells.ts'
import { dispositionWords, hintReasons } from './words.ts'

/** Returns what a cell of a stack says on hover and focus besides what any table says; null if that is all. */
export function stackTip(row: StackCells, column: string, reportingHosts: number): TipLine | null {
  const { hosts, share, variants } = row
  if (column === 'hosts')
    return {
      name: column,
      text: `${countText(hosts)} of ${countText(reportingHosts)} reporting hosts`,
      note: shareText(share, 1),
    }
  if (column === 'modes') return { name: column, text: modeWords(row) }
  if (column === 'variants' && variants > 1)
    return { name: column, text: `${countText(variants)} different texts, as logged, are one stack` }
  if (column === 'hints' && row.hints.length > 0) return { name: column, text: hintReasons(row.hints).join('\n') }
  const decided = column === 'dispositions' ? dispositionWords(row.dispositions) : ''
  return decided === '' ? null : { name: column, text: decided }
}
