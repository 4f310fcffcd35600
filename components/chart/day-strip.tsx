import { countText } from '#lib/text/number.ts'

type Props = {
  /** One figure a day, oldest first. */
  days: number[]
  /** What a full cell means. */
  most: number
  /** What the figures are, for those who do not see them. */
  label: string
}

/** A cell a day, filled from the ground up: which days it came from. */
export function DayStrip({ days, most, label }: Props) {
  const ago = (index: number): string =>
    index === days.length - 1 ? 'last 24 h' : `${days.length - 1 - index} d before`
  const words = days.map((figure, index) => `${ago(index)}: ${countText(figure)}`).join(', ')
  return (
    <svg
      role="img"
      aria-label={`${label}, ${words}`}
      width={days.length * 13 - 2}
      height={20}
      viewBox={`0 0 ${days.length * 13 - 2} 20`}
      className="block"
    >
      <title>{words}</title>
      {days.map((figure, index) => {
        const height = figure === 0 ? 0 : Math.max(2, Math.min(1, figure / Math.max(1, most)) * 18)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a day has no other name.
          <g key={index} transform={`translate(${index * 13} 0)`}>
            <rect x={0.5} y={0.5} width={10} height={19} rx={1.5} fill="var(--sunken)" stroke="var(--line-strong)" />
            <rect x={1} y={19 - height} width={9} height={height} fill="var(--other)" />
          </g>
        )
      })}
    </svg>
  )
}
