import { cx } from '#components/ui/class.ts'

/** Thirty or so small bars without axes: the shape of a figure over time. The exact figures are next to it. */
export function Spark({ values, className }: { values: number[]; className?: string }) {
  const top = Math.max(1, ...values)
  const bars = values.map((value, index) => {
    // Something is never drawn as nothing.
    const height = value === 0 ? 0 : Math.max(1.5, (value / top) * 24)
    return `M${index * 4} 24v-${height}h3v${height}z`
  })
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${Math.max(1, values.length * 4 - 1)} 24`}
      preserveAspectRatio="none"
      className={cx('block h-6 w-full overflow-visible', className)}
    >
      <path d={bars.join('')} fill="currentColor" />
      <path
        d={`M0 24.5h${values.length * 4}`}
        stroke="var(--line-strong)"
        strokeWidth={1}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}
