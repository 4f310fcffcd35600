import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { dice } from '#lib/formats/testing.ts'
import type { LoggedSections } from '#lib/model/event.ts'
import { openFrame, readFrame } from './frames.ts'

function frameOf(events: LoggedSections[]): Uint8Array {
  const frame = openFrame()
  for (const event of events) frame.add(event)
  assert.equal(frame.length(), events.length)
  return frame.close()
}

const odd: Record<string, LoggedSections> = {
  'no section': [],
  'an empty section': [['EventData', []]],
  'two empty sections': [
    ['System', []],
    ['EventData', []],
  ],
  'repeated names': [
    [
      'EventData',
      [
        ['ID', 'a'],
        ['ID', 'b'],
        ['ID', 'a'],
      ],
    ],
  ],
  'unnamed Data': [
    [
      'EventData',
      [
        ['', 'a'],
        ['', ''],
        ['', 'b'],
      ],
    ],
  ],
  'names that differ only in case': [
    [
      'EventData',
      [
        ['id', 'a'],
        ['ID', 'a'],
        ['Id', 'b'],
      ],
    ],
  ],
  'the same in other case': [
    [
      'EventData',
      [
        ['ID', 'a'],
        ['id', 'a'],
        ['Id', 'b'],
      ],
    ],
  ],
  'names of what an object inherits': [
    [
      'UserData',
      [
        ['__proto__', 'a'],
        ['constructor', '__proto__'],
        ['toString', '0'],
      ],
    ],
  ],
  'values like numbers': [
    [
      'EventData',
      [
        ['a', '0'],
        ['b', ''],
        ['c', '1'],
        ['d', 'null'],
      ],
    ],
  ],
  'half a character': [['Message', [['\ud800', '\udc00\0\u2028"\\']]]],
  'the fields of one section in another': [['Message', [['ID', 'a']]]],
  'the same in EventData': [['EventData', [['ID', 'a']]]],
  'the same fields in two sections': [
    ['EventData', [['ID', 'a']]],
    ['Message', []],
  ],
  'the same divided otherwise': [
    ['EventData', []],
    ['Message', [['ID', 'a']]],
  ],
}

test('odd events are read back as they were added', () => {
  for (const [name, event] of Object.entries(odd)) {
    assert.deepEqual(readFrame(frameOf([event])), [event], name)
    assert.deepEqual(readFrame(frameOf([event, event, event])), [event, event, event], name)
  }
  const all = Object.values(odd)
  assert.deepEqual(readFrame(frameOf([...all, ...all.toReversed(), ...all])), [...all, ...all.toReversed(), ...all])
})

test('any mixture of templates and values is read back', () => {
  const roll = dice(7)
  const names = ['ID', 'id', '', '__proto__', 'Path', 'User']
  const values = ['', '0', 'a', 'b', 'C:\\a', 'é']
  const pick = (list: readonly string[]) => list[roll(list.length)] as string
  for (let round = 0; round < 200; round++) {
    const shapes = Array.from({ length: 1 + roll(40) }, () =>
      Array.from({ length: roll(3) }, () => Array.from({ length: roll(4) }, () => pick(names))),
    )
    const events = Array.from({ length: 1 + roll(100) }, (): LoggedSections => {
      const shape = shapes[roll(shapes.length)] as string[][]
      const sections = ['System', 'EventData', 'Message'] as const
      return shape.map((fields, at) => [sections[at] ?? 'System', fields.map((name) => [name, pick(values)])])
    })
    assert.deepEqual(readFrame(frameOf(events)), events)
  }
})

test('a closed frame leaves nothing in the next one', () => {
  const frame = openFrame()
  const event: LoggedSections = [['EventData', [['ID', 'a']]]]
  frame.add(event)
  frame.close()
  assert.equal(frame.length(), 0)
  frame.add(event)
  assert.deepEqual(readFrame(frame.close()), [event])
})

test('names are written once for each template, and a value once while it stays the same', () => {
  const event = (id: string): LoggedSections => [
    [
      'EventData',
      [
        ['Product Name', 'Defender'],
        ['ID', id],
      ],
    ],
  ]
  const frame = JSON.parse(zstdDecompressSync(frameOf([event('a'), event('b'), [], event('b')])).toString())
  assert.deepEqual(frame, {
    names: [[['EventData', ['Product Name', 'ID']]], []],
    events: [[0, 'Defender', 'a'], [0, 0, 'b'], [1], [0, 0, 0]],
  })
})

test('frames of earlier versions, a list of events, are read', () => {
  const events = Object.values(odd)
  assert.deepEqual(readFrame(zstdCompressSync(JSON.stringify(events))), events)
  assert.deepEqual(readFrame(zstdCompressSync('[]')), [])
})
