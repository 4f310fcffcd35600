import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalFields } from '#lib/asr/canonical.ts'
import type { LoggedEvent, Section } from '#lib/asr/event.ts'
import { readAny } from '#lib/formats/testing.ts'
import { eventXml } from '#lib/text/event-xml.ts'
import { sampleLogs } from '#tools/logs/logs.ts'
import { makeRandom } from '#tools/simulate/random.ts'
import { simulate } from '#tools/simulate/simulate.ts'
import { copyGetWinEvent } from './get-winevent.ts'
import { type Selected, selectedColumns } from './selection.ts'
import { always, equals, hostileText, textOf, wildcard } from './testing.ts'
import { filtersOf, loadEvent, openCommand } from './testing-windows.ts'

const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'

const xmlOf = ({ sections }: LoggedEvent): string =>
  eventXml(
    Object.entries(sections).flatMap(([section, fields]) =>
      fields.map(([name, value]) => ({ section: section as Section, name, value })),
    ),
  ) ?? ''

/** Events of a made-up fleet as the product reads them from XML. */
async function fleetEvents(): Promise<LoggedEvent[]> {
  const log = sampleLogs([...simulate({ seed: 3, dests: 4, days: 5, events: 400, others: 0 })]).find(
    ({ format }) => format === 'xml',
  )
  assert.ok(log)
  return (await readAny(log.bytes)).events.map(({ event }) => event)
}

const columns = ['ID', 'Process_Name', 'Path', 'Parent_Commandline', 'Target_Commandline', 'User'] as const

/** All that is known of an event: its stack by every column. The rule of a 5007 is a part of a value. */
function columnsOf(event: LoggedEvent): Selected[] {
  const fields = canonicalFields(event)
  const own = event.EventCode === 5007 ? columns.slice(1) : columns
  return [
    equals('dest', event.dest),
    equals('EventCode', String(event.EventCode)),
    ...own.map((column) => equals(column, fields[column])),
  ]
}

const why = (...columns: Selected[]): string | null => {
  const copied = copyGetWinEvent(always(...columns))
  return 'refused' in copied ? copied.refused : null
}

test('a stack becomes a filter of complete values', () => {
  const command = textOf(
    copyGetWinEvent({
      columns: [
        equals('dest', 'PC-7'),
        equals('EventCode', '1121'),
        equals('ID', office),
        equals('Process_Name', "C:\\it's & <b>.exe"),
        equals('Path', null),
      ],
      from: 1_700_497_788_984,
      to: 1_700_497_789_984,
    }),
  )
  assert.deepEqual(filtersOf(command), [
    {
      select: [
        `*[System[EventID=1121 and Computer='PC-7' and TimeCreated[@SystemTime>='2023-11-20T16:29:48.984Z' and ` +
          `@SystemTime<'2023-11-20T16:29:49.985Z']] and EventData[(Data[@Name='ID']='${office}' or ` +
          `Data[@Name='ID']='${office.toLowerCase()}') and Data[@Name='Process Name']="C:\\it's & <b>.exe"]]`,
      ],
      suppress: ["*[System[EventID=1121] and EventData[Data[@Name='Path']!='']]"],
    },
  ])
})

