import { type DetectionKey, detectionKeys } from '#lib/asr/detections.ts'
import type { TableName } from '#lib/params/params.ts'

/** What a host's page shows under its chart. */
export const hostTabs = ['results', 'risk', 'configuration', 'events'] as const
export type HostTab = (typeof hostTabs)[number]

/** The tab a URL names; the detection results where it names none. */
export const tabOf = (text: string | undefined): HostTab => hostTabs.find((tab) => tab === text) ?? 'results'

/** The detection a URL names for the results. */
export const detectionOf = (text: string | undefined): DetectionKey =>
  detectionKeys.find((key) => key === text) ?? 'stacking'

/** The table a tab shows, which says what it can be sorted by. */
export function tableOf(tab: HostTab, detection: DetectionKey): TableName {
  const tables = { results: detection, risk: 'risk', configuration: 'registry', events: 'events' }
  return tables[tab] as TableName
}

/** The names of the two drilldowns as the seed's searches have them. */
export const drilldownNames = {
  results: (dest: string): string => `View the detection results for - "${dest}"`,
  risk: (dest: string): string => `View risk events for the last 7 days for - "${dest}"`,
}
