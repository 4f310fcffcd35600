import { copyFolders, ordinaryNames, systemFiles } from '#db/lookup/system-files.ts'

/** Shorter names, without `.exe`, are one letter from too many others. */
const shortestName = 5

/** Letters of other scripts that look like Latin ones, and digits that look like letters; i and 1 look like l. */
const alike: Readonly<Record<string, string>> = {
  ...{ 0: 'o', 1: 'l', 5: 's', i: 'l', '|': 'l', ı: 'l', '\u212a': 'k', ɡ: 'g' },
  // Cyrillic
  ...{ а: 'a', в: 'b', с: 'c', ԁ: 'd', е: 'e', һ: 'h', і: 'l', ј: 'j', к: 'k', м: 'm', о: 'o', р: 'p' },
  ...{ ԛ: 'q', ѕ: 's', т: 't', ѵ: 'v', ѡ: 'w', х: 'x', у: 'y', п: 'n' },
  // Greek
  ...{ α: 'a', ε: 'e', ι: 'l', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x' },
}
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g

const usual = /^[ -~]*$/

/** Two letters that look like one. */
const joined = (looks: string): string => looks.replaceAll('rn', 'm').replaceAll('vv', 'w')

/** A name as it looks: texts that a reader takes for one another have the same. */
export function looksOf(name: string): string {
  // Of most names only these look like another letter.
  if (usual.test(name)) return joined(name.toLowerCase().replace(/[015i|]/g, (letter) => alike[letter] as string))
  let looks = ''
  for (const letter of name.normalize('NFKC').toLowerCase().replace(invisible, '')) looks += alike[letter] ?? letter
  return joined(looks)
}

const byLooks: ReadonlyMap<string, string> = new Map([...systemFiles.keys()].map((name) => [looksOf(name), name]))
const longNames = [...systemFiles.keys()].filter((name) => name.length >= shortestName + '.exe'.length)
/** Those that can be one letter apart from a name, by its length. */
const near = Array.from({ length: Math.max(...longNames.map(({ length }) => length)) + 2 }, (_, length) =>
  longNames.filter((name) => Math.abs(name.length - length) <= 1),
)

/** Whether two texts differ by one letter that was added, removed, replaced, or swapped with the next. */
export function isOneLetterApart(one: string, other: string): boolean {
  const [length, otherLength] = [one.length, other.length]
  if (Math.abs(length - otherLength) > 1 || one === other) return false
  const shorter = Math.min(length, otherLength)
  let start = 0
  while (start < shorter && one.charCodeAt(start) === other.charCodeAt(start)) start++
  let end = 0
  while (end < shorter - start && one.charCodeAt(length - 1 - end) === other.charCodeAt(otherLength - 1 - end)) end++
  const left = Math.max(length, otherLength) - start - end
  if (left <= 1) return true
  return left === 2 && one.length === other.length && one[start] === other[start + 1] && one[start + 1] === other[start]
}

const isAbsolute = /^(?:\\|%|[a-z]:\\)/

/** Returns the program of Windows that a file name in lower case is easily taken for; null if there is none. */
export function systemNameLike(name: string): string | null {
  if (!name.endsWith('.exe') || systemFiles.has(name) || ordinaryNames.has(name)) return null
  const same = byLooks.get(looksOf(name))
  if (same !== undefined) return same
  const withoutDigits = name.replace(/\d{1,3}\.exe$/, '.exe')
  const candidates = withoutDigits === name ? (near[name.length] ?? []) : longNames
  return candidates.find((each) => each === withoutDigits || isOneLetterApart(each, name)) ?? null
}

/**
 * Returns the folders in which Windows has the program with this name, if it is in another one; null if it is in one of them or
 * is not a program of Windows, or if the folder is not known. The given folder is in lower case without the drive of Windows,
 * and ends in a backslash.
 */
export function foldersMissed(folder: string, name: string): readonly string[] | null {
  const folders = systemFiles.get(name)
  if (folders === undefined || !isAbsolute.test(folder)) return null
  const isThere =
    folders.some((each) => folder === `${each.toLowerCase()}\\`) || copyFolders.some((each) => folder.startsWith(each))
  return isThere ? null : folders
}
