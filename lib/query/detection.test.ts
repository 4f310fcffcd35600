import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DetectionKey } from '#lib/asr/detections.ts'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { event, openFixture } from '#lib/ingest/testing.ts'
import type { DetectionRow } from '#lib/model/rows.ts'
import { detectionOf, paramsOf } from './testing.ts'

const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const officeName = 'Block all Office applications from creating child processes'
const lsass = '9E6C4E1F-7D60-472F-BA1A-A39EF669E4B2'
const lsassName = 'Block credential stealing from the Windows local security authority subsystem'
const unknown = '00000000-AAAA-BBBB-CCCC-000000000001'

const word = {
  ID: office,
  'Process Name': 'WINWORD.EXE',
  Path: 'cmd.exe',
  'Parent Commandline': 'winword /n',
  'Target Commandline': 'cmd /c whoami',
  User: 'CORP\\ann',
}
const at = (time: string): string => `2026-03-02T${time}Z`

/** Columns of the rows, tab between, as the table shows them; times as the clock of that day. */
async function tableOf(events: LoggedEvent[], key: DetectionKey, query = '') {
  const fixture = openFixture()
  fixture.add(events)
  const { rows, ...sums } = await detectionOf(fixture.reads, key, paramsOf(key, query))
  await fixture.close()
  const clock = (time: number) => new Date(time).toISOString().slice(11, 19)
  const cells = ({ stack, faithful, firstTime, lastTime, Exclusion, weakened, ...row }: DetectionRow) =>
    [...Object.values(row).slice(0, -1), clock(firstTime), clock(lastTime), row.ASR_Rule].join(' | ')
  return { rows: rows.map(cells).sort(), sums: Object.values(sums) }
}

// Ten events: three stacks of 1121, and one of each kind that Splunk's grouping drops.
const stacking = [
  event(1121, 'PC1', at('08:00:00'), word),
  event(1121, 'PC1', at('09:00:00'), word),
  event(1121, 'pc1', at('07:00:00'), { ...word, User: 'CORP\\bob', 'Target Commandline': 'cmd /c dir' }),
  event(1121, 'PC2', at('08:30:00'), word),
  event(1121, 'PC1', at('08:40:00'), { ...word, 'Parent Commandline': '' }),
  event(1122, 'PC1', at('08:50:00'), { ...word, ID: `{${lsass.toLowerCase()}}` }),
  event(1129, 'PC1', at('09:10:00'), { ID: office, User: 'CORP\\ann', Path: 'cmd.exe', 'Process Name': 'WINWORD.EXE' }),
  event(1126, 'PC1', at('09:20:00'), { Destination: 'https://a.example', 'Process Name': 'edge.exe' }),
  event(1134, 'PC2', at('09:30:00'), { 'Policy Rule Id': 'p:r', Process: 'explorer.exe', Target: '\\Device\\X' }),
  event(5007, 'PC2', at('09:40:00'), { 'Old Value': '', 'New Value': 'HKLM\\x\\Features\\Controls\\48 = 0x1' }),
]

test('ASR Rules Stacking counts every event by where it came from', async () => {
  const { rows, sums } = await tableOf(stacking, 'stacking')
  assert.deepEqual(
    rows,
    [
      `PC1 | NULL | WINWORD.EXE | cmd.exe | ${office} | 1121 | 1 | 08:40:00 | 08:40:00 | ${officeName}`,
      `PC1 | NULL | WINWORD.EXE | cmd.exe | ${office} | 1129 | 1 | 09:10:00 | 09:10:00 | ${officeName}`,
      'PC1 | NULL | edge.exe | https://a.example | NULL | 1126 | 1 | 09:20:00 | 09:20:00 | NULL',
      `PC1 | winword /n | WINWORD.EXE | cmd.exe | ${lsass} | 1122 | 1 | 08:50:00 | 08:50:00 | ${lsassName}`,
      `PC1 | winword /n | WINWORD.EXE | cmd.exe | ${office} | 1121 | 3 | 07:00:00 | 09:00:00 | ${officeName}`,
      'PC2 | NULL | NULL | NULL | NULL | 5007 | 1 | 09:40:00 | 09:40:00 | NULL',
      'PC2 | NULL | explorer.exe | \\Device\\X | P:R | 1134 | 1 | 09:30:00 | 09:30:00 | NULL',
      `PC2 | winword /n | WINWORD.EXE | cmd.exe | ${office} | 1121 | 1 | 08:30:00 | 08:30:00 | ${officeName}`,
    ].sort(),
  )
  assert.deepEqual(sums, [8, 10, 5, 5])
})

