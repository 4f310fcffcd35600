import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inShort, read, xmlEvent } from '#lib/formats/testing.ts'
import { readXml } from '#lib/formats/xml/xml.ts'

const shortly = async (log: string) => inShort(await read(readXml, log))
const fieldsOf = async (log: string) => {
  const reading = await read(readXml, log)
  assert.deepEqual(reading.rejects, [])
  return reading.events[0]?.event.sections
}
const own = xmlEvent(1121, "<Data Name='ID'>x</Data>")
const events = (...codes: number[]) => ({ events: codes, others: {}, rejects: [] as string[] })

test('events are read rooted, rootless, one a line, with a declaration or a byte order mark', async () => {
  const two = own + xmlEvent(5007)
  for (const log of [
    two,
    `<Events>${two}</Events>`,
    `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\r\n<Events>\r\n${two}</Events>`,
    `\ufeff${own}\n${xmlEvent(5007)}\n`,
    `${own}\r\n\r\n garbage & < ${xmlEvent(5007)}`,
    two.replaceAll("'", '"'),
    two.replaceAll('><', '>\n  <'),
    two.replaceAll('><', '>\n - <'),
    two
      .replaceAll('</', '</e:')
      .replaceAll(/<(?=[A-Z])(?!Event )/g, '<e:')
      .replaceAll('</e:Event>', '</Event>'),
  ]) {
    assert.deepEqual(await shortly(log), events(1121, 5007), log.slice(0, 80))
  }
})

test('Data is kept as logged: blanks, entities, CDATA, unnamed, empty, control characters', async () => {
  const data =
    "<Data Name='a'> x </Data><Data Name='b'>&lt;&amp;&#13;&#10;</Data><Data Name='c'><![CDATA[<&amp;]]> &gt;</Data>" +
    "<Data>unnamed</Data><Data/><Data Name='d'/><Data Name='d'>0x00000000</Data><Data Name='e &quot;'>1E5</Data>" +
    "<Data Name='f'>\u0001\0é\u200e</Data><Binary>00FF</Binary><Data Name='g'>a<!-- no -->b</Data><ComplexData Name='h'>z</ComplexData>"
  assert.deepEqual((await fieldsOf(xmlEvent(1121, data)))?.EventData, [
    ['a', ' x '],
    ['b', '<&\r\n'],
    ['c', '<&amp; >'],
    ['', 'unnamed'],
    ['', ''],
    ['d', ''],
    ['d', '0x00000000'],
    ['e "', '1E5'],
    ['f', '\u0001\0é\u200e'],
    ['Binary', '00FF'],
    ['g', 'ab'],
    ['ComplexData', 'z'],
    ['ComplexData Name', 'h'],
  ])
})

test('Qualifiers, unknown elements, UserData and RenderingInfo are kept', async () => {
  const log = own
    .replace('<EventID>', "<EventID Qualifiers='16384'>")
    .replace('<Level>', "<Odd a='1'>2<Inner>3</Inner></Odd><Level>")
    .replace(
      '</EventData>',
      "</EventData><UserData><X xmlns='u' k='v'><P>1</P><Q><R>2</R><R/></Q></X></UserData>" +
        "<RenderingInfo Culture='en-US'><Message>It\n\tdid</Message><Keywords><Keyword>A</Keyword></Keywords></RenderingInfo>" +
        '<ProcessingErrorData><ErrorCode>15005</ErrorCode></ProcessingErrorData>',
    )
  const sections = await fieldsOf(log)
  assert.deepEqual(sections?.System?.slice(2, 8), [
    ['EventID', '1121'],
    ['Qualifiers', '16384'],
    ['Version', '0'],
    ['Odd', '2'],
    ['Odd a', '1'],
    ['Odd Inner', '3'],
  ])
  assert.deepEqual(sections?.UserData, [
    ['k', 'v'],
    ['P', '1'],
    ['Q R', '2'],
    ['Q R', ''],
    ['ProcessingErrorData ErrorCode', '15005'],
  ])
  assert.deepEqual(sections?.RenderingInfo, [
    ['Culture', 'en-US'],
    ['Message', 'It\n\tdid'],
    ['Keywords Keyword', 'A'],
  ])
})

test('what is not ours is counted, even cut or malformed after its channel', async () => {
  const others = (code: string) => ({ events: [], others: { [code]: 1 }, rejects: [] })
  assert.deepEqual(await shortly(xmlEvent(1150)), others('1150'))
  assert.deepEqual(await shortly(xmlEvent(1121, '', 'Security')), others('Security/1121'))
  assert.deepEqual(await shortly(xmlEvent(4688, '<Data>&<', 'A &amp; B')), others('A & B/4688'))
  assert.deepEqual(await shortly(xmlEvent(1150).split('<Computer>')[0] as string), others('1150'))
  assert.deepEqual(
    await shortly(xmlEvent(1121).replace('<EventID>', "<EventID Qualifiers='1'>").replace('1121', '7036')),
    others('7036'),
  )
  assert.deepEqual(
    await shortly('<Event><System><Channel>Security</Channel>\n<EventID>1</EventID><Broken'),
    others('Security/1'),
  )
})

