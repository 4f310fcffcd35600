import assert from 'node:assert/strict'
import { test } from 'node:test'
import { corpusFiles, inShort, noCorpus, readAny } from '#lib/formats/testing.ts'

const one = (code: number) => ({ events: [code], others: {}, rejects: [] })
const other = (code: number) => ({ events: [], others: { [code]: 1 }, rejects: [] })

/** Counted by hand and eye: what each real log contains. */
const xml: Record<string, object> = {
  'atc_1121_2019_10fields.xml': one(1121),
  'defender_1121.xml': one(1121),
  'defender_1121_1122_5007.xmlwineventlog.log': { events: [1121, 1122, 5007], others: {}, rejects: [] },
  'defender_1122.xml': one(1122),
  'defender_5007.xml': one(5007),
  'ez_1013.xml': other(1013),
  'ez_1116.xml': other(1116),
  'ez_1117.xml': other(1117),
  'ez_1134.xml': one(1134),
  'ez_1150.xml': other(1150),
  'ez_2000.xml': other(2000),
  'ez_5000.xml': other(5000),
  'ez_5001.xml': other(5001),
  'ez_5007.xml': one(5007),
}
const text: Record<string, object> = {
  '1121_ie_view_pasted.txt': one(1121),
  'UChiMU.raw.log': { events: [], others: { 'Security/1200': 3, 'Security/1202': 2 }, rejects: [] },
  'XNPzEl.raw.log': { events: [], others: { 'Security/4688': 5 }, rejects: [] },
  'azurelocal_1121_message.txt': { events: [], others: {}, rejects: [] },
}
const json: Record<string, object> = {
  'UChiMU.json': { events: [], others: { 'Security/1200': 3, 'Security/1202': 2 }, rejects: [] },
  'XNPzEl.json': { events: [], others: { 'Security/4688': 5 }, rejects: [] },
  'get-winevent-convertto-json_1116-1117.json': { events: [], others: { 1116: 1, 1117: 1 }, rejects: [] },
  'sample_event_1151_ecs.json': other(1151),
  'sample_event_1151_ecs.ndjson': other(1151),
}
const mixed = 'all_windows_example_logs.xmlwineventlog.log'

for (const [folder, expected] of Object.entries({ xml, text, json })) {
  const files = corpusFiles(folder)
  test(`the real logs in ${folder} have the counts made by hand`, { skip: files ? false : noCorpus }, async () => {
    const read = await Promise.all((files ?? []).map(async ({ name, bytes }) => [name, inShort(await readAny(bytes))]))
    const { [mixed]: _, ...readings } = Object.fromEntries(read)
    assert.deepEqual(readings, expected)
  })
}

const skip = corpusFiles('xml') ? false : noCorpus
const mixedBytes = () => (corpusFiles('xml') ?? []).find(({ name }) => name === mixed)?.bytes as Buffer

test('among 68 events of all kinds three are ours, and cut ones cost nothing', { skip }, async () => {
  const reading = await readAny(mixedBytes())
  assert.equal(reading.records, 68)
  assert.deepEqual(inShort(reading).events, [1121, 1122, 5007])
  assert.deepEqual(reading.rejects, [])
  const others = Object.values(reading.others).reduce((sum, count) => sum + count, 0)
  assert.equal(others, 65)
  assert.equal(reading.others['Security/4624'], 1)
  assert.equal(reading.others['Linux-Sysmon/Operational/11'], 1)
  assert.deepEqual(
    reading.events.map(({ place }) => place),
    [
      { record: 27, line: 27, offset: 31893 },
      { record: 28, line: 28, offset: 33408 },
      { record: 29, line: 29, offset: 34862 },
    ],
  )
})

test('a real log returns the same however it is cut, in every encoding, with places in its own bytes', {
  skip,
}, async () => {
  const bytes = mixedBytes()
  const complete = await readAny(bytes)
  for (const size of [1, 7, 1000]) assert.deepEqual(await readAny(bytes, size), complete)
  const utf16 = Buffer.from(`\ufeff${bytes}`, 'utf16le')
  const reading = await readAny(utf16, 77)
  assert.deepEqual(
    reading.events.map(({ event }) => event),
    complete.events.map(({ event }) => event),
  )
  for (const { place } of reading.events) {
    assert.equal(utf16.toString('utf16le', place.offset, place.offset + 14), '<Event ')
  }
})

test('the fields of a real event are kept, blanks and all', { skip }, async () => {
  const file = (corpusFiles('xml') ?? []).find(({ name }) => name === 'defender_1121.xml')
  const { events } = await readAny(file?.bytes as Buffer)
  assert.deepEqual(events[0]?.event, {
    EventCode: 1121,
    dest: 'researchvmhaa',
    time: Date.UTC(2023, 10, 20, 16, 29, 48, 984),
    recordId: 2975,
    sections: {
      System: [
        ['Provider Name', 'Microsoft-Windows-Windows Defender'],
        ['Provider Guid', '{11cd958a-c507-4ef3-b3f2-5fd9dfbd2c78}'],
        ['EventID', '1121'],
        ['Version', '0'],
        ['Level', '3'],
        ['Task', '0'],
        ['Opcode', '0'],
        ['Keywords', '0x8000000000000000'],
        ['TimeCreated', '2023-11-20T16:29:48.9847638Z'],
        ['EventRecordID', '2975'],
        ['Correlation ActivityID', '{fb36f2d9-5b89-4566-8af5-7c1212b4797f}'],
        ['Execution ProcessID', '3488'],
        ['Execution ThreadID', '7496'],
        ['Channel', 'Microsoft-Windows-Windows Defender/Operational'],
        ['Computer', 'researchvmhaa'],
        ['Security UserID', 'S-1-5-18'],
      ],
      EventData: [
        ['Product Name', 'Microsoft Defender Antivirus'],
        ['Product Version', '4.18.23100.2009'],
        ['Unused', ''],
        ['ID', '3B576869-A4EC-4529-8536-B80A7769E899'],
        ['Detection Time', '2023-11-20T16:29:48.984Z'],
        ['User', 'researchvmhaa\\research'],
        ['Path', 'C:\\Users\\research\\AppData\\Local\\Temp\\script.vbs'],
        ['Process Name', 'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE'],
        ['Security intelligence Version', '1.401.912.0'],
        ['Engine Version', '1.1.23100.2009'],
        ['RuleType', 'ENT\\ConsR'],
        ['Target Commandline', ''],
        ['Parent Commandline', '"C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE" '],
        ['Involved File', ''],
        ['Inhertiance Flags', '0x00000000'],
      ],
    },
  })
})