test('in faithful mode ASR Rules Stacking keeps the rows that have every field under its own name', async () => {
  const { rows, sums } = await tableOf(stacking, 'stacking', 'mode=faithful')
  assert.deepEqual(rows, [
    `PC1 | winword /n | WINWORD.EXE | cmd.exe | ${lsass} | 1122 | 1 | 08:50:00 | 08:50:00 | ${lsassName}`,
    `PC1 | winword /n | WINWORD.EXE | cmd.exe | ${office} | 1121 | 3 | 07:00:00 | 09:00:00 | ${officeName}`,
    `PC2 | winword /n | WINWORD.EXE | cmd.exe | ${office} | 1121 | 1 | 08:30:00 | 08:30:00 | ${officeName}`,
  ])
  assert.deepEqual(sums, [3, 10, 5, 5])
})

// Ten events, of which eight are of the five codes of the search.
const audit = [
  event(1122, 'PC1', at('08:00:00'), word),
  event(1122, 'PC1', at('08:10:00'), { ...word, 'Parent Commandline': 'another parent' }),
  event(1122, 'PC1', at('08:20:00'), { ...word, 'Target Commandline': '' }),
  event(1122, 'PC1', at('08:30:00'), { ...word, Path: '' }),
  event(1122, 'PC2', at('08:40:00'), { ...word, ID: unknown }),
  event(1125, 'PC2', at('08:50:00'), { ID: '', Destination: 'https://b.example', 'Process Name': 'edge.exe' }),
  event(1126, 'PC2', at('09:00:00'), { Destination: 'https://b.example', 'Process Name': 'edge.exe' }),
  event(1132, 'PC2', at('09:10:00'), { ID: 'x', Process: 'explorer.exe', Source: 'from', Target: 'to', Path: 'no' }),
  event(1121, 'PC1', at('09:20:00'), word),
  event(1133, 'PC1', at('09:30:00'), { 'Policy Rule ID': 'p', Process: 'explorer.exe', Target: 'to' }),
]

test('ASR Audit Events counts what would have been blocked, by target command line', async () => {
  const { rows, sums } = await tableOf(audit, 'audit')
  assert.deepEqual(rows, [
    `PC1 | WINWORD.EXE | NULL | cmd.exe | ${office} | 1122 | 1 | 08:20:00 | 08:20:00 | ${officeName}`,
    `PC1 | WINWORD.EXE | cmd /c whoami | NULL | ${office} | 1122 | 1 | 08:30:00 | 08:30:00 | ${officeName}`,
    `PC1 | WINWORD.EXE | cmd /c whoami | cmd.exe | ${office} | 1122 | 2 | 08:00:00 | 08:10:00 | ${officeName}`,
    `PC2 | WINWORD.EXE | cmd /c whoami | cmd.exe | ${unknown} | 1122 | 1 | 08:40:00 | 08:40:00 | NULL`,
    'PC2 | edge.exe | NULL | https://b.example | NULL | 1125 | 1 | 08:50:00 | 08:50:00 | NULL',
    'PC2 | edge.exe | NULL | https://b.example | NULL | 1126 | 1 | 09:00:00 | 09:00:00 | NULL',
    'PC2 | explorer.exe | NULL | to | X | 1132 | 1 | 09:10:00 | 09:10:00 | NULL',
  ])
  assert.deepEqual(sums, [7, 8, 3, 5])
  const faithful = await tableOf(audit, 'audit', 'mode=faithful')
  assert.deepEqual(faithful.rows, [rows[2], rows[3]])
  assert.deepEqual(faithful.sums, [2, 8, 3, 5])
})

// Ten events: 1121, 1126, 1129, 1131 and 1133 are blocks or overrides of one; 1122, 1125 and 5007 are not.
const block = [
  event(1121, 'PC1', at('08:00:00'), word),
  event(1121, 'PC1', at('08:05:00'), { ...word, 'Target Commandline': '' }),
  event(1121, 'PC1', at('08:10:00'), { ...word, Path: 'powershell.exe' }),
  event(1126, 'PC1', at('08:15:00'), { Destination: 'https://c.example', 'Process Name': 'edge.exe' }),
  event(1129, 'PC1', at('08:20:00'), { ID: office, Path: 'cmd.exe', 'Process Name': 'WINWORD.EXE' }),
  event(1131, 'PC1', at('08:25:00'), { ID: 'x', Process: 'explorer.exe', Target: 'to' }),
  event(1133, 'PC1', at('08:30:00'), { 'Policy Rule Id': 'y', Process: 'explorer.exe', Target: 'to' }),
  event(1122, 'PC1', at('08:35:00'), word),
  event(1125, 'PC1', at('08:40:00'), { Destination: 'https://c.example', 'Process Name': 'edge.exe' }),
  event(5007, 'PC1', at('08:45:00'), { 'New Value': 'HKLM\\x = 0x1' }),
]

