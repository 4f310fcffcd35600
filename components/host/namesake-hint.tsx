import { Equal } from 'lucide-react'
import { Logged } from '#components/table/cells/logged.tsx'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import { hostHref } from '#lib/params/hrefs.ts'
import type { Namesakes } from '#lib/query/namesakes.ts'
import type { Window } from '#lib/query/question.ts'
import { countText } from '#lib/text/number.ts'

type Props = {
  namesakes: Namesakes | undefined
  /** The time range in which the other hosts are opened. */
  window: Pick<Window, 'from' | 'to'>
  tz: string
  /** Whether it is a word in a row of a table, and not a sentence. */
  isShort?: boolean
}

/** Says which other hosts may be the same machine, and leads to them. Nothing is merged. */
export function NamesakeHint({ namesakes, window, tz, isShort }: Props) {
  if (namesakes === undefined) return null
  const shown = isShort ? namesakes.dests.slice(0, 1) : namesakes.dests
  const more = namesakes.total - shown.length
  return (
    <p className={isShort ? 'min-w-0 truncate text-12 text-dim' : 'text-12 wrap-anywhere'}>
      <Equal aria-hidden className="mr-1 mb-0.5 inline size-3.5 text-dim" />
      {isShort ? 'same as ' : 'May be the same machine as '}
      {shown.map((dest, index) => (
        <span key={dest}>
          {index > 0 && ', '}
          <NavLink href={hostHref(dest, window, tz)} className={linkClass}>
            <Logged text={dest} />
          </NavLink>
        </span>
      ))}
      {more > 0 && ` and ${countText(more)} more`}
      {isShort ? '?' : ', which has the same first label. Their events are counted separately.'}
    </p>
  )
}
