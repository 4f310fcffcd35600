/** A score beside its threshold: the bar ends at twice the threshold, which a line marks. */
export function ThresholdBar({ score, threshold }: { score: number; threshold: number }) {
  const width = Math.min(100, (score / (threshold * 2)) * 100)
  return (
    <svg aria-hidden width="100%" height={12} className="block overflow-visible">
      <rect y={3} width="100%" height={6} fill="var(--hover)" />
      <rect y={3} width={`${width}%`} height={6} fill="var(--other)" />
      {score > threshold * 2 && (
        <text x="100%" dx={2} y={10} fontSize={10} fill="var(--dim)">
          ›
        </text>
      )}
      <line x1="50%" x2="50%" y1={0} y2={12} stroke="var(--ink)" strokeWidth={1.5} />
    </svg>
  )
}
