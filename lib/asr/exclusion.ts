const variables: Record<string, string> = {
  systemdrive: 'c:',
  systemroot: 'c:\\windows',
  windir: 'c:\\windows',
  temp: 'c:\\temp',
  tmp: 'c:\\temp',
  userprofile: 'c:\\users\\*',
  homepath: 'c:\\users\\*',
  public: 'c:\\users\\public',
  appdata: 'c:\\users\\*\\appdata\\roaming',
  localappdata: 'c:\\users\\*\\appdata\\local',
  programdata: 'c:\\programdata',
  allusersprofile: 'c:\\programdata',
  programfiles: 'c:\\program files',
  'programfiles(x86)': 'c:\\program files',
  programw6432: 'c:\\program files',
}

/** Longer than any path Windows takes. */
const longestPath = 32_767

/** A drive: `C:`, `*:`, `\Device\HarddiskVolume3` or the share `\\server\c$`. */
const drive = /^(?:[a-z*?]:|\\device\\harddiskvolume[\d*]+|\\\\[^\\]+\\[a-z]\$)/
/** Folders of a drive that contain a complete profile, programs or temporary files, or that contain such a folder. */
const broadFolder =
  /^(?:\\(?:users|documents and settings)(?:\\[^\\]+)?|\\users\\[^\\]+\\appdata(?:\\local)?|\\program files(?: \(x86\))?|\\programdata|\\windows)?$/
/** A temporary folder anywhere, or every file with a name or an ending, in whatever folder. */
const broadAnywhere = /(?:^|\\)te?mp$|^(?:\*\.[^\\]*)?$/

/** Lower case, environment variables at their usual places, without quotes and without `\*` or `\*.*` at its end. */
function levelled(path: string): string {
  const text = path
    .replaceAll('"', '')
    .trim()
    .replaceAll('/', '\\')
    .replace(/^\\\\\?\\/, '')
    .toLowerCase()
    .replaceAll(/%([a-z0-9()]+)%/g, (match, name: string) => variables[name] ?? match)
  let end = text.endsWith('\\*.*') ? text.length - 4 : text.length
  while (end > 0 && (text[end - 1] === '\\' || text[end - 1] === '*')) end -= 1
  return text.slice(0, end)
}

/**
 * Whether an exclusion is as broad as a drive, a user profile, a program folder or a temp folder: it is one of these or
 * contains one.
 */
export function isBroadExclusion(path: string): boolean {
  if (path.trim() === '' || path.length > longestPath) return false
  const folder = levelled(path)
  const root = drive.exec(folder)
  return broadAnywhere.test(folder) || (root !== null && broadFolder.test(folder.slice(root[0].length)))
}
