'use client'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useShortcut } from '#components/frame/shortcuts.ts'
import { buttonClass } from '#components/ui/button.tsx'
import { Menu } from '#components/ui/menu.tsx'
import { OnDemand } from '#components/ui/on-demand.tsx'
import type { Params, TableName } from '#lib/params/params.ts'

type Props = {
  table: TableName
  params: Params
  /** The columns that the screen shows, in its order; a table whose columns cannot be chosen has all. */
  shown?: readonly string[]
}

const load = async () => (await import('./export-items.tsx')).ExportItems

/** The rows of a screen as a file: same filters, same order, all pages. The API answers in UTC, whatever the screen shows. */
export function ExportMenu(props: Props) {
  const [isOpen, setOpen] = useState(false)
  useShortcut('e', () => setOpen(true))
  return (
    <Menu.Root open={isOpen} onOpenChange={setOpen}>
      <Menu.Trigger aria-keyshortcuts="e" className={buttonClass('quiet')}>
        <Download aria-hidden className="text-dim" />
        Export
      </Menu.Trigger>
      <OnDemand load={load} given={props} />
    </Menu.Root>
  )
}
