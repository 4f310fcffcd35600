import { isRandom } from './randomness.ts'
import { both, type FormRule, isToken } from './rule.ts'

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

/** Versions, and names that are a hash or an id, wherever they are in a text. */
export const versionRules: readonly FormRule[] = [
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
