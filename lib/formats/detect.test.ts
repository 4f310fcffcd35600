import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detect } from '#lib/formats/detect.ts'
import { corpusFiles, noCorpus, textEvent, xmlEvent } from '#lib/formats/testing.ts'

const detected = (text: string): string => detect(Buffer.from(text))

test('a format is recognized by content, behind garbage and in any encoding', () => {
  assert.equal(detected(xmlEvent(1121)), 'xml')
  assert.equal(detected(`garbage </Data></EventData></Event>\n${xmlEvent(1121)}`), 'xml')
  assert.equal(detected(xmlEvent(1121).slice(0, 60)), 'xml')
  assert.equal(detected('<?xml version="1.0"?>\r\n<Events></Events>'), 'xml')
  assert.equal(detect(Buffer.from(`\ufeff${xmlEvent(1121)}`, 'utf16le')), 'xml')
  assert.equal(detected(textEvent(1121, 'x')), 'multiline')
  assert.equal(detected(`garbage\n${textEvent(1121, 'x')}`.replaceAll('\n', '\r\r\n')), 'multiline')
  assert.equal(detected(textEvent(1121, 'x').slice(23)), 'multiline')
  assert.equal(detected('11/17/2023 05:23:37 PM\nLogName=x'), 'multiline')
  assert.equal(detected('ElfFile\0\0\0'), 'evtx')
  assert.equal(detected('[{"Id": 1}]'), 'json')
  assert.equal(detected('Event[0]\r\n  Log Name: x\r\n'), 'wevtutil-text')
  assert.equal(
    detected('\ufeff<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">'),
    'get-winevent-clixml',
  )
  assert.equal(detected('Level,Date and Time,Source,Event ID,Task Category\r\n'), 'event-viewer-csv')
})

test('a log quoted within a log does not count', () => {
  assert.equal(detected(textEvent(4688, `XML: ${xmlEvent(1121)}`)), 'multiline')
  assert.equal(detected(xmlEvent(4104, `<Data>\n${textEvent(1121, 'x')}</Data>`)), 'xml')
  assert.equal(detected(`{"winlog":{"event_id":"1"},"event":{"original":"${xmlEvent(1121)}"}}\n`), 'ecs-json')
  assert.equal(detected(`_raw,_time\n"${xmlEvent(1121)}",1\n`), 'splunk-csv')
  assert.equal(detected(JSON.stringify({ result: { _raw: textEvent(1121, 'x') } })), 'splunk-json')
  assert.equal(detected(textEvent(4688, '\nEvent[0]\n  Log Name: x')), 'multiline')
})

test('JSON is recognized by the keys of its first objects, even if the first is cut off, and CSV by its columns', () => {
  const record = '{"Event":{"System":{"EventID":1,"Channel":"x"},"EventData":{"a":"'
  assert.equal(detected(`${record}${'x'.repeat(70_000)}"}}}`), 'evtx-json')
  assert.equal(detected(`{"note":1}\n{"a":{}}\n${record}b"}}}`), 'evtx-json')
  assert.equal(detected(`Record 1\n${record}b"}}}`), 'evtx-json')
  assert.equal(detected('#TYPE x\r\n"Id";"TimeCreated";"Message"\r\n'), 'get-winevent-csv')
  assert.equal(detected('ActionType,DeviceName,AdditionalFields\n'), 'defender-hunting-csv')
  assert.equal(detected('@timestamp,winlog.event_id\n'), 'ecs-csv')
  assert.equal(
    detected('Nivel,Fecha y hora,Origen,Id. del evento,Categoría\n,20/11/2023 16:29:48,x,1,,\n'),
    'event-viewer-csv',
  )
  assert.equal(detected('Id,TimeCreated\n1,2\n'), 'unknown')
  assert.equal(detected('a,b,c,d,e\n1,2,3,4,5,6\n'), 'unknown')
})

test('what has no known format is detected as that', () => {
  assert.equal(detected(''), 'empty')
  assert.equal(detected('\ufeff \r\n'), 'empty')
  assert.equal(detected('hello'), 'unknown')
  assert.equal(detected('<EventLog><Eventual/></EventLog>'), 'unknown')
  assert.equal(detected('11/17/2023 05:23:37 PM\nwent wrong: a=b'), 'unknown')
  assert.equal(detect(Buffer.from([0x50, 0x4b, 3, 4, 0, 0])), 'unknown')
})

test('the real logs are detected', { skip: corpusFiles('xml') ? false : noCorpus }, () => {
  for (const { name, bytes } of corpusFiles('xml') ?? []) assert.equal(detect(bytes), 'xml', name)
  const json = Object.fromEntries((corpusFiles('json') ?? []).map(({ name, bytes }) => [name, detect(bytes)]))
  assert.deepEqual(json, {
    'UChiMU.json': 'splunk-json',
    'XNPzEl.json': 'splunk-json',
    'get-winevent-convertto-json_1116-1117.json': 'get-winevent-json',
    'sample_event_1151_ecs.json': 'ecs-json',
    'sample_event_1151_ecs.ndjson': 'ecs-json',
  })
  for (const { name, bytes } of corpusFiles('evtx/defender') ?? []) assert.equal(detect(bytes), 'evtx', name)
  const text = Object.fromEntries((corpusFiles('text') ?? []).map(({ name, bytes }) => [name, detect(bytes)]))
  assert.deepEqual(text, {
    '1121_ie_view_pasted.txt': 'xml',
    'UChiMU.raw.log': 'multiline',
    'XNPzEl.raw.log': 'multiline',
    'azurelocal_1121_message.txt': 'unknown',
  })
})
