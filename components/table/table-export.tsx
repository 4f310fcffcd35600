'use client'
import type { DetectionKey } from '#lib/asr/detections.ts'
import { rowColumns } from '#lib/params/columns.ts'
import type { Params } from '#lib/params/params.ts'
import type { Screen } from '#lib/params/screen.ts'
import { columnVisibility } from './column-choice.ts'
import { tableColumns } from './column-names.ts'
import { detectionColumns } from './detection-columns.ts'
import { eventColumnNames, eventColumnsHidden } from './event-column-names.ts'
import { ExportMenu } from './export-menu.tsx'

type Props = { screen: Screen; params: Params }

/** The export of a detection: the columns that its table shows, from left to right, or all. */
export function DetectionExport({ detection, screen, params }: Props & { detection: DetectionKey }) {
  const isShown = columnVisibility(screen, tableColumns(detection))
  const names = detectionColumns[detection].map((column) => ('accessorKey' in column ? String(column.accessorKey) : ''))
  const shown = names.filter((name) => isShown[name] && rowColumns[detection].includes(name))
  return <ExportMenu table={detection} params={params} shown={shown} />
}

/** The export of events: the columns that their table shows, from left to right, or all. */
export function EventExport({ screen, params }: Props) {
  const isShown = columnVisibility(screen, eventColumnNames, eventColumnsHidden)
  return <ExportMenu table="events" params={params} shown={eventColumnNames.filter((name) => isShown[name])} />
}
