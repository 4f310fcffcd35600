import { makeRandom } from '#tools/simulate/random.ts'
import { escapeXml } from '#tools/simulate/render-xml.ts'
import { type RuleName, ruleIds } from '#tools/simulate/rules.ts'

/** One field of an event as XML. */
export const data = (name: string, value: string): string => `<Data Name='${name}'>${value}</Data>`

/** A rule, a process and a path that many hosts log, as XML: ID; Path and Process Name; the command lines and Involved File. */
export type Combination = { id: string; path: string; rest: string }

const programs = [
  'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE',
  'C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE',
  'C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE',
  'C:\\Windows\\System32\\wbem\\WmiPrvSE.exe',
  'C:\\Windows\\System32\\lsass.exe',
  'C:\\Windows\\explorer.exe',
  'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  'C:\\Program Files\\Adobe\\Acrobat DC\\Acrobat\\Acrobat.exe',
  'C:\\Windows\\CCM\\CcmExec.exe',
  'C:\\Windows\\PSEXESVC.exe',
  'C:\\Program Files\\Tools & Co\\rclone\\rclone.exe',
]
const paths = [
  'C:\\Windows\\System32\\cmd.exe',
  'C:\\Windows\\System32\\conhost.exe',
  'C:\\Windows\\System32\\cscript.exe',
  'C:\\Windows\\splwow64.exe',
  'C:\\Program Files (x86)\\Google\\Update\\GoogleUpdate.exe',
  'C:\\Program Files (x86)\\Microsoft\\EdgeUpdate\\MicrosoftEdgeUpdate.exe',
  'C:\\Program Files (x86)\\Dell\\UpdateService\\ServiceShell.exe',
  'C:\\Program Files\\Inventory Agent\\4.3.0\\invagent.exe',
  'C:\\Windows\\IMECache\\HealthScripts\\detect.ps1',
  'C:\\ProgramData\\Package Cache\\vc_redist.x64.exe',
  'E:\\Portable\\putty.exe',
  'D:\\Backup\\pre-freeze.cmd',
]
const blockRules: readonly RuleName[] = ['officeChild', 'officeInjection', 'macroWin32', 'emailContent', 'usb', 'lsass']
const auditRules: readonly RuleName[] = [
  'psexecWmi',
  'lsass',
  'untrustedExe',
  'obfuscatedScript',
  'copiedTools',
  'webshell',
]

const count = 250
/** The steeper, the fewer combinations make up most of the events of one host. */
const steepness = 2.4
/** Hosts of one role have the same common combinations; the next role begins some ranks later. */
export const roles = 12
const roleStep = 5

/** The rank of a combination for each of 65,536 equally likely numbers, by Zipf's law. */
function zipf(): Uint16Array {
  const weights = Array.from({ length: count }, (_, rank) => (rank + 1) ** -steepness)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const ranks = new Uint16Array(0x10000)
  let rank = 0
  let sum = weights[0] ?? 0
  for (let place = 0; place < ranks.length; place++) {
    while (place / ranks.length > sum / total && rank < count - 1) sum += weights[++rank] ?? 0
    ranks[place] = rank
  }
  return ranks
}

/** A few hundred combinations of one mode. `at` returns the one of a role that a number from 0 to 65,535 draws. */
export function combinations(
  seed: number,
  mode: 'block' | 'audit',
): { at: (place: number, role: number) => Combination } {
  const random = makeRandom(seed, `scale ${mode}`)
  const rules = mode === 'block' ? blockRules : auditRules
  const made = Array.from({ length: count }, (_, rank): Combination => {
    const program = random.pick(programs)
    const path = random.pick(paths).replace(/(\.\w+)$/, rank < roles * roleStep ? '$1' : `-${rank}$1`)
    const id = random.guid()
    const target = random.next() < 0.6 ? `"${path}" --job ${id} --config C:\\ProgramData\\Agent\\${rank}.json` : ''
    const parent = `"${program}" -k netsvcs -p -s ${random.hex(8)}`
    return {
      id: data('ID', ruleIds[random.pick(rules)].toUpperCase()),
      path: data('Path', escapeXml(path)) + data('Process Name', escapeXml(program)),
      rest:
        data('Target Commandline', escapeXml(target)) +
        data('Parent Commandline', escapeXml(parent)) +
        data('Involved File', random.next() < 0.1 ? escapeXml(path) : ''),
    }
  })
  const ranks = zipf()
  return { at: (place, role) => made[((ranks[place] ?? 0) + role * roleStep) % count] as Combination }
}
