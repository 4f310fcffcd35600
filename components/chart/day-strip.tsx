import { countText } from '#lib/text/number.ts'

type Props = {
  /** One figure a day, oldest first. */
  days: number[]
  /** What a full cell means. */
  most: number
  /** What the figures are, for those who do not see them. */
  label: string
}

const cell = (index: number): string =>
  `M${index * 13 + 2} .5h7q1.5 0 1.5 1.5v16q0 1.5-1.5 1.5h-7q-1.5 0-1.5-1.5v-16q0-1.5 1.5-1.5z`

function filled(index: number, share: number): string {
  const height = share === 0 ? 0 : Math.max(2, Math.round(Math.min(1, share) * 180) / 10)
  return height === 0 ? '' : `M${index * 13 + 1} 19v-${height}h9v${height}z`
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
      <path d={days.map((_, index) => cell(index)).join('')} fill="var(--sunken)" stroke="var(--line-strong)" />
      <path d={days.map((figure, index) => filled(index, figure / Math.max(1, most))).join('')} fill="var(--other)" />
    </svg>
  )
}
