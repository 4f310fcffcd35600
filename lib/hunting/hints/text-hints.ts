import { scriptHosts } from '#db/lookup/system-files.ts'
import { programOf } from '../forms/program.ts'
import type { TextKind } from '../forms/rule.ts'
import { type HintKey, hints } from './hints.ts'
import { canHaveWindows, hintsOfPlace, isCode, isOnNetwork, type Place, placeOf } from './place.ts'
import { foldersMissed, systemNameLike } from './system-name.ts'

/** What a text says by itself, and why, naming the path in it as it was logged. */
export type Finding = { hint: HintKey; reason: string }

/** The last name of a path, as it was logged. */
const nameIn = (path: string): string => path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1)
const folderIn = (path: string): string => path.slice(0, path.length - nameIn(path).length)

const reasonsOfPlace: Partial<Record<HintKey, string>> = {
  writable: 'which users can write to',
  temp: 'a folder for temporary files',
  download: 'where downloads and attachments are',
  removable: 'a drive other than C:',
  network: 'on another machine',
}

const inPlace = (hint: HintKey, path: string): Finding => ({
  hint,
  reason: `${nameIn(path)} is in ${folderIn(path)}, ${reasonsOfPlace[hint]}`,
})

function ofName(path: string, { drive, folder, name }: Place): Finding[] {
  const found: Finding[] = []
  const missed = foldersMissed(canHaveWindows(drive) || folder === '' ? folder : `${drive}${folder}`, name)
  if (missed !== null)
    found.push({ hint: 'misplaced', reason: `${nameIn(path)} is in ${folderIn(path)}, outside C:${missed[0]}` })
  const like = systemNameLike(name)
  if (like !== null) found.push({ hint: 'lookalike', reason: `${nameIn(path)} is easily taken for ${like}` })
  if (scriptHosts.has(name) || scriptHosts.has(`${name}.exe`))
    found.push({ hint: 'scriptHost', reason: `${nameIn(path)} runs the script or command that it is given` })
  if (name === 'lsass.exe')
    found.push({
      hint: 'swappedRoles',
      reason: `${nameIn(path)} is the target: Path is the program that opened it`,
    })
  return found
}

const ofPath = (path: string, place: Place): Finding[] => [
  ...ofName(path, place),
  ...hintsOfPlace(place).map((hint) => inPlace(hint, path)),
]

/** Where a path begins in an argument such as `/i:C:\a.dll` or `'\\host\share\a.ps1'`. */
const pathStart = /(?<![a-z])[a-z]:(?:\\|\/(?!\/))|\\\\(?=[^\\])|\\device\\/i

/** What a shell puts after a path. */
const closing = new Set([',', ';', ')', ']', "'"])

/**
 * The paths of code and of shares in the arguments of a command line. What is quoted is one path if it begins with one; all else is
 * split at blanks.
 */
function pathsIn(text: string): string[] {
  const words = text
    .split('"')
    .flatMap((part, index) => (index % 2 === 1 && pathStart.exec(part)?.index === 0 ? [part] : part.split(/\s/)))
  return words.flatMap((word) => {
    const start = word === '' ? null : pathStart.exec(word)
    if (start === null) return []
    let end = word.length
    while (closing.has(word.charAt(end - 1))) end--
    const path = word.slice(start.index, end)
    return path.startsWith('\\') || isCode(path) ? [path] : []
  })
}

function ofArguments(rest: string, isScriptHost: boolean): Finding[] {
  const found = pathsIn(rest).flatMap((path) => {
    const place = placeOf(path)
    if (isScriptHost && isOnNetwork(place)) return [inPlace('network', path)]
    return hintsOfPlace(place).map((hint) => inPlace(hint, path))
  })
  const address = isScriptHost ? /\b(?:https?|ftp):\/\/[^\s"']{1,200}/i.exec(rest)?.[0] : undefined
  return address === undefined
    ? found
    : [...found, { hint: 'network', reason: `${address} is an address on the network` }]
}

/** Returns what a text says by itself: of a command line, first its program and then its arguments. */
export function findingsIn(kind: TextKind, text: string): Finding[] {
  // A destination of network protection is always on the network.
  if (kind === 'path' && text.includes('://')) return []
  const path = (kind === 'path' ? text : programOf(text)).trim()
  const found = ofPath(path, placeOf(path))
  if (kind === 'path') return found
  const rest = text.slice(text.indexOf(path) + path.length)
  return [
    ...found,
    ...ofArguments(
      rest,
      found.some(({ hint }) => hint === 'scriptHost'),
    ),
  ]
}

/**
 * Returns the hints of a text as a mask of their bits. It depends on nothing else, so it can be kept for each distinct text. Two bits
 * mean less than their hint until `hintsOfMasks` has the rule: `removable` is any drive but C:, and `swappedRoles` is lsass.exe.
 */
export function textHints(kind: TextKind, text: string): number {
  let mask = 0
  for (const { hint } of findingsIn(kind, text)) mask |= hints[hint].bit
  return mask
}
