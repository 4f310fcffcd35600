import { programOf } from './program.ts'
import type { TextKind } from './rule.ts'
import { normalise } from './rules.ts'

/** The detail ladder, from every detail to the fewest. */
export const formSteps = ['exact', 'normalised', 'folder', 'name'] as const
export type FormStep = (typeof formSteps)[number]

/** What the folder step returns for a text without a folder, such as `explorer.exe`. */
export const noFolder = '<no folder>'

/**
 * Returns a logged value at one step of the detail ladder. `exact`: as logged. `normalised`: see `formRules`. `folder` and
 * `name`: of the normalised path; of a command line, of its program; of a URL, its address without the last part and its
 * host.
 */
export function formOf(step: FormStep, kind: TextKind, text: string): string {
  if (step === 'exact') return text
  if (step === 'normalised') return normalise(kind, text)
  const path = normalise('path', kind === 'command' ? programOf(text) : text)
  if (path === '') return ''
  const url = /^[a-z][a-z0-9+.-]{0,30}:\/\/([^/?#]*)/.exec(path)
  if (url !== null) return step === 'name' ? (url[1] ?? '') : folderOfUrl(path, url[0].length)
  const end = withoutSeparators(path)
  const cut = lastSeparator(path, end - 1)
  if (step === 'name') return path.slice(cut + 1, end)
  return cut === -1 ? noFolder : folderOf(path, cut)
}

const isSeparator = (path: string, at: number): boolean => path[at] === '\\' || path[at] === '/'

/** The end of a path without separators after its last name; the path itself if it has no name. */
function withoutSeparators(path: string): number {
  let end = path.length
  while (end > 0 && isSeparator(path, end - 1)) end--
  return end === 0 ? path.length : end
}

const lastSeparator = (path: string, from: number): number =>
  from < 0 ? -1 : Math.max(path.lastIndexOf('\\', from), path.lastIndexOf('/', from))

/** The folder before a separator; the root of a drive and `\\` keep theirs. */
function folderOf(path: string, cut: number): string {
  const folder = path.slice(0, cut)
  return /^(?:[a-z]:|\\?)$/.test(folder) ? path.slice(0, cut + 1) : folder
}

/** A URL without query, fragment and the last part of its path. */
function folderOfUrl(url: string, rootLength: number): string {
  const end = url.slice(rootLength).search(/[?#]/)
  const path = end === -1 ? url : url.slice(0, rootLength + end)
  return path.slice(0, Math.max(rootLength, path.lastIndexOf('/')))
}