test('each event is found by its stack, and only the events that are equal to it in every column', async () => {
  const events = await fleetEvents()
  const loaded = events.map((event) => ({ event: loadEvent(xmlOf(event)), key: JSON.stringify(columnsOf(event)) }))
  const byKey = new Map(events.map((event) => [JSON.stringify(columnsOf(event)), columnsOf(event)]))
  assert.ok(byKey.size > 50, `${byKey.size} stacks`)
  let compared = 0
  for (const [key, columns] of byKey) {
    const copied = copyGetWinEvent(always(...columns))
    if ('refused' in copied) {
      assert.match(copied.refused, /contains both ' and "/)
      continue
    }
    const finds = openCommand(copied.text)
    for (const each of loaded) assert.equal(finds(each.event), each.key === key, copied.text)
    compared++
  }
  assert.ok(compared > byKey.size / 2, `${compared} of ${byKey.size}`)
})

test('any value finds the event that has it, and not one that has another', async () => {
  const event = (await fleetEvents()).find(({ EventCode }) => EventCode === 1121)
  assert.ok(event)
  const random = makeRandom(5, 'winevent')
  const withPath = (path: string): string =>
    xmlOf({
      ...event,
      sections: {
        ...event.sections,
        EventData: (event.sections.EventData ?? []).map(([name, value]) => [name, name === 'Path' ? path : value]),
      },
    })
  let refused = 0
  for (let at = 0; at < 300; at++) {
    const value = hostileText(random)
    const copied = copyGetWinEvent(always(equals('Path', value), equals('EventCode', '1121')))
    if ('refused' in copied) {
      assert.match(copied.refused, value.includes("'") && value.includes('"') ? /both ' and "/ : /control character/)
      refused++
      continue
    }
    assert.doesNotMatch(copied.text.replaceAll('\n', ''), /[\p{Cc}\p{Zl}\p{Zp}]/u)
    const finds = openCommand(copied.text)
    assert.ok(finds(loadEvent(withPath(value))), copied.text)
    for (const other of [`${value}x`, `x${value}`, value.slice(1), '']) assert.ok(!finds(loadEvent(withPath(other))))
  }
  assert.ok(refused < 150, `${refused} were refused`)
})

test('the quotes that PowerShell takes for its own are in the filter as they are', () => {
  for (const quote of ['\u2018', '\u2019', '\u201a', '\u201b', '\u201c', '\u201d', "'"]) {
    const value = `a${quote}@ ${quote}; Remove-Item C:\\ ${quote}`
    const [filter] = filtersOf(textOf(copyGetWinEvent(always(equals('EventCode', '1121'), equals('Path', value)))))
    assert.ok(filter?.select[0]?.includes(value), value)
    // A line break of the value would let one of them begin a line.
    const broken = `a\n${quote}@\nRemove-Item`
    const [other] = filtersOf(textOf(copyGetWinEvent(always(equals('EventCode', '1121'), equals('Path', broken)))))
    assert.ok(other?.select[0]?.includes(broken), broken)
  }
})

test('the range has both ends in it, to the last 100 ns', async () => {
  const event = (await fleetEvents())[0]
  assert.ok(event)
  const at = (time: string) => loadEvent(xmlOf(event).replace(/SystemTime='[^']+'/, `SystemTime='${time}'`))
  const finds = openCommand(textOf(copyGetWinEvent({ columns: [], from: 1_700_000_000_123, to: 1_700_000_000_456 })))
  for (const [time, expected] of [
    ['2023-11-14T22:13:20.1229999Z', false],
    ['2023-11-14T22:13:20.1230000Z', true],
    ['2023-11-14T22:13:20.4569999Z', true],
    ['2023-11-14T22:13:20.4570000Z', false],
  ] as const)
    assert.equal(finds(at(time)), expected, time)
})

test('a missing field is one that is empty or not in the event', async () => {
  const event = (await fleetEvents()).find(({ EventCode }) => EventCode === 1122)
  assert.ok(event)
  const finds = openCommand(textOf(copyGetWinEvent(always(equals('EventCode', '1122'), equals('Path', null)))))
  const xml = xmlOf(event)
  const path = /<Data Name='Path'>[^<]*<\/Data>/
  assert.match(xml, path)
  assert.ok(!finds(loadEvent(xml)))
  assert.ok(finds(loadEvent(xml.replace(path, ''))))
  assert.ok(finds(loadEvent(xml.replace(path, "<Data Name='Path'></Data>"))))
})

test('what compares a part of a value is refused, or left out if other codes remain', () => {
  const complete = 'the filter of a Windows log compares complete values'
  assert.equal(why(wildcard('Path', 'C:\\*')), `Path has a wildcard, and ${complete}.`)
  assert.equal(why(wildcard('dest', 'pc-*')), `dest has a wildcard, and ${complete}.`)
  assert.equal(
    why(equals('EventCode', '5007'), equals('ID', null)),
    `ID: in a 5007 the rule is a part of its values, and ${complete}.`,
  )
  assert.equal(
    why(equals('Path', `'"`)),
    `Path contains both ' and ", and a string of XPath can contain only one of them.`,
  )
  assert.equal(why(equals('Path', 'a\0')), 'Path contains a control character, which XML cannot contain.')
  assert.equal(why(wildcard('Path', 'C:\\a.exe')), null)
  assert.equal(why(wildcard('Path', '*')), null)
  assert.equal(why(wildcard('EventCode', '112*')), null)
  const others = textOf(copyGetWinEvent(always(equals('ID', office))))
  assert.match(others, /^# 5007 left out\. ID: in a 5007/)
})

test('a filter of every column has fewer than the twenty comparisons that Windows allows', () => {
  const texts = selectedColumns.filter((column) => !['EventCode', 'mode', 'feature'].includes(column))
  for (const value of ['A', null]) {
    const columns = texts.map((column) => equals(column, column === 'dest' ? 'pc-7' : value))
    const filters = filtersOf(textOf(copyGetWinEvent({ columns, from: 0, to: 1 })))
    for (const each of filters.flatMap(({ select, suppress }) => [...select, ...suppress])) {
      const comparisons = each.replace(/@Name='[^']*'/g, '').match(/[<>!=]+/g) ?? []
      assert.ok(comparisons.length <= 20, each)
    }
  }
})
