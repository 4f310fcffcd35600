import type { LoggedEvent, LoggedField } from '#lib/asr/event.ts'
import type { Version, VersionKind } from '#lib/store/store.ts'
import { limits } from './limits.ts'

/** Data names in lower case; `Signature Version` is how logs before the renaming of 2020 and 1131 to 1134 call it. */
const kinds: Record<string, VersionKind> = {
  'security intelligence version': 'signature',
  'signature version': 'signature',
  'engine version': 'engine',
  'product version': 'platform',
}
const lastLetters = new Set(['n', 'N'].map((letter) => letter.charCodeAt(0)))

/** The kind of version that a field holds, or undefined. Most fields are told by their last letter to hold none. */
const kindOf = (name: string): VersionKind | undefined =>
  lastLetters.has(name.charCodeAt(name.length - 1)) ? kinds[name.toLowerCase()] : undefined

const newVersion = (kind: VersionKind, version: string, time: number): Version => ({
  kind,
  version,
  events: 0,
  firstTime: time,
  lastTime: time,
})

/** Gathers the versions that the events of one dest name; `room` is how many more may be kept of all dests. */
export function openVersions(room: { versions: number }) {
  const seen = { signature: new Map(), engine: new Map(), platform: new Map() } as Record<
    VersionKind,
    Map<string, Version>
  >
  let unlisted = 0

  function add(kind: VersionKind, version: string, time: number): void {
    let found = seen[kind].get(version)
    if (found === undefined) {
      const isKept =
        seen[kind].size < limits.versions && room.versions > 0 && version.length <= limits.versionCharacters
      if (!isKept) {
        unlisted++
        return
      }
      room.versions--
      found = newVersion(kind, version, time)
      seen[kind].set(version, found)
    }
    found.events++
    if (time < found.firstTime) found.firstTime = time
    if (time > found.lastTime) found.lastTime = time
  }

  function addFields(fields: readonly LoggedField[], time: number): void {
    for (const field of fields) {
      const kind = kindOf(field[0])
      if (kind !== undefined && field[1] !== '') add(kind, field[1], time)
    }
  }

  return {
    add: ({ sections, time }: LoggedEvent): void => {
      if (sections.EventData) addFields(sections.EventData, time)
      if (sections.UserData) addFields(sections.UserData, time)
      if (sections.Message) addFields(sections.Message, time)
    },
    list: (): Version[] => Object.values(seen).flatMap((versions) => [...versions.values()]),
    /** Events that named a version for which there was no room. */
    unlisted: () => unlisted,
  }
}
