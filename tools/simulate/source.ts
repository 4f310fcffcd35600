import type { DestKind } from './fleet.ts'
import type { RuleName } from './rules.ts'

/** When a source is busy: office hours, all the time, at night, or only while the bad release is out. */
export type Hours = 'office' | 'always' | 'night' | 'storm'

/** Something that keeps causing events. Fields are named as in the log; the others get their usual value. */
export type Source = {
  name: string
  /** Share of all background events, in no unit: twice the weight, twice the events. */
  weight: number
  hours: Hours
  on: readonly DestKind[]
  /** Share of those hosts on which it ever happens; few of them cause most of it. */
  reach: number
  /** Every host in turn, and not few of them most. */
  inTurn?: true
  /** 'mode': 1121 or 1122, as the host has the rule. */
  code: number | 'mode'
  rule?: RuleName
  fields: Record<string, string>
}

export const clients: readonly DestKind[] = ['workstation', 'laptop', 'developer']
export const servers: readonly DestKind[] = ['server', 'exchange', 'domainController']
export const everyone: readonly DestKind[] = [...clients, ...servers]
