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

const isHex = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 97 && code <= 102)
/** Digits of the shortest id. */
const shortestId = 8
/** Digits of a SHA-512. What is longer is not an id: it has content. */
const longestHash = 128

/** Looks at every eighth character only: a longer run of hexadecimal digits contains one of these. */
function withoutHex(text: string): string {
  let [rest, kept] = ['', 0]
  for (let at = shortestId - 1; at < text.length; at += shortestId) {
    if (!isHex(text.charCodeAt(at))) continue
    let start = at
    while (start > 0 && isHex(text.charCodeAt(start - 1))) start--
    let end = at + 1
    while (end < text.length && isHex(text.charCodeAt(end))) end++
    at = end
    const length = end - start
    if (length < shortestId || length > longestHash) continue
    const found = text.slice(start, end)
    if (!isToken(found, start, text) || !isRandom(found)) continue
    rest += `${text.slice(kept, start)}<hex>`
    kept = end
  }
  return kept === 0 ? text : rest + text.slice(kept)
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57

/** Whether a point is between two digits, which all versions have: looking for that costs less. */
function hasPointInNumber(text: string): boolean {
  for (let at = text.indexOf('.', 1); at !== -1; at = text.indexOf('.', at + 1))
    if (isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1))) return true
  return false
}

/** Versions, and names that are a hash or an id, wherever they are in a text. */
export const versionRules: readonly FormRule[] = [
  {
    name: 'Versions',
    covers:
      'version numbers of three to five parts in names of files and folders, and in command lines; IP addresses stay',
    kinds: both,
    needs: ['.'],
    apply: (text) =>
      hasPointInNumber(text)
        ? text.replace(version, (found, at: number) =>
            isPart(at, text) || isAddress(found, at, text) ? found : '<version>',
          )
        : text,
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
    apply: withoutHex,
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
