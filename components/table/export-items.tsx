'use client'
import { ClipboardCopy } from 'lucide-react'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { copyText } from '#components/ui/copy.ts'
import { MenuCheck, MenuItem, MenuLine, MenuLink, MenuPopup } from '#components/ui/menu.tsx'
import { apiPaths } from '#lib/params/api-paths.ts'
import { paramsToSearch } from '#lib/params/link.ts'
import type { Params, TableName } from '#lib/params/params.ts'

const formats = [
  ['csv', 'CSV'],
  ['ndjson', 'NDJSON'],
  ['md', 'Markdown'],
] as const

type Props = { table: TableName; params: Params; shown?: readonly string[] }

/** The files that rows can be had as; those for programs with lines that say what they are, if the reader wants them. */
export function ExportItems({ table, params, shown }: Props) {
  const [hasHeader, setHeader] = useState(false)
  const href = (format: string, columns: readonly string[] | undefined) => {
    const search = paramsToSearch({ ...params, page: 1, limit: null, tz: 'UTC' }, table)
    search.set('format', format)
    if (columns !== undefined) search.set('columns', columns.join(','))
    if (hasHeader && format !== 'md') search.set('header', '1')
    return `${apiPaths.table(table)}?${search}`
  }
  const copy = async () => {
    announce('Reading the rows…')
    try {
      const response = await fetch(href('md', shown))
      if (response.ok) await copyText(await response.text(), 'Table copied as Markdown')
      else announce(`The table could not be copied: the server answered ${response.status}.`)
    } catch {
      // The request was never answered.
      announce('The table could not be copied: the server cannot be reached.')
    }
  }
  const choices =
    shown === undefined
      ? [['every row', undefined] as const]
      : ([
          ['columns shown', shown],
          ['all columns', undefined],
        ] as const)
  return (
    <MenuPopup>
      {choices.flatMap(([words, columns]) =>
        formats.map(([format, name]) => (
          <MenuLink key={`${format} ${words}`} plain href={href(format, columns)}>
            {name}, {words}
          </MenuLink>
        )),
      )}
      <MenuItem onClick={() => void copy()}>
        <ClipboardCopy aria-hidden />
        Copy as Markdown
      </MenuItem>
      <MenuLine />
      <MenuCheck checked={hasHeader} onCheckedChange={setHeader}>
        CSV and NDJSON with header
      </MenuCheck>
    </MenuPopup>
  )
}
