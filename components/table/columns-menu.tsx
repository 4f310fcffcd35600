'use client'
import { Columns3, RotateCcw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { buttonClass } from '#components/ui/button.tsx'
import { Menu, MenuCheck, MenuItem, MenuLine, MenuPopup } from '#components/ui/menu.tsx'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { colsText, columnVisibility, hiddenOn } from './column-choice.ts'
import { resetWidths, useWidths } from './column-widths.ts'

type Props = { screen: Screen; all: readonly string[]; hiddenAtFirst?: readonly string[] }

/** Which columns the table shows; the choice is in the URL. */
export function ColumnsMenu({ screen, all, hiddenAtFirst }: Props) {
  const router = useRouter()
  const hasWidths = Object.keys(useWidths(screen.table)).length > 0
  const visibility = columnVisibility(screen, all, hiddenAtFirst)
  const shown = all.filter((column) => visibility[column])
  const show = (column: string, isShown: boolean) => {
    const next = all.filter((other) => (other === column ? isShown : visibility[other]))
    const href = screenHref(
      screen,
      { page: screen.params.page },
      { cols: colsText(next, all, hiddenOn(screen, hiddenAtFirst)) },
    )
    router.replace(href, { scroll: false })
  }
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonClass('quiet', 'max-sm:hidden')}>
        <Columns3 aria-hidden className="text-dim" />
        Columns
      </Menu.Trigger>
      <MenuPopup>
        {all.map((column) => (
          <MenuCheck
            key={column}
            checked={visibility[column]}
            disabled={shown.length === 1 && visibility[column]}
            onCheckedChange={(isShown) => show(column, isShown)}
          >
            {column}
          </MenuCheck>
        ))}
        {hasWidths && (
          <>
            <MenuLine />
            <MenuItem onClick={() => resetWidths(screen.table)}>
              <RotateCcw aria-hidden />
              Reset widths
            </MenuItem>
          </>
        )}
      </MenuPopup>
    </Menu.Root>
  )
}
