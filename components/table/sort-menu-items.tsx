'use client'
import { X } from 'lucide-react'
import { useState } from 'react'
import { MenuCheck, MenuLine, MenuLink, MenuPopup } from '#components/ui/menu.tsx'
import { sortColumns } from '#lib/params/columns.ts'
import { mostSorts } from '#lib/params/limits.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { directionText, withoutSort } from './sorts.ts'

/** The columns that a table can be sorted by, both ways; instead of its order, or after it. */
export function SortMenuItems({ screen }: { screen: Screen }) {
  const { sort } = screen.params
  const [isAdded, setAdded] = useState(false)
  const begun = (column: string) => (isAdded ? withoutSort(sort, column).slice(0, mostSorts - 1) : [])
  return (
    <MenuPopup align="start">
      {sort.length > 1 &&
        sort.map((each, place) => (
          <MenuLink key={each.column} href={screenHref(screen, { sort: withoutSort(sort, each.column) })}>
            <X aria-hidden />
            <span className="sr-only">Remove </span>
            {place + 1}. {each.column}, {directionText(each)}
          </MenuLink>
        ))}
      <MenuCheck checked={isAdded} onCheckedChange={setAdded}>
        Add to the order
      </MenuCheck>
      <MenuLine />
      {sortColumns[screen.table].flatMap((column) =>
        [true, false].map((descending) => (
          <MenuLink
            key={`${column}${descending}`}
            href={screenHref(screen, { sort: [...begun(column), { column, descending }] })}
          >
            {column}, {directionText({ column, descending })}
          </MenuLink>
        )),
      )}
    </MenuPopup>
  )
}
