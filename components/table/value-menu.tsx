'use client'
import { EllipsisVertical } from 'lucide-react'
import { useState } from 'react'
import { iconButtonClass } from '#components/ui/button.tsx'
import { Menu } from '#components/ui/menu.tsx'
import { OnDemand, useLoaded } from '#components/ui/on-demand.tsx'
import type { MenuValue } from './cell-menu-items.tsx'
import type { Asked } from './contains-dialog.tsx'
import { useTableContext } from './table-context.ts'

const loadItems = async () => (await import('./cell-menu-items.tsx')).CellMenuItems
const loadDialog = async () => (await import('./contains-dialog.tsx')).ContainsDialog

/** The menu of a value next to a table: all that the menu of a cell has, without what is done with its row. */
export function ValueMenu({ value, label }: { value: MenuValue; label: string }) {
  const { screen } = useTableContext()
  const [asked, setAsked] = useState<Asked | null>(null)
  const Dialog = useLoaded(loadDialog, asked !== null, () => setAsked(null))
  return (
    <>
      <Menu.Root>
        <Menu.Trigger aria-label={label} className={iconButtonClass('text-dim')}>
          <EllipsisVertical aria-hidden />
        </Menu.Trigger>
        <OnDemand load={loadItems} given={{ cell: value, onContains: setAsked }} />
      </Menu.Root>
      {asked !== null && Dialog !== null && <Dialog screen={screen} asked={asked} onClose={() => setAsked(null)} />}
    </>
  )
}
