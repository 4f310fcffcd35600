import { ArrowDown, ArrowUp, Hash } from 'lucide-react'
import { cx } from '#components/ui/class.ts'
import { sortColumns } from '#lib/params/columns.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { SortAnchor } from './sort-anchor.tsx'
import { directionText, withSort } from './sorts.ts'

// Figures and times are asked for from the top first, words from A.
const figures =
  /^(count|events|blocked|audited|overridden|changed|score|riskEvents|rules|dests|activeDays|variants|before|newHosts|ratio|hints)$|time$/i

/** The order of a column for `aria-sort`: only the first column sorted by counts. */
export function ariaSort(screen: Screen, column: string): 'ascending' | 'descending' | undefined {
  const first = screen.params.sort[0]
  if (first?.column !== column) return undefined
  return first.descending ? 'descending' : 'ascending'
}

type Props = {
  screen: Screen
  column: string
  label?: string
  note?: string
  align?: 'end'
  /** Shows an icon instead of the name, which is there for assistive technology. */
  isIcon?: boolean
}

/**
 * A column head that sorts by its column, the other way round when it already does; with Shift, by this column too. Of an order
 * with several columns, each says its place in it.
 */
export function SortLink({ screen, column, label = column, note, align, isIcon = false }: Props) {
  const { sort } = screen.params
  const order = ariaSort(screen, column)
  const place = sort.findIndex((each) => each.column === column)
  const own = sort[place]
  const text = (
    <>
      {isIcon && own === undefined && <Hash aria-hidden className="size-3.5 shrink-0" />}
      <span className={isIcon ? 'sr-only' : 'truncate'}>{label}</span>
      {note !== undefined && <span className="font-normal">{note}</span>}
    </>
  )
  if (!sortColumns[screen.table].includes(column))
    return <span className={cx('flex min-w-0 gap-1', align === 'end' && 'justify-end')}>{text}</span>
  const descending = order === undefined ? figures.test(column) : order === 'ascending'
  const Arrow = own === undefined ? (descending ? ArrowDown : ArrowUp) : own.descending ? ArrowDown : ArrowUp
  return (
    <SortAnchor
      href={screenHref(screen, { sort: [{ column, descending }] })}
      addHref={screenHref(screen, { sort: withSort(sort, column, figures.test(column)) })}
      className={cx(
        'group/sort flex h-6 min-w-6 items-center gap-1 rounded-sm hover:text-ink',
        align === 'end' && 'flex-row-reverse',
        own !== undefined && 'text-ink',
      )}
    >
      {text}
      {!(isIcon && own === undefined) && (
        <Arrow
          aria-hidden
          className={cx('size-3 shrink-0', own === undefined && 'opacity-0 group-hover/sort:opacity-50')}
        />
      )}
      {own !== undefined && sort.length > 1 && (
        <span className="figures shrink-0 font-normal">
          {place + 1}
          <span className="sr-only"> in the order, {directionText(own)}</span>
        </span>
      )}
    </SortAnchor>
  )
}
