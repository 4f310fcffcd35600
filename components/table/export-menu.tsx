'use client'
import { Download } from 'lucide-react'
import { buttonClass } from '#components/ui/button.tsx'
import { Menu, MenuLink, MenuPopup } from '#components/ui/menu.tsx'
import { apiPaths } from '#lib/params/api-paths.ts'
import { paramsToSearch } from '#lib/params/link.ts'
import type { Params, TableName } from '#lib/params/params.ts'

const formats = [
  ['csv', 'CSV'],
  ['ndjson', 'NDJSON'],
  ['json', 'JSON'],
] as const

/** The rows of a screen as a file: same filters, same order, all pages. The API answers in UTC, whatever the screen shows. */
export function ExportMenu({ table, params }: { table: TableName; params: Params }) {
  const href = (format: string) => {
    const search = paramsToSearch({ ...params, page: 1, limit: null, tz: 'UTC' }, table)
    search.set('format', format)
    return `${apiPaths.table(table)}?${search}`
  }
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonClass('quiet')}>
        <Download aria-hidden className="text-dim" />
        Export
      </Menu.Trigger>
      <MenuPopup>
        {formats.map(([format, name]) => (
          <MenuLink key={format} plain href={href(format)}>
            {name}, every row
          </MenuLink>
        ))}
      </MenuPopup>
    </Menu.Root>
  )
}
