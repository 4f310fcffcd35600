import { CircleDashed, Eraser, History, type LucideIcon, MoonStar } from 'lucide-react'
import type { BreakRow, ContinuityRow, VersionRow } from '#lib/model/rows.ts'

type Kind = { name: string; icon: LucideIcon; meaning: string }

/** What breaks a log, and what that says. */
export const breakKinds: Record<BreakRow['kind'], Kind> = {
  cleared: {
    name: 'Log cleared',
    icon: Eraser,
    meaning:
      'EventRecordID starts again while time goes on: the log was cleared, or the host was reinstalled or restored.',
  },
  clock: {
    name: 'Clock set back',
    icon: History,
    meaning: 'Time goes back by a minute or more while EventRecordID goes up.',
  },
  missing: {
    name: 'Records missing',
    icon: CircleDashed,
    meaning: 'Records that were logged and are not in this file, of whatever code.',
  },
  silence: {
    name: 'Silence',
    icon: MoonStar,
    meaning:
      'No record of the channel for more than 24 hours, though none is missing: the host was off, or Defender was.',
  },
}

/** What is known of a host if that is not everything. */
export const verdictWords: Record<ContinuityRow['verdict'], string | null> = {
  unbroken: null,
  query: 'Looks like a filtered export, so gaps cannot be determined',
  'no-ids': 'No EventRecordIDs: what is missing is unknown',
  scattered: 'EventRecordIDs in no order that can be followed',
}

export const versionKinds: Record<VersionRow['kind'], string> = {
  signature: 'Security intelligence',
  engine: 'Engine',
  platform: 'Platform',
}
