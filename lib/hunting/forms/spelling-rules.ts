import { both, type FormRule } from './rule.ts'

const isBlank = (code: number): boolean => code === 0 || (code >= 9 && code <= 13) || code === 32 || code === 160

/** By index and not by pattern: `\s+$` needs quadratic time on many blanks that are not at the end. */
function withoutBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text.charCodeAt(start))) start++
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

/** The only character that is not ASCII and has an ASCII letter as its lower case: Windows does not take it for a `k`. */
const kelvin = '\u212a'

function lowerCase(text: string): string {
  if (!text.includes(kelvin)) return text.toLowerCase()
  return text
    .split(kelvin)
    .map((part) => part.toLowerCase())
    .join(kelvin)
}

/** What is spelled in more than one way everywhere. They come first: the other rules expect lower case. */
export const spellingRules: readonly FormRule[] = [
  {
    name: 'Case',
    covers: 'Windows compares names without regard to case; the log spells them as each program does',
    kinds: both,
    apply: lowerCase,
    examples: [
      ['C:\\WINDOWS\\System32\\CMD.EXE', 'c:\\windows\\system32\\cmd.exe'],
      ['C:\\Übung\\Ärger.exe', 'c:\\übung\\ärger.exe'],
    ],
    apart: [
      ['C:\\Windows\\System32\\tas\u212amgr.exe', 'C:\\Windows\\System32\\taskmgr.exe'],
      ['C:\\Windows\\System32\\сmd.exe', 'C:\\Windows\\System32\\cmd.exe'],
    ],
  },
  {
    name: 'Blanks at the ends',
    covers: 'blanks, line ends and NUL characters that a program leaves before or after a value',
    kinds: both,
    apply: withoutBlanks,
    examples: [['"C:\\Windows\\system32\\cmd.exe" \0', '"c:\\windows\\system32\\cmd.exe"']],
    apart: [['C:\\Windows \\System32\\cmd.exe', 'C:\\Windows\\System32\\cmd.exe']],
  },
]
