import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { clearServer, type Server, startServer } from './fixtures/server.ts'

/** The three events of the worked case: one 1121 that Splunk shows, one 1122 without Path, one 5007 about something else. */
type Case = {
  log: string | Buffer<ArrayBuffer>
  /** The same three among others, and how many others. */
  mixed: string | Buffer<ArrayBuffer>
  others: number
  dest: string
  block: { ID: string; Process_Name: string; Path: string; Parent_Commandline: string; time: string }
  audit: { ID: string; Process_Name: string; Parent_Commandline: string; time: string }
  changed: string
}

type Row = Record<string, unknown>
type Table = { total: number; events: number; faithfulEvents: number; rows: Row[] }

const withoutNumbers = ({ rows }: Table): Row[] => rows.map(({ stack: _, faithful: __, ASR_Rule: ___, ...row }) => row)

async function checkTables(server: Server, { dest, block, audit, changed }: Case): Promise<void> {
  const get = (path: string) => server.get<Table>(`/api/v1/${path}`)
  const blocked = {
    dest,
    Parent_Commandline: block.Parent_Commandline,
    Process_Name: block.Process_Name,
    Path: block.Path,
    ID: block.ID,
    EventCode: 1121,
    count: 1,
    firstTime: block.time,
    lastTime: block.time,
  }
  const audited = { dest, Process_Name: audit.Process_Name, Path: 'NULL', ID: audit.ID, EventCode: 1122, count: 1 }
  const auditTimes = { firstTime: audit.time, lastTime: audit.time }
  const changes = {
    dest,
    Parent_Commandline: 'NULL',
    Process_Name: 'NULL',
    Path: 'NULL',
    ID: 'NULL',
    EventCode: 5007,
    count: 1,
    firstTime: changed,
    lastTime: changed,
  }

  const stacking = await get('stacking?sort=EventCode')
  expect(withoutNumbers(stacking)).toEqual([
    blocked,
    { ...audited, Parent_Commandline: audit.Parent_Commandline, ...auditTimes },
    changes,
  ])
  expect([stacking.total, stacking.events, stacking.faithfulEvents]).toEqual([3, 3, 1])
  const faithful = await get('stacking?mode=faithful')
  expect(withoutNumbers(faithful)).toEqual([blocked])
  expect([faithful.total, faithful.events, faithful.faithfulEvents]).toEqual([1, 3, 1])

  expect(withoutNumbers(await get('audit'))).toEqual([{ ...audited, Target_Commandline: 'NULL', ...auditTimes }])
  expect((await get('audit?mode=faithful')).rows).toEqual([])
  for (const mode of ['complete', 'faithful'])
    expect(withoutNumbers(await get(`block?mode=${mode}`))).toEqual([blocked])
  for (const table of ['registry', 'disabled']) {
    expect(await get(table)).toMatchObject({ total: 0, rows: [], events: 0, faithfulEvents: 0 })
  }
}

async function checkRisk(server: Server, { dest, block, audit, changed }: Case): Promise<void> {
  const { rows } = await server.get<Table>(`/api/v1/risk/${encodeURIComponent(dest)}?anchor=newest`)
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({
    normalized_risk_object: dest,
    count: 2,
    score: 65,
    firstTime: block.time,
    lastTime: audit.time,
    'Search Name': ['Windows Defender ASR Audit Events', 'Windows Defender ASR Block Events'],
    'Analytic Stories': ['Windows Attack Surface Reduction'],
    Annotations: ['T1059', 'T1566.001', 'T1566.002'],
    'ATT&CK Tactics': ['Execution', 'Initial Access'],
  })
  expect(await server.get<Table>(`/api/v1/risk?to=${changed}`)).toMatchObject({ total: 1, rows })
  expect((await server.get<Table>('/api/v1/risk')).rows).toEqual([])
  expect(await server.get('/api/v1/health')).toMatchObject({ ok: true, newestEvent: changed })
}

async function check(given: Case): Promise<void> {
  const server = await startServer()
  try {
    const receipt = await server.upload('three.log', given.log)
    expect(receipt).toMatchObject({ state: 'done', format: 'xml', records: 3, stored: 3, duplicates: 0, rejects: 0 })
    expect(receipt).toMatchObject({
      otherCodes: {},
      firstTime: given.block.time,
      lastTime: given.changed,
      dests: 1,
      tz: 'UTC',
    })
    await checkTables(server, given)
    await checkRisk(server, given)

    const second = await server.upload('all.log', given.mixed)
    const others = Object.values(second.otherCodes).reduce((sum, count) => sum + count, 0)
    expect([second.records, second.stored, second.duplicates, others, second.rejects]).toEqual([
      3 + given.others,
      0,
      3,
      given.others,
      0,
    ])
    await checkTables(server, given)

    const undo = await fetch(`${server.url}/api/v1/uploads/${receipt.id}`, { method: 'DELETE' })
    expect(undo.status).toBe(204)
    expect(await server.get('/api/v1/stacking')).toMatchObject({ total: 0, rows: [] })
    expect((await fetch(`${server.url}/api/v1/uploads/${receipt.id}`)).status).toBe(404)
  } finally {
    await clearServer(server)
  }
}