test('what is ours and damaged, or cannot be identified, is rejected with a reason', async () => {
  const cases: [string, string][] = [
    [own.slice(0, -20), 'cut-off'],
    [own.slice(0, 300), 'cut-off'],
    ['<Event xmlns=', 'cut-off'],
    [own.replace('</Data>', '</Date>'), 'not-well-formed'],
    [own.replace('>x<', '>a & b<'), 'not-well-formed'],
    [own.replace('>x<', '><!foo>x<'), 'not-well-formed'],
    [own.replace('<Data', '<Data constructor="1"'), 'not-well-formed'],
    [own.replace('>x<', '><!DOCTYPE a [<!ENTITY b "c">]>&b;<'), 'doctype'],
    [own.replace(/<Channel>.*<\/Channel>/, ''), 'no-channel'],
    [own.replace(/<Channel>.*<\/Channel>/, '<Channel> </Channel>'), 'no-channel'],
    [own.replace('>1121<', '>abc<'), 'no-event-code'],
    [own.replace('<EventID>1121</EventID>', ''), 'no-event-code'],
    [own.replace('host1', ''), 'no-dest'],
    [own.replace(/<TimeCreated.*?>/, ''), 'no-time'],
    [own.replace('2023-11-20T', '2023-11-31T'), 'bad-time'],
    ['<Event/>', 'no-channel'],
  ]
  for (const [log, reason] of cases) {
    const good = xmlEvent(1122)
    assert.deepEqual(
      await shortly(`${good}${log}\n${good}`),
      { events: [1122, 1122], others: {}, rejects: [reason] },
      log,
    )
  }
})

test('a DOCTYPE outside the events is one reject, and nothing it declares is expanded', async () => {
  const doctype = '<!DOCTYPE lol [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>'
  const reading = await read(
    readXml,
    `<?xml version="1.0"?>\n${doctype}\n<Events>${own.replace('>x<', '>&lol2;<')}</Events>`,
  )
  assert.deepEqual(inShort(reading), { events: [1121], others: {}, rejects: ['doctype'] })
  assert.equal(reading.records, 2)
  assert.equal(reading.rejects[0]?.line, 2)
  assert.ok(reading.rejects[0]?.snippet.startsWith(doctype))
  assert.deepEqual(reading.events[0]?.event.sections.EventData, [['ID', '&lol2;']])
})

test('CDATA that quotes an event does not end its record', async () => {
  for (const quoted of [
    '</Event>',
    '<Event >',
    xmlEvent(1122),
    '</Event><Event/>',
    '<![CDATA[ </Event>',
    ']] </Event>',
  ]) {
    const log = xmlEvent(1121, `<Data Name='q'><![CDATA[${quoted}]]></Data>`)
    const reading = await read(readXml, log + log)
    assert.deepEqual(inShort(reading), events(1121, 1121), quoted)
    assert.equal(reading.events[1]?.event.sections.EventData?.[0]?.[1], quoted)
  }
})

test('CDATA without an end does not swallow the next record', async () => {
  const open = xmlEvent(1121, '<Data><![CDATA[ x</Data>')
  const withCdata = xmlEvent(1122, '<Data><![CDATA[ x ]]></Data>')
  const rejected = { others: {}, rejects: ['not-well-formed'] }
  assert.deepEqual(await shortly(open + own), { events: [1121], ...rejected })
  assert.deepEqual(await shortly(open + own + withCdata), { events: [1121, 1122], ...rejected })
  assert.deepEqual(await shortly(open + withCdata), { events: [1122], ...rejected })
  const cutOff = { others: {}, rejects: ['cut-off'] }
  assert.deepEqual(await shortly(open.slice(0, -30) + withCdata), { events: [1122], ...cutOff })
})

test('a record of more than 4 MiB is rejected as too long, and its neighbours are read', async () => {
  const long = (event: string) => event.replace('>x<', `>${'y'.repeat(4 * 1024 * 1024)}<`)
  const log = own + long(own) + own + long(own).replace('</Event>', '') + own
  const reading = await read(readXml, log, 65_536)
  assert.deepEqual(inShort(reading), { events: [1121, 1121, 1121], others: {}, rejects: ['too-long', 'too-long'] })
  assert.deepEqual(await read(readXml, log), reading)
  assert.deepEqual(await shortly(long(own).replace('1121', '1150')), { events: [], others: { 1150: 1 }, rejects: [] })
})

test('a reject says where it is and how it begins', async () => {
  const log = `\ufeff<Events>\r\n${xmlEvent(1121, '<Data>é𝄞</Data>')}\r\n  ${own.slice(0, -9)}é\r\n${own}`
  for (const encoding of ['utf8', 'utf16le'] as const) {
    const bytes = Buffer.from(log, encoding)
    const { rejects, events } = await read(readXml, bytes, 5)
    const at = Buffer.byteLength(log.slice(0, log.indexOf('  <Event') + 2), encoding)
    assert.deepEqual(
      { ...rejects[0], snippet: '', detail: '' },
      { record: 2, line: 3, offset: at, reason: 'cut-off', detail: '', snippet: '' },
    )
    assert.equal(rejects[0]?.snippet, own.slice(0, 300))
    const last = Buffer.byteLength(log.slice(0, log.lastIndexOf('<Event ')), encoding)
    assert.deepEqual(events[1]?.place, { record: 3, line: 4, offset: last })
  }
})

test('invalid bytes in a value do not lose the event', async () => {
  const [head, tail] = own.split('>x<') as [string, string]
  const bytes = Buffer.concat([Buffer.from(`${head}>`), Buffer.from([0x80, 0xff]), Buffer.from(`<${tail}`)])
  const { events } = await read(readXml, bytes)
  assert.deepEqual(events[0]?.event.sections.EventData, [['ID', '\ufffd\ufffd']])
})
