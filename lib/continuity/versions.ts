import type { LoggedEvent, LoggedField } from '#lib/asr/event.ts'
import { templates } from '#lib/asr/templates.ts'
import type { Version, VersionKind } from '#lib/model/continuity.ts'
import { detached } from './detached.ts'
import { limits } from './limits.ts'

/** Data names as Windows writes them; `Signature Version` is how logs before the renaming of 2020 and 1131 to 1134 call it. */
const kinds = new Map<string, VersionKind>([
  ['Security intelligence Version', 'signature'],
  ['Signature Version', 'signature'],
  ['Engine Version', 'engine'],
  ['Product Version', 'platform'],
])
const folded = new Map(Array.from(kinds, ([name, kind]) => [name.toLowerCase(), kind]))

/** The kind of version that a field holds, or undefined. Most fields are recognized by their last letter to hold none. */
function kindOf(name: string): VersionKind | undefined {
  const last = name.charCodeAt(name.length - 1)
  return last === 0x6e || last === 0x4e ? (kinds.get(name) ?? folded.get(name.toLowerCase())) : undefined
}

/** Where the versions are in the template of each code. */
const places = new Map(
  Object.entries(templates).map(([code, names]) => [
    Number(code),
    names.flatMap((name, at) => {
      const kind = kindOf(name)
      return kind === undefined ? [] : [{ name, at, kind }]
    }),
  ]),
)

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
  // Most events name the versions of the one before.
  const latest: Partial<Record<VersionKind, Version>> = {}
  let unlisted = 0

  function add(kind: VersionKind, version: string, time: number): void {
    let found = latest[kind]
    if (found?.version !== version) found = seen[kind].get(version)
    if (found === undefined) {
      const isKept =
        seen[kind].size < limits.versions && room.versions > 0 && version.length <= limits.versionCharacters
      if (!isKept) {
        unlisted++
        return
      }
      room.versions--
      found = newVersion(kind, detached(version), time)
      seen[kind].set(found.version, found)
    }
    latest[kind] = found
    found.events++
    if (time < found.firstTime) found.firstTime = time
    if (time > found.lastTime) found.lastTime = time
  }

  /** Adds the versions of an event if it has them in the places of its template; returns false if not. */
  function addByTemplate(fields: readonly LoggedField[], EventCode: number, time: number): boolean {
    const own = places.get(EventCode)
    if (own === undefined) return false
    for (const { name, at } of own) if (fields[at]?.[0] !== name) return false
    for (const { at, kind } of own) {
      const version = fields[at]?.[1]
      if (version) add(kind, version, time)
    }
    return true
  }

  function addFields(fields: readonly LoggedField[], time: number): void {
    for (const field of fields) {
      const kind = kindOf(field[0])
      if (kind !== undefined && field[1] !== '') add(kind, field[1], time)
    }
  }

  return {
    add: ({ EventCode, sections, time }: LoggedEvent): void => {
      const { EventData } = sections
      if (EventData && !addByTemplate(EventData, EventCode, time)) addFields(EventData, time)
      if (sections.UserData) addFields(sections.UserData, time)
      if (sections.Message) addFields(sections.Message, time)
    },
    list: (): Version[] => Object.values(seen).flatMap((versions) => [...versions.values()]),
    /** Events that named a version for which there was no room. */
    unlisted: () => unlisted,
  }
}
