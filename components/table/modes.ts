import { CircleDashed, Eye, type LucideIcon, OctagonX, SlidersHorizontal, UserCheck } from 'lucide-react'
import { codes, type Mode, modeNames } from '#lib/asr/codes.ts'

/** What an event means on screen: the five meanings, of which `other` is whatever has no mode. */
export type Meaning = Mode | 'other'

export const meaningNames: Record<Meaning, string> = { ...modeNames, other: 'Other' }

export const meaningIcons: Record<Meaning, LucideIcon> = {
  block: OctagonX,
  audit: Eye,
  override: UserCheck,
  configuration: SlidersHorizontal,
  other: CircleDashed,
}

/** The word of a meaning in a narrow column. */
export const meaningShort: Record<Meaning, string> = { ...meaningNames, configuration: 'Config' }

/** Classes of a meaning's icon and word. */
export const meaningInk: Record<Meaning, string> = {
  block: 'text-block-ink',
  audit: 'text-audit-ink',
  override: 'text-override-ink',
  configuration: 'text-configuration-ink',
  other: 'text-other-ink',
}

/** Classes of a meaning's mark in a chart or bar. */
export const meaningFill: Record<Meaning, string> = {
  block: 'fill-block',
  audit: 'fill-audit',
  override: 'fill-override',
  configuration: 'fill-configuration',
  other: 'fill-other',
}

/** What an EventCode means. */
export const meaningOf = (eventCode: number): Meaning => codes[eventCode]?.mode ?? 'other'
