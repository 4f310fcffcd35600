import { cx } from '#components/ui/class.ts'
import type { Screen } from '#lib/params/screen.ts'
import { ariaSort, SortLink } from './sort-link.tsx'

export type PlainColumn = {
  /** The column's name in the API. */
  name: string
  /** Its heading if that is not its name. */
  label?: string
  width: string
  align?: 'end'
  isTime?: boolean
}

/** The head of a table whose columns are always all there. */
export function PlainHead({ screen, columns }: { screen: Screen; columns: PlainColumn[] }) {
  return (
    <thead>
      <tr>
        {columns.map(({ name, label, width, align, isTime }) => (
          <th key={name} scope="col" aria-sort={ariaSort(screen, name)} className={cx(width, align)}>
            <SortLink
              screen={screen}
              column={name}
              label={label}
              note={isTime ? screen.params.tz : undefined}
              align={align}
            />
          </th>
        ))}
      </tr>
    </thead>
  )
}
