import {
  codeEndings,
  downloadParts,
  networkDevices,
  protectedFolders,
  tempParts,
  writableFolders,
} from '#db/lookup/places.ts'
import { levelPlaces } from '../forms/rules.ts'
import type { HintKey } from './hints.ts'

/** A path taken apart: `name` and `folder` in lower case, the folder with its last backslash and without `drive`. */
export type Place = { drive: string; folder: string; name: string }

/** The drive of Windows under its other names, volumes by their number, and any drive. */
const drive = /^(?:[a-z]:|%systemdrive%|\\device\\harddiskvolume<n>)(?=\\)/
const windowsFolder = /^(?:%systemroot%|%windir%|\\systemroot)(?=\\)/

/** A path without `..`, so that `C:\Windows\..\Users` is not in Windows. */
function resolved(path: string): string {
  if (!path.includes('\\..\\')) return path
  const parts: string[] = []
  for (const part of path.split('\\'))
    if (part === '..' && parts.length > 1) parts.pop()
    else parts.push(part)
  return parts.join('\\')
}

/** Takes a path apart. */
export function placeOf(path: string): Place {
  const text = resolved(levelPlaces(path).replaceAll('/', '\\')).replace(windowsFolder, 'c:\\windows')
  const found = drive.exec(text)?.[0] ?? ''
  const rest = text.slice(found.length)
  const cut = rest.lastIndexOf('\\') + 1
  return { drive: found === '%systemdrive%' ? 'c:' : found, folder: rest.slice(0, cut), name: rest.slice(cut) }
}

/** Whether a file of this name runs, or can contain code. */
export const isCode = (name: string): boolean => codeEndings.has(name.slice(name.lastIndexOf('.') + 1).toLowerCase())

/** Whether a path is on another machine. */
export const isOnNetwork = ({ drive, folder }: Place): boolean =>
  (drive === '' && /^\\\\[^\\?.]/.test(folder)) || networkDevices.some((each) => folder.startsWith(each))

/** Whether Windows can be on the drive: `C:`, or a volume of which only the number is known. */
export const canHaveWindows = (drive: string): boolean => drive === 'c:' || drive.startsWith('\\')

const isWritable = ({ folder }: Place): boolean =>
  !protectedFolders.some((each) => folder.startsWith(each)) || writableFolders.some((each) => folder.startsWith(each))

/** Returns what the place of a file says about it; nothing if the file does not run, or its folder is not known. */
export function hintsOfPlace(place: Place): HintKey[] {
  if (place.folder === '' || !isCode(place.name)) return []
  if (isOnNetwork(place)) return ['network']
  const kept: HintKey[] = []
  if (tempParts.some((part) => place.folder.includes(part))) kept.push('temp')
  if (downloadParts.some((part) => place.folder.includes(part))) kept.push('download')
  // Both are user-writable as well, and say more.
  if (kept.length === 0 && place.drive !== '' && isWritable(place)) kept.push('writable')
  if (/^[a-z]:$/.test(place.drive) && place.drive !== 'c:') kept.push('removable')
  return kept
}
