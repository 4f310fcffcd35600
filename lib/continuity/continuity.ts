import type { LoggedEvent } from '#lib/asr/event.ts'
import { isRoutine } from '#lib/asr/routine.ts'
import type { Trace } from '#lib/formats/outcome.ts'
import type { Continuity } from '#lib/model/continuity.ts'
import { openDest, type Room } from './dest.ts'
import { detached } from './detached.ts'
import { limits } from './limits.ts'

type Dest = ReturnType<typeof openDest>

/**
 * Follows the records of Defender's channel through one log, to report at its end where records are missing, where the log
 * was cleared and where the clock was set back. Whatever a log contains, no more is kept than `limits` allow.
 */
export function openContinuity() {
  const room: Room = { runs: limits.allRuns, versions: limits.allVersions, stretches: limits.allStretches }
  const dests = new Map<string, Dest>()
  const bySpelling = new Map<string, Dest>()
  let unchecked = 0

  /** The dest of a name in whichever case; null if there is no room for it. */
  function destOf(name: string): Dest | null {
    const known = bySpelling.get(name)
    if (known !== undefined) return known
    if (name.length > limits.destCharacters) return null
    const own = detached(name)
    const key = own.toLowerCase()
    let dest = dests.get(key)
    if (dest === undefined) {
      if (dests.size === limits.dests) return null
      dest = openDest(own, room)
      dests.set(key, dest)
    }
    if (bySpelling.size < limits.dests) bySpelling.set(own, dest)
    return dest
  }

  return {
    /** An event that is kept. */
    event: (event: LoggedEvent): void => {
      const dest = destOf(event.dest)
      if (dest === null) unchecked++
      dest?.record(event.recordId, event.time, false)
      dest?.versions(event)
    },
    /** A record of the channel that is only counted. */
    other: ({ EventCode, dest: name, recordId, time }: Trace): void => {
      const dest = destOf(name)
      if (dest === null) unchecked++
      dest?.record(recordId, time, isRoutine(EventCode))
    },
    /** What was found, dest by dest in the order of their names; called once, at the end of the log. */
    close: (): Continuity => ({
      dests: [...dests].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, dest]) => dest.close()),
      unchecked,
    }),
  }
}
