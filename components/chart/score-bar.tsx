import { useId } from 'react'
import { codes, type Mode } from '#lib/asr/codes.ts'
import { riskDetections } from '#lib/asr/detections.ts'
import { countText } from '#lib/text/number.ts'
import { MarkPatterns, markFill } from './patterns.tsx'

/** The detections that raise risk, the highest score first, each with the mode it is drawn as: that of its first code. */
export const scored: readonly { view: string; name: string; mode: Mode }[] = riskDetections
  .toSorted((a, b) => (b.riskScore ?? 0) - (a.riskScore ?? 0))
  .map(({ view, title, codes: [first = 5007] }) => ({
    view,
    name: title.replaceAll(/^ASR | Events$/g, '').toLowerCase(),
    mode: codes[first]?.mode ?? 'configuration',
  }))

/** A score by detection in words: `rule disabled 100, audit 40`. */
export const scoreWords = (byDetection: Record<string, number>): string =>
  scored
    .flatMap(({ view, name }) => {
      const score = byDetection[view] ?? 0
      return score > 0 ? [`${name} ${countText(score)}`] : []
    })
    .join(', ')

type Props = { byDetection: Record<string, number>; most: number }

/** A score stacked by the detections it comes from; `most` is the score of a bar as long as its place. */
export function ScoreBar({ byDetection, most }: Props) {
  const prefix = useId()
  let at = 0
  const some = scored.filter(({ view }) => (byDetection[view] ?? 0) > 0)
  return (
    <svg role="img" aria-label={scoreWords(byDetection)} width="100%" height={12} className="block overflow-hidden">
      <title>{scoreWords(byDetection)}</title>
      <MarkPatterns prefix={prefix} modes={some.map(({ mode }) => mode)} />
      {some.map(({ view, mode }) => {
        const width = ((byDetection[view] ?? 0) / Math.max(1, most)) * 100
        const x = at
        at += width
        return <rect key={view} x={`${x}%`} y={0} width={`${width}%`} height={12} fill={markFill(prefix, mode)} />
      })}
    </svg>
  )
}
