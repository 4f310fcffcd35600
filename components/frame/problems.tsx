import { CircleAlert } from 'lucide-react'
import { visibleText } from '#lib/format/visible.ts'
import type { Problem } from '#lib/params/params.ts'

/** Parameters of the URL that made no sense: named, and ignored. */
export function Problems({ problems }: { problems: Problem[] }) {
  if (problems.length === 0) return null
  return (
    <ul aria-label="Ignored parameters" className="shrink-0 border-b border-line bg-audit-soft px-4 py-1.5 text-13">
      {problems.map(({ param, value, message }) => (
        <li key={`${param}=${value}`} className="flex gap-2">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-audit-ink" />
          <span className="wrap-anywhere">
            <code>
              {visibleText(param)}={visibleText(value.slice(0, 120))}
            </code>{' '}
            is ignored. {message}
          </span>
        </li>
      ))}
    </ul>
  )
}
