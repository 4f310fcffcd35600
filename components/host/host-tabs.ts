import { type DetectionKey, detectionKeys } from '#lib/asr/detections.ts'
import type { TableName } from '#lib/params/params.ts'

/** What a host's page shows under its head. */
export const hostTabs = ['results', 'risk', 'configuration', 'events'] as const
export type HostTab = (typeof hostTabs)[number]

/** The name of each tab. */
export const tabNames: Record<HostTab, string> = {
  results: 'Detection results',
  risk: 'Risk events',
  configuration: 'Configuration',
  events: 'Events',
}

/** The heading of what a tab shows. Those of the two drilldowns are the names of the seed's searches. */
export const tabHeadings: Record<HostTab, (dest: string) => string> = {
  results: (dest) => `View the detection results for - "${dest}"`,
  risk: (dest) => `View risk events for the last 7 days for - "${dest}"`,
  configuration: (dest) => `Configuration changes of ${dest}`,
  events: (dest) => `Events of ${dest}`,
}

/** The tab that a URL names; the detection results if it names none. */
export const tabOf = (text: string | undefined): HostTab => hostTabs.find((tab) => tab === text) ?? 'results'

/**
 * The detection that a URL names for the results. Links of before 0.2 name a tab `stacks`, which had those of ASR Rules
 * Stacking whatever detection they name.
 */
export const detectionOf = (text: string | undefined, tab: string | undefined): DetectionKey =>
  detectionKeys.find((key) => key === text && tab !== 'stacks') ?? 'stacking'

/** The table of a tab, which determines what it can be sorted by. */
export function tableOf(tab: HostTab, detection: DetectionKey): TableName {
  const tables = { results: detection, risk: 'risk', configuration: 'registry', events: 'events' }
  return tables[tab] as TableName
}