const corpus = join(import.meta.dirname, '../../shared/corpus/xml')
const real = 'defender_1121_1122_5007.xmlwineventlog.log'

test('the worked case of the contract holds on the real log, number by number', async () => {
  test.skip(!existsSync(join(corpus, real)), 'the real logs (../shared/corpus) are not here')
  await check({
    log: readFileSync(join(corpus, real)),
    mixed: readFileSync(join(corpus, 'all_windows_example_logs.xmlwineventlog.log')),
    others: 65,
    dest: 'researchvmhaa',
    block: {
      ID: '3B576869-A4EC-4529-8536-B80A7769E899',
      Process_Name: 'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE',
      Path: 'C:\\Users\\research\\AppData\\Local\\Temp\\script.vbs',
      Parent_Commandline: '"C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE" ',
      time: '2023-11-20T16:29:48.984Z',
    },
    audit: {
      ID: 'E6DB77E5-3DF2-4CF1-B95A-636979351E5B',
      Process_Name: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      Parent_Commandline: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      time: '2023-11-26T23:43:08.710Z',
    },
    changed: '2023-11-27T10:39:16.174Z',
  })
})

const dest = 'Kasse 7/ä%41.example'
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function line(
  code: number,
  time: string,
  record: number,
  data: [string, string][],
  channel = 'Windows Defender',
): string {
  const fields = data.map(([name, value]) => `<Data Name='${name}'>${escaped(value)}</Data>`).join('')
  return (
    `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-${channel}'/>` +
    `<EventID>${code}</EventID><TimeCreated SystemTime='${time}'/><EventRecordID>${record}</EventRecordID>` +
    `<Channel>Microsoft-Windows-${channel}/Operational</Channel><Computer>${dest}</Computer></System>` +
    `<EventData>${fields}</EventData></Event>\n`
  )
}

test('the worked case of the contract holds on a log of our own', async () => {
  const ours = [
    line(1121, '2026-02-03T04:05:06.7899999Z', 41, [
      ['ID', '{d4f940ab-401b-4efc-aadc-ad5f3c50688a}'],
      ['User', 'SHOP\\till'],
      ['Path', 'C:\\Windows\\System32\\wscript.exe'],
      ['Process Name', 'C:\\Office\\EXCEL.EXE'],
      ['Target Commandline', ''],
      ['Parent Commandline', 'EXCEL.EXE "a & b.xlsm" '],
    ]),
    line(1122, '2026-02-08T00:00:00.0000000Z', 42, [
      ['ID', 'E6DB77E5-3DF2-4CF1-B95A-636979351E5B'],
      ['Path', ''],
      ['Process Name', 'C:\\Windows\\wmi.exe'],
      ['Parent Commandline', ''],
    ]),
    line(5007, '2026-02-10T03:00:00.5Z', 43, [
      ['Old Value', 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Features\\Controls\\48 = 0x1'],
      ['New Value', ''],
    ]),
  ]
  const other = [line(1150, '2026-02-10T03:00:01Z', 44, []), line(4, '2026-02-10T03:00:02Z', 45, [], 'BITS-Client')]
  await check({
    log: ours.join(''),
    mixed: [other[0], ours[2], ours[0], other[1], ours[1]].join(''),
    others: 2,
    dest,
    block: {
      ID: 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A',
      Process_Name: 'C:\\Office\\EXCEL.EXE',
      Path: 'C:\\Windows\\System32\\wscript.exe',
      Parent_Commandline: 'EXCEL.EXE "a & b.xlsm" ',
      time: '2026-02-03T04:05:06.789Z',
    },
    audit: {
      ID: 'E6DB77E5-3DF2-4CF1-B95A-636979351E5B',
      Process_Name: 'C:\\Windows\\wmi.exe',
      Parent_Commandline: 'NULL',
      time: '2026-02-08T00:00:00.000Z',
    },
    changed: '2026-02-10T03:00:00.500Z',
  })
})
