import { scriptHosts } from '#db/lookup/system-files.ts'
import { programOf } from '../forms/program.ts'
import type { TextKind } from '../forms/rule.ts'
import { type HintKey, hints } from './hints.ts'
import { canHaveWindows, hintsOfPlace, isCode, isOnNetwork, type Place, placeOf } from './place.ts'
import { foldersMissed, systemNameLike } from './system-name.ts'

/** What a text says by itself, and why, naming the path in it as it was logged. */
export type Finding = { hint: HintKey; reason: string }

/** The same with its reason not put into words: of most texts only the hints are wanted. */
type Found = { hint: HintKey; reason: () => string }

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

const inPlace = (hint: HintKey, path: string): Found => ({
  hint,
  reason: () => `${nameIn(path)} is in ${folderIn(path)}, ${reasonsOfPlace[hint]}`,
})

function ofName(path: string, { drive, folder, name }: Place): Found[] {
  const found: Found[] = []
  const missed = foldersMissed(canHaveWindows(drive) || folder === '' ? folder : `${drive}${folder}`, name)
  if (missed !== null)
    found.push({ hint: 'misplaced', reason: () => `${nameIn(path)} is in ${folderIn(path)}, outside C:${missed[0]}` })
  const like = systemNameLike(name)
  if (like !== null) found.push({ hint: 'lookalike', reason: () => `${nameIn(path)} is easily taken for ${like}` })
  if (scriptHosts.has(name) || scriptHosts.has(`${name}.exe`))
    found.push({ hint: 'scriptHost', reason: () => `${nameIn(path)} runs the script or command that it is given` })
  if (name === 'lsass.exe')
    found.push({
      hint: 'swappedRoles',
      reason: () => `${nameIn(path)} is the target: Path is the program that opened it`,
    })
  return found
}

function ofPath(path: string, place: Place): Found[] {
  const found = ofName(path, place)
  for (const hint of hintsOfPlace(place)) found.push(inPlace(hint, path))
  return found
}

/** Where a path begins in an argument such as `/i:C:\a.dll` or `'\\host\share\a.ps1'`. */
const pathStart = /(?<![a-z])[a-z]:(?:\\|\/(?!\/))|\\\\(?=[^\\])|\\device\\/i

/** Whether there can be such a beginning: looking for this costs less. */
const canHavePath = (text: string): boolean => text.includes('\\') || text.includes(':/')

/** What a shell puts after a path. */
const closing = new Set([',', ';', ')', ']', "'"])

/**
 * The paths of code and of shares in the arguments of a command line. What is quoted is one path if it begins with one; all else is
 * split at blanks.
 */
function pathsIn(text: string): string[] {
  const paths: string[] = []
  for (const [index, part] of text.split('"').entries()) {
    if (!canHavePath(part)) continue
    const isOne = index % 2 === 1 && pathStart.exec(part)?.index === 0
    for (const word of isOne ? [part] : part.split(/\s/)) {
      const start = canHavePath(word) ? pathStart.exec(word) : null
      if (start === null) continue
      let end = word.length
      while (closing.has(word.charAt(end - 1))) end--
      const path = word.slice(start.index, end)
      if (path.startsWith('\\') || isCode(path)) paths.push(path)
    }
  }
  return paths
}

function ofArguments(rest: string, isScriptHost: boolean): Found[] {
  const found = pathsIn(rest).flatMap((path) => {
    const place = placeOf(path)
    if (isScriptHost && isOnNetwork(place)) return [inPlace('network', path)]
    return hintsOfPlace(place).map((hint) => inPlace(hint, path))
  })
  const address = isScriptHost ? /\b(?:https?|ftp):\/\/[^\s"']{1,200}/i.exec(rest)?.[0] : undefined
  return address === undefined
    ? found
    : [...found, { hint: 'network', reason: () => `${address} is an address on the network` }]
}

/** The path that a text is or begins with, and of a command line what follows it; null for a destination of network protection. */
function split(kind: TextKind, text: string): { path: string; rest: string | null } | null {
  // It is always on the network.
  if (kind === 'path') return text.includes('://') ? null : { path: text.trim(), rest: null }
  const path = programOf(text).trim()
  return { path, rest: text.slice(text.indexOf(path) + path.length) }
}

/** Returns what a text says by itself: of a command line, first its program and then its arguments. */
export function findingsIn(kind: TextKind, text: string): Finding[] {
  const parts = split(kind, text)
  if (parts === null) return []
  const { path, rest } = parts
  const found = ofPath(path, placeOf(path))
  const isScriptHost = found.some(({ hint }) => hint === 'scriptHost')
  const all = rest === null ? found : [...found, ...ofArguments(rest, isScriptHost)]
  return all.map(({ hint, reason }) => ({ hint, reason: reason() }))
}

const maskOf = (found: readonly Found[]): number => found.reduce((mask, { hint }) => mask | hints[hint].bit, 0)

/** Returns the hints of a path as a mask. */
export const pathHints = (path: string): number => maskOf(ofPath(path, placeOf(path)))

/**
 * Returns the hints of a text as a mask of their bits. It depends on nothing else, so it can be kept for each distinct text. Two bits
 * mean less than their hint until `hintsOfMasks` has the rule: `removable` is any drive but C:, and `swappedRoles` is lsass.exe.
 * `ofProgram` returns those of the program of a command line: many have the same.
 */
export function textHints(kind: TextKind, text: string, ofProgram: (path: string) => number = pathHints): number {
  const parts = split(kind, text)
  if (parts === null) return 0
  const { path, rest } = parts
  if (rest === null) return pathHints(path)
  const mask = ofProgram(path)
  return mask | maskOf(ofArguments(rest, (mask & hints.scriptHost.bit) !== 0))
}
