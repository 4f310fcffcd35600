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
  TriangleAlert,
} from 'lucide-react'
import { copyText } from '#components/ui/copy.ts'
import { MenuItem, MenuLine, MenuLink, MenuPopup } from '#components/ui/menu.tsx'
import type { Mode } from '#lib/asr/codes.ts'
import { type By, stackColumns } from '#lib/hunting/definition.ts'
import { hintNames, hints } from '#lib/hunting/hints/hints.ts'
import { codesOf, hostHref, ruleHref } from '#lib/params/hrefs.ts'
import { type FilteredField, isStackFilter } from '#lib/params/params.ts'
import { aroundHref, hostEventsHref, hostsWithHref, stackByHref } from '#lib/params/pivots.ts'
import { filterLinks, screenHref } from '#lib/params/screen.ts'
import { byOfFilter } from '#lib/params/stack-by.ts'
import type { Asked } from './contains-dialog.tsx'
import { CopyAs } from './copy-as.tsx'
import { useTableContext } from './table-context.ts'

/** A value whose menu is asked for, as text, and the record that it is of. */
export type MenuValue = {
  column: string
  value: string
  /** The filter that it can become, and the text of that filter. */
  field: FilteredField | null
  filter: string
  record: Record<string, unknown>
}

type Props = {
  cell: MenuValue
  onContains: (asked: Asked) => void
  /** What is done with the row that a cell is in; none if it is in no table. */
  row?: { isSelected: boolean; onSelect: () => void; onCopy: () => void }
}

const minute = 60_000
/** Fields that are looked up by a complete value only. */
const hasNoParts: readonly FilteredField[] = ['ID', 'EventCode', 'feature']

const textIn = (record: Record<string, unknown>, name: string): string | null => {
  const value = record[name]
  return typeof value === 'string' && value !== '' && value !== 'NULL' ? value : null
}

/** The first and the last time of a row in milliseconds; null if it has none. */
function timesOf({ _time, firstTime, lastTime }: Record<string, unknown>): [first: number, last: number] | null {
  if (typeof _time === 'number') return [_time, _time]
  return typeof firstTime === 'number' && typeof lastTime === 'number' ? [firstTime, lastTime] : null
}

/** The field of stacks that a column is, at the step of its values. */
function byOf(column: string, field: FilteredField | null): By | null {
  if (field !== null && isStackFilter(field)) return byOfFilter(field)
  const name = stackColumns.find((each) => each === (field ?? column))
  return name === undefined ? null : { column: name, step: 'exact' }
}

/** What can be done with a cell: narrow the table by it, lead on from it and from its row, copy it. */
export function CellMenuItems({ cell, onContains, row }: Props) {
  const { screen, window: range, detection, params = screen.params } = useTableContext()
  const { column, value, field, filter, record } = cell
  const { tz } = screen.params
  // A mode is what several EventCodes mean.
  const links =
    field !== null
      ? filterLinks(screen, field, filter)
      : column === 'mode'
        ? filterLinks(screen, 'EventCode', ...codesOf(value as Mode))
        : null
  const stacked = byOf(column, field)
  const hinted = column === 'hints' && Array.isArray(record.hints) ? record.hints : []
  const dest = textIn(record, 'dest')
  const rule = textIn(record, 'ID') ?? textIn(record, 'ASR_ID')
  const times = timesOf(record)
  return (
    <MenuPopup>
      {links !== null && (
        <>
          <MenuLink href={links.only}>
            <Equal aria-hidden />
            Only this
          </MenuLink>
          <MenuLink href={links.not}>
            <EqualNot aria-hidden />
            Not this
          </MenuLink>
          {field !== null && !hasNoParts.includes(field) && (
            <MenuItem onClick={() => onContains({ field, text: filter })}>
              <TextSearch aria-hidden />
              Contains…
            </MenuItem>
          )}
        </>
      )}
      {stacked !== null && (
        <MenuLink href={stackByHref(stacked, params, detection)}>
          <Layers aria-hidden />
          Stack by {stacked.column}
        </MenuLink>
      )}
      {hintNames
        .filter((hint) => hinted.includes(hint))
        .map((hint) => (
          <MenuLink key={hint} href={screenHref(screen, { hint })}>
            <TriangleAlert aria-hidden />
            Only stacks with the hint {hints[hint].name}
          </MenuLink>
        ))}
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
          <MenuLink href={hostHref(dest, range, tz, detection)}>
            <Monitor aria-hidden />
            Open host
          </MenuLink>
        </>
      )}
      {field !== null && field !== 'dest' && (
        <MenuLink href={hostsWithHref(field, filter, dest, params)}>
          <MonitorX aria-hidden />
          {dest === null ? 'Hosts with this' : 'Other hosts with this'}
        </MenuLink>
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
      {row !== undefined && (
        <>
          <MenuItem onClick={row.onCopy}>
            <Rows3 aria-hidden />
            Copy row
          </MenuItem>
          <CopyAs record={record} />
          <MenuItem onClick={row.onSelect}>
            <SquareCheck aria-hidden />
            {row.isSelected ? 'Do not select this row' : 'Select this row'}
          </MenuItem>
        </>
      )}
    </MenuPopup>
  )
}
