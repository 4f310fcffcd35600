'use client'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useShortcut } from '#components/frame/shortcuts.ts'
import { buttonClass } from '#components/ui/button.tsx'
import { Menu, MenuLink, MenuPopup } from '#components/ui/menu.tsx'
import { apiPaths } from '#lib/params/api-paths.ts'
import { paramsToSearch } from '#lib/params/link.ts'
import type { Params, TableName } from '#lib/params/params.ts'

const formats = [
  ['csv', 'CSV'],
  ['ndjson', 'NDJSON'],
] as const

type Props = {
  table: TableName
  params: Params
  /** The columns that the screen shows, in its order; a table whose columns cannot be chosen has all. */
  shown?: readonly string[]
}

/** The rows of a screen as a file: same filters, same order, all pages. The API answers in UTC, whatever the screen shows. */
export function ExportMenu({ table, params, shown }: Props) {
  const [isOpen, setOpen] = useState(false)
  useShortcut('e', () => setOpen(true))
  const href = (format: string, columns: readonly string[] | undefined) => {
    const search = paramsToSearch({ ...params, page: 1, limit: null, tz: 'UTC' }, table)
    search.set('format', format)
    if (columns !== undefined) search.set('columns', columns.join(','))
    return `${apiPaths.table(table)}?${search}`
  }
  const choices =
    shown === undefined
      ? [['every row', undefined] as const]
      : ([
          ['columns shown', shown],
          ['all columns', undefined],
        ] as const)
  return (
    <Menu.Root open={isOpen} onOpenChange={setOpen}>
      <Menu.Trigger aria-keyshortcuts="e" className={buttonClass('quiet')}>
        <Download aria-hidden className="text-dim" />
        Export
      </Menu.Trigger>
      <MenuPopup>
        {choices.flatMap(([words, columns]) =>
          formats.map(([format, name]) => (
            <MenuLink key={`${format} ${words}`} plain href={href(format, columns)}>
              {name}, {words}
            </MenuLink>
          )),
        )}
      </MenuPopup>
    </Menu.Root>
  )
}
