import type { LoggedEvent } from '#lib/asr/event.ts'
import type { DestContinuity, Stretch } from '#lib/model/continuity.ts'
import { chainsOf, extend, type Run } from './chains.ts'
import { limits } from './limits.ts'
import { stretchesOf } from './stretches.ts'
import { openVersions } from './versions.ts'

/** How much more may be kept of all dests of an upload. */
export type Room = { runs: number; versions: number; stretches: number }

/** Runs at which they are put together for the first time. */
const firstJoin = 1000

const countOf = (stretches: readonly Stretch[], kind: Stretch['after']): number =>
  stretches.filter(({ after }) => after === kind).length

/** Follows the records of one dest through a log, in whichever order they come. */
export function openDest(dest: string, room: Room) {
  const versions = openVersions(room)
  let records = 0
  let withoutId = 0
  let hasRoutine = false
  let firstTime = Number.POSITIVE_INFINITY
  let lastTime = Number.NEGATIVE_INFINITY
  let last: Run | null = null
  let runs: Run[] | null = []
  let nextJoin = firstJoin

  function replace(joined: Run[] | null): void {
    room.runs += (runs?.length ?? 0) - (joined?.length ?? 0)
    runs = joined
    last = null
  }

  function addRun(id: number, time: number): void {
    if (runs === null) return
    if (runs.length >= nextJoin || room.runs === 0) {
      const joined = chainsOf(runs, limits.chains)?.flat() ?? null
      replace(joined && joined.length < limits.runs ? joined : null)
      nextJoin = Math.max(firstJoin, 2 * (joined?.length ?? 0))
      if (room.runs === 0) replace(null)
      if (runs === null) return
    }
    last = { firstId: id, lastId: id, firstTime: time, lastTime: time }
    runs.push(last)
    room.runs--
  }

  function verdictOf(stretches: Stretch[] | null): DestContinuity['verdict'] {
    if (records === withoutId) return 'no-ids'
    if (stretches === null) return 'scattered'
    const gaps = countOf(stretches, 'missing')
    const isQuery = gaps > 0 && (!hasRoutine || withoutId > 0 || 2 * gaps >= records)
    return isQuery ? 'query' : 'unbroken'
  }

  return {
    record: (recordId: number | null, time: number | null, isRoutine: boolean): void => {
      records++
      if (isRoutine) hasRoutine = true
      if (time !== null && time < firstTime) firstTime = time
      if (time !== null && time > lastTime) lastTime = time
      if (recordId === null || time === null) withoutId++
      else if (last === null || !extend(last, recordId, time)) addRun(recordId, time)
    },
    versions: (event: LoggedEvent): void => versions.add(event),
    /** What was found; called once, at the end of the log. */
    close: (): DestContinuity => {
      const all = runs === null ? null : stretchesOf(runs)
      replace([])
      const stretches = (all ?? []).slice(0, Math.min(limits.stretches, room.stretches))
      room.stretches -= stretches.length
      const sums = all ?? []
      const missing = Math.min(
        sums.reduce((sum, stretch) => sum + stretch.missing, 0),
        Number.MAX_SAFE_INTEGER,
      )
      return {
        dest,
        records,
        withoutId,
        firstTime: firstTime > lastTime ? null : firstTime,
        lastTime: firstTime > lastTime ? null : lastTime,
        verdict: verdictOf(all),
        gaps: countOf(sums, 'missing'),
        missing,
        silences: countOf(sums, 'silence'),
        clears: countOf(sums, 'cleared'),
        clockJumps: countOf(sums, 'clock'),
        stretchCount: sums.length,
        stretches,
        versions: versions.list(),
        unlistedVersions: versions.unlisted(),
      }
    },
  }
}
