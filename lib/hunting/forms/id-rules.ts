import { isGuid } from '#lib/asr/guid.ts'
import { both, type FormRule, isToken } from './rule.ts'

/** How long a GUID is, and where its first hyphen is. */
const guidLength = 36
const firstHyphen = 8
/** A GUID after one of these names a class, and not one run or one machine. */
const classBefore = /(?:\/processid:|\/factory,|::|clsid[:\\])\{?$/

const isGuidOfClass = (at: number, text: string): boolean => classBefore.test(text.slice(Math.max(0, at - 12), at))

/** Looks for GUIDs at hyphens, which takes a quarter of the time of looking everywhere. */
function withoutGuids(text: string): string {
  let [rest, kept] = ['', 0]
  for (let hyphen = text.indexOf('-', firstHyphen), end = 0; hyphen !== -1; ) {
    const at = hyphen - firstHyphen
    const found = text.slice(at, at + guidLength)
    if (at >= end && isGuid(found)) {
      end = at + guidLength
      if (isToken(found, at, text) && !isGuidOfClass(at, text)) {
        rest += `${text.slice(kept, at)}<guid>`
        kept = end
      }
    }
    hyphen = text.indexOf('-', hyphen + 1)
  }
  return (kept === 0 ? text : rest + text.slice(kept)).replaceAll('{<guid>}', '<guid>')
}

/** Accounts and groups of a domain (S-1-5-21), accounts of Entra ID (S-1-12-1) and sessions (S-1-5-5). */
const sid = /(?<!\w)s-1-(?:5-21(?:-\d{1,10}){3}(?:-(\d{1,10}))?|12-1(?:-\d{1,10}){4}|5-5-\d{1,10}-\d{1,10})(?![\w-])/g
/** Relative ids below this are of accounts and groups that every domain has, such as 500, the administrator. */
const ownIds = 1000

/** Ids of one run, machine or account, wherever they are in a text. */
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
]
