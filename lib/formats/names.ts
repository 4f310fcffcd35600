import { templates } from '#lib/asr/templates.ts'

/** Data names that logs spell in a second way, next to the spelling of the manifest. */
const spellings: Record<string, string> = {
  'inheritance flags': 'Inhertiance Flags',
  'detection time': 'Detection Time',
  'security intelligence version': 'Security intelligence Version',
}

const folded = (name: string): string => name.replace(/[ _]/g, ' ').toLowerCase()

const byCode = new Map<number, Map<string, string>>(
  Object.entries(templates).map(([code, names]) => [
    Number(code),
    new Map(names.map((name) => [folded(name), name] as const)),
  ]),
)

/**
 * The Data name as Windows has it, for one that an export has spelled its own way (`Process_Name`, `process Name`,
 * `param8`), or the name as it is if the event's template has none like it.
 */
export function windowsName(EventCode: number, name: string): string {
  const position = /^param(\d{1,2})$/i.exec(name)
  if (position) return templates[EventCode]?.[Number(position[1]) - 1] ?? name
  const fold = folded(name)
  return byCode.get(EventCode)?.get(fold) ?? spellings[fold] ?? name
}

/**
 * The Data names of an event logged with `count` values and no names. Events of 1121 and 1122 before 2020 have the first
 * ten of today's; 1133 and 1134 of Windows 10 builds up to 18990 lack `Unused` (manifest of that build).
 */
export function namesByPosition(EventCode: number, count: number): readonly string[] {
  const names = templates[EventCode] ?? []
  const isOlderDlp = (EventCode === 1133 || EventCode === 1134) && count === names.length - 1
  return isOlderDlp ? names.filter((name) => name !== 'Unused') : names
}
