import { splitPath } from './path.ts'

/** What is shown instead of what is hidden. */
const hidden = '•••'

const profile = /((?:^|[\\/])(?:Users|Documents and Settings|home)[\\/])([^\\/]+)/gi
const shared = new Set(['public', 'default', 'all users', 'default user'])

/** A path with the name of the user whose profile it is in hidden. */
export const withoutUser = (path: string): string =>
  path.replace(profile, (match, folder: string, name: string) =>
    shared.has(name.toLowerCase()) ? match : `${folder}${hidden}`,
  )

const usersIn = (path: string): string[] =>
  [...path.matchAll(profile)].map(([, , name = '']) => name.toLowerCase()).filter((name) => !shared.has(name))

/** Files that are named by who made the program, and not by whoever uses it, as documents and scripts are. */
const program = /\.(?:exe|dll|sys|com|scr|cpl|ocx|drv|msi)$/i
const ending = /\.[a-z0-9]{1,5}$/i
/** A longer name is not that of a program that a reader knows. */
const longestName = 80

/**
 * A path as a screen in public can show it: `•••\setup.exe`. Folders are hidden, and so is the name of a file that is not a program or
 * has the name of the user in it.
 */
export function withoutPath(path: string): string {
  if (path === '' || path === 'NULL') return path
  const { head, parent, file } = splitPath(withoutUser(path))
  const folders = head + parent === '' ? '' : `${hidden}\\`
  const users = usersIn(path)
  const isShown =
    program.test(file) && file.length <= longestName && !users.some((user) => file.toLowerCase().includes(user))
  return folders + (isShown ? file : `${hidden}${program.exec(file)?.[0] ?? ending.exec(file)?.[0] ?? ''}`)
}

/** A name of a host; what a log has there but is a path is hidden. */
export const withoutPathInHost = (dest: string): string => (/[\\/]/.test(dest) ? hidden : dest)

/** What a setting of Defender can be without a text of its owner in it. */
const state =
  /^(?:NULL|0x[0-9a-f]{1,8}|\d{1,10}|not set|removed|empty|Disabled|Block|Audit|Warn|Not configured)(?: \(default\))?$/i

/** A value of a setting: hidden if it is not a state or a number. */
export const withoutText = (value: string): string => (state.test(value) ? value : hidden)

const shownChange = (how: string): boolean =>
  how === 'written again, nothing changed' || how.split(' → ').every((value) => state.test(value))

/**
 * A sentence about a configuration change (see `sentenceText`) without excluded paths, names of settings that are not known, and their
 * contents: `Exclusion added: •••`.
 */
export function withoutLogged(words: string): string {
  const at = words.indexOf(': ')
  const [what, how] = at === -1 ? [words, null] : [words.slice(0, at), words.slice(at + 2)]
  const shown = /^(?:Setting |.*[\\%])/s.test(what) ? `Setting ${hidden}` : what
  return how === null ? shown : `${shown}: ${shownChange(how) ? how : hidden}`
}