test('ASR Block Events counts blocks and overridden blocks', async () => {
  const { rows, sums } = await tableOf(block, 'block')
  assert.deepEqual(rows, [
    `PC1 | cmd.exe | NULL | WINWORD.EXE | ${office} | 1129 | 1 | 08:20:00 | 08:20:00 | ${officeName}`,
    `PC1 | cmd.exe | winword /n | WINWORD.EXE | ${office} | 1121 | 2 | 08:00:00 | 08:05:00 | ${officeName}`,
    'PC1 | https://c.example | NULL | edge.exe | NULL | 1126 | 1 | 08:15:00 | 08:15:00 | NULL',
    `PC1 | powershell.exe | winword /n | WINWORD.EXE | ${office} | 1121 | 1 | 08:10:00 | 08:10:00 | ${officeName}`,
    'PC1 | to | NULL | explorer.exe | X | 1131 | 1 | 08:25:00 | 08:25:00 | NULL',
    'PC1 | to | NULL | explorer.exe | Y | 1133 | 1 | 08:30:00 | 08:30:00 | NULL',
  ])
  assert.deepEqual(sums, [6, 7, 3, 4])
  const faithful = await tableOf(block, 'block', 'mode=faithful')
  assert.deepEqual(faithful.rows, [rows[1], rows[3]])
})

const rules = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR\\Rules'
const list = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Policy Manager\\ASRRules'
const change = (time: string, before: string, now: string) =>
  event(5007, 'PC1', at(time), { 'Old Value': before, 'New Value': now })

// Ten events: seven touch ASR; one of them changes two rules; rules are switched off by five of the seven.
const changes = [
  change('08:00:00', `${rules}\\${office} = 0x1`, `${rules}\\${office} = 0x0`),
  change('08:05:00', `${rules}\\${office} = 0x1`, `${rules}\\${office} = 0x0`),
  change('08:10:00', `${rules}\\${office} = 0x0`, `${rules}\\${office} = 0x6`),
  change('08:15:00', '', `${rules}\\{${lsass}} = 0x2`),
  change('08:20:00', `${rules}\\${office} = 0x6`, ''),
  change('08:25:00', `${rules}\\${office} = 0x1`, `${rules}\\${office} = 0x5`),
  change('08:30:00', `${list} = ${office}=1|${lsass}=2`, `${list} = ${office}=0|${lsass}=1`),
  change('08:35:00', 'HKLM\\x\\Features\\Controls\\48 = 0x1', ''),
  change('08:40:00', 'Default\\IsServiceRunning = 0x0', 'HKLM\\x\\IsServiceRunning = 0x1'),
  event(1121, 'PC1', at('08:45:00'), word),
]
const registryRows = [
  `${rules}\\${office} = 0x0 | ${rules}\\${office} = 0x1 | Block | Disabled | ${office} | 2 | 08:00:00 | 08:05:00 | ${officeName}`,
  `${rules}\\${office} = 0x6 | ${rules}\\${office} = 0x0 | Disabled | Warn | ${office} | 1 | 08:10:00 | 08:10:00 | ${officeName}`,
  `${rules}\\{${lsass}} = 0x2 | NULL | NULL | Audit | ${lsass} | 1 | 08:15:00 | 08:15:00 | ${lsassName}`,
  `NULL | ${rules}\\${office} = 0x6 | Warn | NULL | ${office} | 1 | 08:20:00 | 08:20:00 | ${officeName}`,
  `${rules}\\${office} = 0x5 | ${rules}\\${office} = 0x1 | Block | Not configured | ${office} | 1 | 08:25:00 | 08:25:00 | ${officeName}`,
  `${list} = ${office}=0|${lsass}=1 | ${list} = ${office}=1|${lsass}=2 | Block | Disabled | ${office} | 1 | 08:30:00 | 08:30:00 | ${officeName}`,
  `${list} = ${office}=0|${lsass}=1 | ${list} = ${office}=1|${lsass}=2 | Audit | Block | ${lsass} | 1 | 08:30:00 | 08:30:00 | ${lsassName}`,
].map((row) => `PC1 | ${row}`)

test('ASR Registry Modification has one row for each rule that changed, how ever its value is written', async () => {
  const { rows, sums } = await tableOf(changes, 'registry')
  assert.deepEqual(rows, [...registryRows].sort())
  assert.deepEqual(sums, [7, 8, 3, 5])
  const faithful = await tableOf(changes, 'registry', 'mode=faithful')
  assert.deepEqual(faithful.rows, [registryRows[0], registryRows[1]])
})

test('a rule that was on and is disabled, not configured or removed shows on /disabled', async () => {
  const { rows, sums } = await tableOf(changes, 'disabled')
  assert.deepEqual(rows, [registryRows[0], registryRows[3], registryRows[4], registryRows[5]].sort())
  assert.deepEqual(sums, [4, 5, 2, 3])
  const faithful = await tableOf(changes, 'disabled', 'mode=faithful')
  assert.deepEqual(faithful.rows, [registryRows[0]])
})
