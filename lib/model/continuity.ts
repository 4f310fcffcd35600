export const versionKinds = ['signature', 'engine', 'platform'] as const
export type VersionKind = (typeof versionKinds)[number]

/** What can come between two stretches of a log. */
export const breakKinds = ['missing', 'silence', 'cleared', 'clock'] as const

/** How complete a log is for a host: see `DestContinuity`. */
export const verdicts = ['unbroken', 'query', 'no-ids', 'scattered'] as const

/** A version that the events of a host name, and when. */
export type Version = { kind: VersionKind; version: string; events: number; firstTime: number; lastTime: number }

/**
 * Records with consecutive EventRecordIDs, and what comes before them: missing ids, a silence of more than a day, ids
 * that start again (the log was cleared), or time that goes back (the clock was set).
 */
export type Stretch = {
  after: (typeof breakKinds)[number] | null
  /** Ids that are missing between the previous stretch and this one. */
  missing: number
  firstId: number
  lastId: number
  firstTime: number
  lastTime: number
}

/**
 * What a log contains of one host, including records of codes that are not stored. `verdict`: the log is complete except
 * for the listed breaks ('unbroken'), looks like the result of a query ('query': missing ids mean nothing), has no
 * EventRecordIDs ('no-ids'), or has so many stretches that they were not followed ('scattered').
 */
export type DestContinuity = {
  dest: string
  records: number
  /** Records whose id or time is unknown. */
  withoutId: number
  firstTime: number | null
  lastTime: number | null
  verdict: (typeof verdicts)[number]
  gaps: number
  missing: number
  silences: number
  clears: number
  clockJumps: number
  /** The number of stretches; of very many only the first are stored. */
  stretchCount: number
  stretches: Stretch[]
  versions: Version[]
  /** Events with a version that is not in `versions`, which is limited. */
  unlistedVersions: number
}

/** How complete a log is; `unchecked` records are of hosts beyond those that are checked. */
export type Continuity = { dests: DestContinuity[]; unchecked: number }
