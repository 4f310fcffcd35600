'use client'
import type { DetectionKey } from '#lib/asr/detections.ts'
import { rowColumns } from '#lib/params/columns.ts'
import type { Params } from '#lib/params/params.ts'
import type { Screen } from '#lib/params/screen.ts'
import { columnOrder } from './column-choice.ts'
import { changeColumn, hiddenColumns, tableColumns } from './column-names.ts'
import { eventColumnNames, eventColumnsHidden } from './event-column-names.ts'
import { ExportMenu } from './export-menu.tsx'

/** The columns that the sentence about a configuration change is made from. */
const sentenceOf = ['Old_Registry_Value', 'New_Registry_Value', 'Exclusion']

type Props = { screen: Screen; params: Params }

/** The export of a detection: the columns that its table shows, from left to right, or all. */
export function DetectionExport({ detection, screen, params }: Props & { detection: DetectionKey }) {
  const shown = columnOrder(screen, tableColumns(detection), hiddenColumns(detection))
    .flatMap((name) => (name === changeColumn ? sentenceOf : name))
    .filter((name, index, all) => rowColumns[detection].includes(name) && all.indexOf(name) === index)
  return <ExportMenu table={detection} params={params} shown={shown} />
}

/** The export of events: the columns that their table shows, from left to right, or all. */
export function EventExport({ screen, params }: Props) {
  return <ExportMenu table="events" params={params} shown={columnOrder(screen, eventColumnNames, eventColumnsHidden)} />
}
