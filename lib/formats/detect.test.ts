import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detect } from '#lib/formats/detect.ts'
import { corpusFiles, noCorpus, textEvent, xmlEvent } from '#lib/formats/testing.ts'

const told = (text: string): string => detect(Buffer.from(text))

test('a format is told by content, behind garbage and in any encoding', () => {
  assert.equal(told(xmlEvent(1121)), 'xml')
  assert.equal(told(`garbage </Data></EventData></Event>\n${xmlEvent(1121)}`), 'xml')
  assert.equal(told(xmlEvent(1121).slice(0, 60)), 'xml')
  assert.equal(told('<?xml version="1.0"?>\r\n<Events></Events>'), 'xml')
  assert.equal(detect(Buffer.from(`\ufeff${xmlEvent(1121)}`, 'utf16le')), 'xml')
  assert.equal(told(textEvent(1121, 'x')), 'multiline')
  assert.equal(told(`garbage\n${textEvent(1121, 'x')}`.replaceAll('\n', '\r\r\n')), 'multiline')
  assert.equal(told(textEvent(1121, 'x').slice(23)), 'multiline')
  assert.equal(told('11/17/2023 05:23:37 PM\nLogName=x'), 'multiline')
  assert.equal(told('ElfFile\0\0\0'), 'evtx')
  assert.equal(told('[{"Id": 1}]'), 'json')
})

test('a log quoted within a log does not count', () => {
  assert.equal(told(textEvent(4688, `XML: ${xmlEvent(1121)}`)), 'multiline')
  assert.equal(told(xmlEvent(4104, `<Data>\n${textEvent(1121, 'x')}</Data>`)), 'xml')
  assert.equal(told(`{"event":{"original":"${xmlEvent(1121)}"}}\n`), 'json')
})

test('what is nothing is told as that', () => {
  assert.equal(told(''), 'empty')
  assert.equal(told('\ufeff \r\n'), 'empty')
  assert.equal(told('hello'), 'unknown')
  assert.equal(told('<EventLog><Eventual/></EventLog>'), 'unknown')
  assert.equal(told('11/17/2023 05:23:37 PM\nwent wrong: a=b'), 'unknown')
  assert.equal(detect(Buffer.from([0x50, 0x4b, 3, 4, 0, 0])), 'unknown')
})

test('the real logs are told', { skip: corpusFiles('xml') ? false : noCorpus }, () => {
  for (const { name, bytes } of corpusFiles('xml') ?? []) assert.equal(detect(bytes), 'xml', name)
  for (const { name, bytes } of corpusFiles('json') ?? []) assert.equal(detect(bytes), 'json', name)
  for (const { name, bytes } of corpusFiles('evtx/defender') ?? []) assert.equal(detect(bytes), 'evtx', name)
  const text = Object.fromEntries((corpusFiles('text') ?? []).map(({ name, bytes }) => [name, detect(bytes)]))
  assert.deepEqual(text, {
    '1121_ie_view_pasted.txt': 'xml',
    'UChiMU.raw.log': 'multiline',
    'XNPzEl.raw.log': 'multiline',
    'azurelocal_1121_message.txt': 'unknown',
  })
})
