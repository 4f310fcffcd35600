/**
 * A hairline under a figure, as long as the figure is great among those of its page, by powers. Rarity is what a hunt is
 * after: the rare end has the ink, the common end fades.
 */
export function ShareBar({ value, most }: { value: number; most: number }) {
  if (most <= 1) return null
  // Whole percents: engines differ in the last digit of a logarithm, and server and browser must draw the same.
  const share = Math.round((Math.log(value + 1) / Math.log(most + 1)) * 100)
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 100 2"
      preserveAspectRatio="none"
      className="pointer-events-none absolute max-sm:hidden inset-x-2 bottom-0 h-0.5 w-[calc(100%-16px)]"
    >
      <rect x={100 - share} width={share} height="2" opacity={(100 - share * 0.75) / 100} className="fill-control" />
    </svg>
  )
}
