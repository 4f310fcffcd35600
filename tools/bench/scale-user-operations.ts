import { type RuleName, ruleIds } from '#tools/simulate/rules.ts'
import { data } from './scale-combinations.ts'

type Fill = (home: string, name: string) => string

/** The fields of a rule event that name something of one user, as XML; compare `Combination`. */
export type UserOperation = { id: string; path: Fill; rest: Fill }

/** Operations in the folder of a user. `<home>` is that folder, `<x>` a name. */
const operations: readonly { rule: RuleName; process: string; path: string; target: string; parent: string }[] = [
  {
    rule: 'untrustedExe',
    process: 'C:\\Windows\\explorer.exe',
    path: '<home>\\AppData\\Local\\Temp\\<x>\\setup.exe',
    target: '"<home>\\AppData\\Local\\Temp\\<x>\\setup.exe" /S /norestart',
    parent: 'C:\\Windows\\Explorer.EXE',
  },
  {
    rule: 'obfuscatedScript',
    process: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    path: '<home>\\AppData\\Local\\Temp\\<x>.ps1',
    target: '',
    parent: '"powershell.exe" -NoProfile -ExecutionPolicy Bypass -File "<home>\\AppData\\Local\\Temp\\<x>.ps1"',
  },
  {
    rule: 'officeContent',
    process: 'C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE',
    path: '<home>\\AppData\\Local\\Temp\\VBE\\<x>.dll',
    target: '',
    parent: '"C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE" "<home>\\Documents\\Q4 forecast.xlsx"',
  },
  {
    rule: 'emailContent',
    process: 'C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE',
    path: '<home>\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\<x>\\Minutes &amp; actions.js',
    target: '',
    parent: '"C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE" /restore',
  },
  {
    rule: 'officeChild',
    process: 'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE',
    path: 'C:\\Windows\\System32\\cmd.exe',
    target: 'cmd.exe /c start /min "<home>\\AppData\\Local\\Temp\\<x>.bat"',
    parent:
      '"C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE" /n "<home>\\Downloads\\Invoice <x>.docm" /o ""',
  },
]

const compile = (text: string): Fill => {
  // Splitting by a group returns literal, placeholder, literal, … and a literal at both ends.
  const parts = text.split(/<(home|x)>/)
  return (home, name) => {
    let filled = parts[0] ?? ''
    for (let index = 1; index < parts.length; index += 2)
      filled += (parts[index] === 'home' ? home : name) + (parts[index + 1] ?? '')
    return filled
  }
}

export const userOperations: readonly UserOperation[] = operations.map(({ rule, process, path, target, parent }) => ({
  id: data('ID', ruleIds[rule].toUpperCase()),
  path: compile(data('Path', path) + data('Process Name', process)),
  rest: compile(data('Target Commandline', target) + data('Parent Commandline', parent) + data('Involved File', '')),
}))
