import { both, type FormRule } from './rule.ts'

/** Folders of `C:\Users` that are not the profile of a user. */
const shared = new Set(['public', 'default', 'default user', 'all users'])

/** A segment of a path that is followed by another one, without what no file name contains; it does not end in a blank. */
const segment = '[^\\\\/:*?"<>|]*[^\\\\/:*?"<>| ]'
const profile = new RegExp(`([\\\\/])(?:users|documents and settings)([\\\\/])(${segment})(?=[\\\\/])`, 'g')

/** Short names of folders of which every 64-bit Windows has the same, with the folder they must be in. */
const shortNames: readonly (readonly [pattern: RegExp, folder: string])[] = [
  [/(?<=[a-z]:\\)progra~1(?=\\)/g, 'program files'],
  [/(?<=[a-z]:\\)progra~2(?=\\)/g, 'program files (x86)'],
  [/(?<=[a-z]:\\)progra~3(?=\\)/g, 'programdata'],
  [/(?<=[a-z]:\\)docume~1(?=\\)/g, 'documents and settings'],
  [/(?<=\\program files(?: \(x86\))?\\)common~1(?=\\)/g, 'common files'],
  [/(?<=\\)locals~1(?=\\)/g, 'local settings'],
  [/(?<=\\)applic~1(?=\\)/g, 'application data'],
]

/** The same place under several names. */
export const placeRules: readonly FormRule[] = [
  {
    name: 'Prefixes of the kernel',
    covers: '`\\\\?\\`, `\\\\.\\` and `\\??\\` before a drive or a share, and `\\Device\\Mup\\` for a share',
    kinds: both,
    needs: ['\\\\?\\', '\\??\\', '\\\\.\\', '\\device\\mup\\'],
    apply: (text) =>
      text
        .replace(/(?:\\\\[?.]|\\\?\?)\\(?=[a-z]:\\)/g, '')
        .replace(/(?:\\\\\?|\\\?\?)\\unc\\/g, '\\\\')
        .replace(/\\device\\mup\\/g, '\\\\'),
    examples: [
      ['\\\\?\\C:\\Tools\\a.exe', 'c:\\tools\\a.exe'],
      ['\\??\\C:\\Tools\\a.exe', 'c:\\tools\\a.exe'],
      ['\\\\?\\UNC\\files\\share\\a.exe', '\\\\files\\share\\a.exe'],
      ['\\Device\\Mup\\files\\share\\a.exe', '\\\\files\\share\\a.exe'],
    ],
    apart: [
      ['\\\\.\\C:', 'C:'],
      ['\\\\.\\PhysicalDrive0', 'PhysicalDrive0'],
      ['\\\\files\\c$\\Tools\\a.exe', 'C:\\Tools\\a.exe'],
    ],
  },
  {
    name: 'Numbers of volumes',
    covers: '`\\Device\\HarddiskVolumeN`: Windows counts volumes in another order on every host',
    kinds: both,
    needs: ['\\device\\harddiskvolume'],
    apply: (text) => text.replace(/\\device\\harddiskvolume(shadowcopy)?\d+(?!\w)/g, '\\device\\harddiskvolume$1<n>'),
    examples: [
      ['\\Device\\HarddiskVolume3\\Tools\\a.exe', '\\device\\harddiskvolume<n>\\tools\\a.exe'],
      [
        '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy12\\a',
        '\\\\?\\globalroot\\device\\harddiskvolumeshadowcopy<n>\\a',
      ],
    ],
    apart: [
      ['\\Device\\HarddiskVolume3\\Windows\\a.exe', 'C:\\Windows\\a.exe'],
      ['\\Device\\HarddiskVolume3\\a.dit', '\\Device\\HarddiskVolumeShadowCopy3\\a.dit'],
      ['\\Device\\Harddisk0\\DR0', '\\Device\\Harddisk1\\DR1'],
    ],
  },
  {
    name: 'Short names',
    covers:
      'folders in 8.3 form, if every Windows gives them the same one: `PROGRA~1`, `PROGRA~2`, `PROGRA~3`, `DOCUME~1`, `COMMON~1`, `LOCALS~1`, `APPLIC~1`',
    kinds: both,
    needs: ['~'],
    apply: (text) => shortNames.reduce((rest, [pattern, folder]) => rest.replace(pattern, folder), text),
    examples: [
      ['C:\\PROGRA~1\\COMMON~1\\a.exe', 'c:\\program files\\common files\\a.exe'],
      ['C:\\PROGRA~2\\a.exe', 'c:\\program files (x86)\\a.exe'],
      ['C:\\DOCUME~1\\ANNAME~1\\LOCALS~1\\Temp\\a.exe', 'c:\\users\\<user>\\local settings\\temp\\a.exe'],
    ],
    apart: [
      ['C:\\MICROS~1\\a.exe', 'C:\\MICROS~2\\a.exe'],
      ['C:\\Tools\\PROGRA~1\\a.exe', 'C:\\Tools\\Program Files\\a.exe'],
    ],
  },
  {
    name: 'User profiles',
    covers:
      'the name of the user in `C:\\Users\\<user>\\`, also under its old name `Documents and Settings`, on any drive or share',
    kinds: both,
    needs: ['users', 'documents and settings'],
    apply: (text) =>
      text.replace(profile, (found, before: string, after: string, name: string) =>
        shared.has(name) ? found : `${before}users${after}<user>`,
      ),
    examples: [
      ['C:\\Users\\anna.meyer\\Downloads\\a.exe', 'c:\\users\\<user>\\downloads\\a.exe'],
      ['C:\\Documents and Settings\\Anna Meyer\\a.exe', 'c:\\users\\<user>\\a.exe'],
      ['\\\\pc-7\\c$\\Users\\zoë.李\\a.exe', '\\\\pc-7\\c$\\users\\<user>\\a.exe'],
      ['C:/Users/anna/a.exe', 'c:/users/<user>/a.exe'],
    ],
    apart: [
      ['C:\\Users\\Public\\enc.exe', 'C:\\Users\\anna\\enc.exe'],
      ['C:\\Users\\Default\\a.exe', 'C:\\Users\\anna\\a.exe'],
      ['C:\\Users\\rclone.exe', 'C:\\Users\\update.exe'],
      ['C:\\Users\\enc.exe', 'C:\\Users\\anna\\enc.exe'],
    ],
  },
]
