'use client'
import { createColumnHelper } from '@tanstack/react-table'
import { Spark } from '#components/chart/spark.tsx'
import { CodeCell } from '#components/table/cells/code-cell.tsx'
import { Count } from '#components/table/cells/count.tsx'
import { DestLink } from '#components/table/cells/dest-link.tsx'
import { PathCell, TextCell } from '#components/table/cells/field-value.tsx'
import { ModeTag } from '#components/table/cells/mode-tag.tsx'
import { NullValue } from '#components/table/cells/null-value.tsx'
import { RuleName } from '#components/table/cells/rule-name.tsx'
import { OneTimeCell, TimesCell } from '#components/table/cells/times-cell.tsx'
import { inOrder } from '#components/table/column-choice.ts'
import type { ColumnMeta, features } from '#components/table/features.ts'
import { useTableContext } from '#components/table/table-context.ts'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import { type Feature, featureNames, type Mode } from '#lib/asr/codes.ts'
import type { By, StackColumn } from '#lib/hunting/definition.ts'
import { ruleHref, uploadPath } from '#lib/params/hrefs.ts'
import { fieldOfBy } from '#lib/params/stack-by.ts'
import { countText, shareText } from '#lib/text/number.ts'
import { Hints } from './hints.tsx'
import { HostsCell } from './hosts-cell.tsx'
import { ModeBar } from './mode-bar.tsx'
import type { StackCells } from './stack-cells.ts'
import { dispositionWords, mergedWords } from './words.ts'

const column = createColumnHelper<typeof features, StackCells>()

function Field({ name, row }: { name: StackColumn; row: StackCells }) {
  const { rules, screen } = useTableContext()
  const value = row[name] ?? null
  if (value === null) return <NullValue />
  if (name === 'dest') return <DestLink dest={value} />
  if (name === 'ID')
    return (
      <RuleName
        id={value}
        name={row.ASR_Rule}
        short={rules[value]?.short}
        href={ruleHref(value, screen.params)}
        hint={false}
      />
    )
  if (name === 'EventCode') return <CodeCell code={Number(value)} />
  if (name === 'mode') return <ModeTag meaning={value as Mode} />
  if (name === 'feature') return <span className="block truncate">{featureNames[value as Feature] ?? value}</span>
  if (name === 'upload')
    return (
      <NavLink href={uploadPath(value)} className={`block truncate ${linkClass}`}>
        {value}
      </NavLink>
    )
  return name === 'Process_Name' || name === 'Path' ? <PathCell value={value} /> : <TextCell value={value} />
}

const fieldMeta: Partial<Record<StackColumn, ColumnMeta>> = {
  dest: { base: 130 },
  ID: { base: 170 },
  EventCode: { base: 40, isFixed: true, isIcon: true },
  mode: { base: 110 },
  Process_Name: { base: 180, fills: true, ofProcess: true },
  Path: { base: 200, fills: true, ofProcess: true },
  Parent_Commandline: { base: 190, fills: true, ofProcess: true },
  Target_Commandline: { base: 190, fills: true, ofProcess: true },
  User: { base: 170, ofProcess: true },
}

/** On a phone the first field is the title of its card, and each other one a line of it. */
const fieldColumn = ({ column: name, step }: By, place: number) =>
  column.accessor((row) => row[name] ?? null, {
    id: name,
    cell: ({ row }) => <Field name={name} row={row.original} />,
    meta: {
      ...(fieldMeta[name] ?? { base: 130 }),
      field: fieldOfBy({ column: name, step }) ?? undefined,
      phone: place === 0 ? 'title' : 'line',
    },
  })

function Times({ row }: { row: StackCells }) {
  const { isSpan } = useTableContext()
  return isSpan ? <TimesCell {...row} /> : <OneTimeCell time={row.lastTime} name="lastTime" />
}

const counted = (
  name: 'events' | 'users' | 'activeDays' | 'before' | 'newHosts' | 'blocked' | 'audited' | 'overridden' | 'changed',
  base: number,
  phone?: 'line',
) =>
  column.accessor(name, {
    cell: ({ getValue }) => <Count value={getValue()} />,
    meta: { base, isFixed: true, align: 'end', phone },
  })

const ratioText = (ratio: number | null): string =>
  ratio === null ? '' : ratio >= 10 ? String(Math.round(ratio)) : ratio.toFixed(ratio < 0.1 ? 2 : 1)

/** Its width is that of two counts as long as the greater one, with what is between and next to them. */
const hostsColumn = (reportingHosts: number) =>
  column.accessor('hosts', {
    cell: ({ row }) => <HostsCell row={row.original} />,
    meta: { base: 40 + 16 * countText(reportingHosts).length, isFixed: true, align: 'end', phone: 'figure' },
  })

const further = [
  column.accessor('share', {
    cell: ({ getValue }) => <span className="figures">{shareText(getValue(), 1)}</span>,
    meta: { base: 76, isFixed: true, align: 'end' },
  }),
  counted('events', 84, 'line'),
  column.display({
    id: 'modes',
    cell: ({ row }) => <ModeBar counts={row.original} />,
    meta: { base: 120, phone: 'line' },
  }),
  counted('blocked', 84),
  counted('audited', 84),
  counted('overridden', 96),
  counted('changed', 84),
  counted('users', 64),
  column.accessor('hints', {
    cell: ({ row: { original } }) => <Hints hints={original.hints} isMixed={original.mixedHints} />,
    meta: { base: 124, phone: 'line' },
  }),
  column.accessor('dispositions', {
    cell: ({ getValue }) => {
      const words = dispositionWords(getValue())
      return words === '' ? null : <span className="block truncate text-12 leading-5">{words}</span>
    },
    meta: { base: 124, phone: 'line' },
  }),
  column.accessor('variants', {
    cell: ({ getValue }) => (
      <span className="text-12 leading-5 whitespace-nowrap text-dim">{mergedWords(getValue())}</span>
    ),
    meta: { base: 88, isFixed: true, align: 'end' },
  }),
  counted('before', 76),
  counted('newHosts', 104),
  column.accessor('ratio', {
    cell: ({ getValue }) => <span className="figures">{ratioText(getValue())}</span>,
    meta: { base: 64, isFixed: true, align: 'end' },
  }),
  counted('activeDays', 96),
  column.accessor('spark', {
    cell: ({ getValue }) => <Spark values={getValue()} className="h-4! text-other" />,
    meta: { base: 68, isFixed: true },
  }),
  column.accessor('firstTime', {
    cell: ({ getValue }) => <OneTimeCell time={getValue()} name="firstTime" />,
    meta: { base: 168, isFixed: true, isTime: true },
  }),
  column.accessor('lastTime', {
    cell: ({ row }) => <Times row={row.original} />,
    meta: { base: 230, isFixed: true, isTime: true, phone: 'time' },
  }),
] as const

const stackColumns = (by: readonly By[], reportingHosts: number) =>
  column.columns([...by.map(fieldColumn), hostsColumn(reportingHosts), ...further])
type StackColumns = ReturnType<typeof stackColumns>

const nameOf = (each: StackColumns[number]): string => String('accessorKey' in each ? each.accessorKey : each.id)

/** The columns of stacks over these fields, in the order of their names. */
export const stackColumnsOf = (by: readonly By[], order: readonly string[], reportingHosts: number): StackColumns =>
  inOrder<StackColumns[number]>(stackColumns(by, reportingHosts), nameOf, order) as unknown as StackColumns
