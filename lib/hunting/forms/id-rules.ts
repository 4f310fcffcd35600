import { guidText } from '#lib/asr/guid.ts'
import { isRandom } from './randomness.ts'
import { both, type FormRule, isAlphanumeric } from './rule.ts'

const guid = new RegExp(guidText.toLowerCase(), 'g')
/** Every GUID has this; searching for it takes a quarter of the time. */
const groupOfGuid = /-[0-9a-f]{4}-/
/** A GUID after one of these names a class, and not one run or one machine. */
const classBefore = /(?:\/processid:|\/factory,|::|clsid[:\\])\{?$/

/** Whether what was found at a place is a token of its own, and not a part of a longer one. */
const isToken = (found: string, at: number, text: string): boolean =>
  !isAlphanumeric(text.charAt(at - 1)) && !isAlphanumeric(text.charAt(at + found.length))

const isGuidOfClass = (at: number, text: string): boolean => classBefore.test(text.slice(Math.max(0, at - 12), at))

function withoutGuids(text: string): string {
  if (!groupOfGuid.test(text)) return text
  return text
    .replace(guid, (found, at: number) => (isToken(found, at, text) && !isGuidOfClass(at, text) ? '<guid>' : found))
    .replaceAll('{<guid>}', '<guid>')
}

/** Accounts and groups of a domain (S-1-5-21), accounts of Entra ID (S-1-12-1) and sessions (S-1-5-5). */
const sid = /(?<!\w)s-1-(?:5-21(?:-\d{1,10}){3}(?:-(\d{1,10}))?|12-1(?:-\d{1,10}){4}|5-5-\d{1,10}-\d{1,10})(?![\w-])/g
/** Relative ids below this are of accounts and groups that every domain has, such as 500, the administrator. */
const ownIds = 1000

const version = /\d{1,5}(?:\.\d{1,10}){2,4}(?!\.?\d)(?:-(?:\d{1,4}(?!\w)|(?:alpha|beta|rc|preview|dev)[\d.]{0,8}))?/g

/** Whether what looks like a version is a part of a longer number. */
const isPart = (at: number, text: string): boolean => /\d\.?$/.test(text.slice(Math.max(0, at - 2), at))

/** Whether what looks like a version is an IP address: four numbers below 256 that are not part of the name of a file. */
function isAddress(found: string, at: number, text: string): boolean {
  const parts = found.split('.')
  if (parts.length !== 4 || !parts.every((part) => Number(part) < 256)) return false
  const before = text.charAt(at - 1)
  if (before === '\\') return text.charAt(at - 2) === '\\'
  return !/[-_a-z]/.test(before) && text.charAt(at + found.length) !== '\\'
}

const hex = /[0-9a-f]{8}[0-9a-f]*/g
/** Digits of a SHA-512. What is longer is not an id: it has content. */
const longestHash = 128

/** Ids and versions, wherever they are in a text. */
export const idRules: readonly FormRule[] = [
  {
    name: 'GUIDs',
    covers:
      'GUIDs with and without braces, except after `/processid:`, `/factory,`, `::` and `CLSID`, where they name a class',
    kinds: both,
    needs: ['-'],
    apply: withoutGuids,
    examples: [
      [
        'C:\\Windows\\IMECache\\bdf1e9d2-a23f-4536-826f-90fc14da76b6_1\\a.exe',
        'c:\\windows\\imecache\\<guid>_1\\a.exe',
      ],
      ['C:\\Windows\\Temp\\{BDF1E9D2-A23F-4536-826F-90FC14DA76B6}.ps1', 'c:\\windows\\temp\\<guid>.ps1'],
    ],
    apart: [
      [
        'dllhost.exe /Processid:{3E5FC7F9-9A51-4367-9063-A120244FBEC7}',
        'dllhost.exe /Processid:{AB8902B4-09CA-4BB6-B78D-A8F59079A8D5}',
      ],
      [
        'HKLM\\SOFTWARE\\Classes\\CLSID\\{3E5FC7F9-9A51-4367-9063-A120244FBEC7}',
        'HKLM\\SOFTWARE\\Classes\\CLSID\\{AB8902B4-09CA-4BB6-B78D-A8F59079A8D5}',
      ],
      ['C:\\a\\bdf1e9d2-a23f-4536-826f-90fc14da76b6.exe', 'C:\\a\\bdf1e9d2-a23f-4536-826f-90fc14da76.exe'],
    ],
  },
  {
    name: 'SIDs',
    covers: 'accounts of domains and of Entra ID, and sessions; relative ids below 1000 stay',
    kinds: both,
    needs: ['s-1-'],
    apply: (text) =>
      text.replace(sid, (_, rid?: string) => (rid !== undefined && Number(rid) < ownIds ? `<sid>-${rid}` : '<sid>')),
    examples: [
      ['C:\\$Recycle.Bin\\S-1-5-21-1-2-3-1104\\a.exe', 'c:\\$recycle.bin\\<sid>\\a.exe'],
      ['C:\\$Recycle.Bin\\S-1-12-1-2000000001-2-3-4\\a.exe', 'c:\\$recycle.bin\\<sid>\\a.exe'],
      ['C:\\$Recycle.Bin\\S-1-5-21-1-2-3-500\\a.exe', 'c:\\$recycle.bin\\<sid>-500\\a.exe'],
    ],
    apart: [
      ['icacls C:\\ /grant *S-1-5-18:F', 'icacls C:\\ /grant *S-1-5-32-544:F'],
      ['C:\\a\\S-1-5-21-1-2-3-500\\a.exe', 'C:\\a\\S-1-5-21-1-2-3-1104\\a.exe'],
      ['C:\\a\\S-1-5-80-1-2-3-4-5\\a.exe', 'C:\\a\\S-1-5-80-5-4-3-2-1\\a.exe'],
    ],
  },
  {
    name: 'Versions',
    covers:
      'version numbers of three to five parts in names of files and folders, and in command lines; IP addresses stay',
    kinds: both,
    needs: ['.'],
    apply: (text) =>
      text.replace(version, (found, at: number) =>
        isPart(at, text) || isAddress(found, at, text) ? found : '<version>',
      ),
    examples: [
      ['C:\\Tools\\app-1.0.9\\a.exe', 'c:\\tools\\app-<version>\\a.exe'],
      [
        'C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.23100.2009-0\\MsMpEng.exe',
        'c:\\programdata\\microsoft\\windows defender\\platform\\<version>\\msmpeng.exe',
      ],
      ['C:\\Agent\\1.2.3.4\\agent.exe', 'c:\\agent\\<version>\\agent.exe'],
      ['C:\\Tools\\rufus-4.5.2180_x64.exe', 'c:\\tools\\rufus-<version>_x64.exe'],
    ],
    apart: [
      ['C:\\Tools\\app-1.0.9\\a.exe', 'C:\\Tools\\app\\a.exe'],
      ['\\\\10.0.0.5\\share\\a.exe', '\\\\10.0.0.6\\share\\a.exe'],
      ['https://203.0.113.57', 'https://198.51.100.23'],
      ['ping 10.0.0.5', 'ping 10.0.0.6'],
      ['203.0.113.57:443', '198.51.100.23:443'],
      [
        'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\a.exe',
        'C:\\Windows\\System32\\WindowsPowerShell\\v2.0\\a.exe',
      ],
    ],
  },
  {
    name: 'Hexadecimal names',
    covers: 'tokens of 8 to 128 hexadecimal digits that look random: hashes and ids',
    kinds: both,
    apply: (text) =>
      text.replace(hex, (found, at: number) =>
        found.length <= longestHash && isToken(found, at, text) && isRandom(found) ? '<hex>' : found,
      ),
    examples: [
      ['D:\\Backup\\Staging\\9f3a07bc\\a.7z', 'd:\\backup\\staging\\<hex>\\a.7z'],
      ['C:\\a\\d41d8cd98f00b204e9800998ecf8427e.dll', 'c:\\a\\<hex>.dll'],
    ],
    apart: [
      ['C:\\a\\face2face.exe', 'C:\\a\\decade80.exe'],
      ['C:\\a\\cafe2023.exe', 'C:\\a\\deadbeef.exe'],
      ['C:\\a\\20261127.exe', 'C:\\a\\20261128.exe'],
      ['C:\\a\\9f3a07bc.exe', 'C:\\b\\9f3a07bc.exe'],
      ['C:\\a\\9f3a07bc.exe', 'C:\\a\\9f3a07bc.dll'],
      [`a.exe ${'4d5a9000'.repeat(20)}`, `a.exe ${'4d5a9001'.repeat(20)}`],
    ],
  },
]
