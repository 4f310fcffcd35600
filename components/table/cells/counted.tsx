import { NavLink } from '#components/ui/nav-link.tsx'
import { type CountedOf, countHref, type Counted as Row } from '#lib/params/hrefs.ts'
import type { Params } from '#lib/params/params.ts'
import { countText } from '#lib/text/number.ts'
import { Count } from './count.tsx'

type Props = { value: number; row: Row; of: CountedOf; params: Params; name: string }

/** A count of a host or a rule that leads to what it is of; a zero leads nowhere. */
export function Counted({ value, row, of, params, name }: Props) {
  const href = value === 0 ? null : countHref(row, of, params)
  if (href === null) return <Count value={value} />
  return (
    <NavLink
      href={href}
      aria-label={`${countText(value)} ${name}`}
      className="inline-block min-w-6 rounded-sm hover:text-accent hover:underline sm:text-end"
    >
      <Count value={value} />
    </NavLink>
  )
}
