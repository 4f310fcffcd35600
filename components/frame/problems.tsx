import { CircleAlert } from 'lucide-react'
import type { Problem } from '#lib/params/params.ts'
import { visibleText } from '#lib/text/visible.ts'

/** Parameters of the URL that make no sense: named, and ignored, unless ignoring one would show more than its link means. */
export function Problems({ problems }: { problems: Problem[] }) {
  if (problems.length === 0) return null
  const isIgnored = problems.every(({ showsNothing }) => !showsNothing)
  return (
    <ul
      aria-label={isIgnored ? 'Ignored parameters' : 'Parameters that make no sense'}
      className="shrink-0 border-b border-line bg-audit-soft px-4 py-1.5 text-13"
    >
      {problems.map(({ param, value, message, showsNothing }) => (
        <li key={`${param}=${value}`} className="flex gap-2">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-audit-ink" />
          <span className="wrap-anywhere">
            <code>
              {visibleText(param)}={visibleText(value.slice(0, 120))}
            </code>{' '}
            {showsNothing ? 'shows no rows.' : 'is ignored.'} {message}
          </span>
        </li>
      ))}
    </ul>
  )
}
