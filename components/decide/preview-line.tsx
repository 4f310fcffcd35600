'use client'
import { dispositions } from '#lib/hunting/decision.ts'
import { countOf, countText } from '#lib/text/number.ts'
import { patternText } from './decision-words.ts'
import type { Previewed } from './use-preview.ts'

/** Other decisions that are named one by one. */
const few = 3

/** What deciding would do, in a sentence, and which decisions say otherwise about some of it. */
export function PreviewLine({ preview, failure, isStale }: Previewed) {
  if (failure !== null)
    return (
      <p role="alert" className="text-block-ink">
        {failure}
      </p>
    )
  if (preview === null) return <p className="text-dim">Counting what this matches …</p>
  const { total, otherwise, others } = preview
  return (
    <div aria-live="polite" aria-busy={isStale} className={isStale ? 'opacity-60' : undefined}>
      <p className="font-medium">
        {total.events === 0
          ? 'Matches nothing that is stored.'
          : `Matches ${countOf(total.stacks, 'stack')}, ${countOf(total.events, 'event')} on ${countOf(total.hosts, 'host')}.`}
      </p>
      {otherwise.stacks > 0 && (
        <>
          <p>{`${countText(otherwise.stacks)} of them ${otherwise.stacks === 1 ? 'is' : 'are'} decided otherwise; the newest decision counts:`}</p>
          <ul className="mt-1 list-disc pl-5 text-12 text-dim">
            {others.slice(0, few).map(({ id, disposition, patterns }) => (
              <li key={id} className="wrap-anywhere">
                {`${dispositions[disposition].name}: ${patterns.map(patternText).join(', ')}`}
              </li>
            ))}
            {others.length > few && <li>{`and ${others.length - few} more`}</li>}
          </ul>
        </>
      )}
    </div>
  )
}
