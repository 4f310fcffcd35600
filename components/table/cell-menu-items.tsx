'use client'
import {
  BookText,
  Clock,
  Copy,
  Equal,
  EqualNot,
  Layers,
  List,
  Monitor,
  MonitorX,
  Rows3,
  SquareCheck,
  TextSearch,
} from 'lucide-react'
import { copyText } from '#components/ui/copy.ts'
import { MenuItem, MenuLine, MenuLink, MenuPopup } from '#components/ui/menu.tsx'
import { type StackColumn, stackColumns } from '#lib/hunting/definition.ts'
import { hostHref, ruleHref } from '#lib/params/hrefs.ts'
import type { FilterField } from '#lib/params/params.ts'
import { aroundHref, hostEventsHref, otherHostsHref, stackByHref } from '#lib/params/pivots.ts'
import { filterLinks } from '#lib/params/screen.ts'
import type { Asked } from './contains-dialog.tsx'
import { CopyAs } from './copy-as.tsx'
import { useTableContext } from './table-context.ts'

/** A cell whose menu is asked for: its value as text, and the row that it is in. */
export type MenuCell = {
  row: number
  column: string
  value: string
  /** The filter that its value can become, and the text of that filter. */
  field: FilterField | null
  filter: string
  record: Record<string, unknown>
}

type Props = {
  cell: MenuCell
  isSelected: boolean
  onContains: (asked: Asked) => void
  onSelect: () => void
  onCopyRow: () => void
}

const minute = 60_000
/** Fields that are looked up by a complete value only. */
const hasNoParts: readonly FilterField[] = ['ID', 'EventCode', 'feature']

const textIn = (record: Record<string, unknown>, name: string): string | null => {
  const value = record[name]
  return typeof value === 'string' && value !== '' && value !== 'NULL' ? value : null
}

/** The first and the last time of a row in milliseconds; null if it has none. */
function timesOf({ _time, firstTime, lastTime }: Record<string, unknown>): [first: number, last: number] | null {
  if (typeof _time === 'number') return [_time, _time]
  return typeof firstTime === 'number' && typeof lastTime === 'number' ? [firstTime, lastTime] : null
}

const stackColumnOf = (field: FilterField | null): StackColumn | undefined =>
  stackColumns.find((column) => column === field)

/** What can be done with a cell: narrow the table by it, lead on from it and from its row, copy it. */
export function CellMenuItems({ cell, isSelected, onContains, onSelect, onCopyRow }: Props) {
  const { screen, window: range, detection, params = screen.params } = useTableContext()
  const { column, value, field, filter, record } = cell
  const { tz } = screen.params
  const links = field === null ? null : filterLinks(screen, field, filter)
  const stacked = stackColumnOf(field)
  const dest = textIn(record, 'dest')
  const rule = textIn(record, 'ID') ?? textIn(record, 'ASR_ID')
  const times = timesOf(record)
  return (
    <MenuPopup>
      {links !== null && field !== null && (
        <>
          <MenuLink href={links.only}>
            <Equal aria-hidden />
            Only this
          </MenuLink>
          <MenuLink href={links.not}>
            <EqualNot aria-hidden />
            Not this
          </MenuLink>
          {!hasNoParts.includes(field) && (
            <MenuItem onClick={() => onContains({ field, text: filter })}>
              <TextSearch aria-hidden />
              Contains…
            </MenuItem>
          )}
        </>
      )}
      {stacked !== undefined && (
        <MenuLink href={stackByHref(stacked, params, detection)}>
          <Layers aria-hidden />
          Stack by {stacked}
        </MenuLink>
      )}
      {dest !== null && (
        <>
          {field !== null && <MenuLine />}
          <MenuLink href={hostEventsHref(dest, params)}>
            <List aria-hidden />
            All events on this host
          </MenuLink>
          {times !== null &&
            [5, 15, 60].map((minutes) => (
              <MenuLink key={minutes} href={aroundHref(dest, ...times, minutes * minute, tz)}>
                <Clock aria-hidden />± {minutes} minutes on this host
              </MenuLink>
            ))}
          {field !== null && field !== 'dest' && (
            <MenuLink href={otherHostsHref(field, filter, dest, params)}>
              <MonitorX aria-hidden />
              Other hosts with this
            </MenuLink>
          )}
          <MenuLink href={hostHref(dest, range, tz, detection)}>
            <Monitor aria-hidden />
            Open host
          </MenuLink>
        </>
      )}
      {rule !== null && (
        <MenuLink href={ruleHref(rule, screen.params)}>
          <BookText aria-hidden />
          Open rule
        </MenuLink>
      )}
      <MenuLine />
      <MenuItem onClick={() => copyText(value, `${column} copied`)}>
        <Copy aria-hidden />
        Copy
      </MenuItem>
      <MenuItem onClick={onCopyRow}>
        <Rows3 aria-hidden />
        Copy row
      </MenuItem>
      <CopyAs record={record} />
      <MenuItem onClick={onSelect}>
        <SquareCheck aria-hidden />
        {isSelected ? 'Do not select this row' : 'Select this row'}
      </MenuItem>
    </MenuPopup>
  )
}
