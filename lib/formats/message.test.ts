import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asrCodes } from '#lib/asr/templates.ts'
import { isUnparsed, messageBody } from '#lib/formats/message.ts'
import { readMultiline } from '#lib/formats/multiline/multiline.ts'
import { namesByPosition, windowsName } from '#lib/formats/names.ts'
import { cut, textEvent } from '#lib/formats/testing.ts'
import { messageOf } from '#tools/logs/parts.ts'
import { simulate } from '#tools/simulate/simulate.ts'

const events = [...simulate({ seed: 5, dests: 40, days: 30, events: 3000, others: 0 })]

test('the English message of every code is read, with nothing of it lost', () => {
  for (const code of asrCodes) {
    const event = events.find(({ EventCode }) => EventCode === code)
    const message = event ? messageOf(event) : ''
    const { sections, unparsed } = messageBody(code, [], message)
    assert.equal(unparsed, undefined, String(code))
    for (const [name, value] of sections.Message ?? [])
      assert.ok(message.includes(value.replaceAll('\n', '\r\n')), name)
  }
})

test('a message in another language, or none, is unparsed, its labels kept as they are', () => {
  const german = 'Microsoft Defender Exploit Guard hat …\r\n \tID: x\r\n \tBenutzer: b\r\n \tPfad: p\r\n'
  assert.deepEqual(messageBody(1121, [], german), {
    unparsed: true,
    sections: {
      System: [],
      Message: [
        ['Message', 'Microsoft Defender Exploit Guard hat …'],
        ['ID', 'x'],
        ['Benutzer', 'b'],
        ['Pfad', 'p'],
      ],
    },
  })
  for (const code of asrCodes) assert.equal(messageBody(code, [], '').unparsed, true)
  assert.equal(isUnparsed(4688, [['Message', 'x']]), false)
})

test('text of a forwarder says the same of its messages', async () => {
  const text =
    textEvent(5007, 'x\n \tOld value: a\n \tNew value: b') + textEvent(5007, 'x\n \tAlter Wert: a\n \tNeuer Wert: b')
  const unparsed: (true | undefined)[] = []
  for await (const outcomes of readMultiline(cut(Buffer.from(text), 40), { tz: 'UTC' })) {
    for (const outcome of outcomes) if (outcome.kind === 'event') unparsed.push(outcome.unparsed)
  }
  assert.deepEqual(unparsed, [undefined, true])
})

test('names are those of Windows, however an export spells them', () => {
  assert.equal(windowsName(1121, 'Process_Name'), 'Process Name')
  assert.equal(windowsName(1121, 'iD'), 'ID')
  assert.equal(windowsName(1121, 'inhertiance Flags'), 'Inhertiance Flags')
  assert.equal(windowsName(1121, 'Inheritance_Flags'), 'Inhertiance Flags')
  assert.equal(windowsName(1121, 'param7'), 'Path')
  assert.equal(windowsName(1121, 'Some_Other'), 'Some_Other')
  assert.equal(windowsName(4688, 'param1'), 'param1')
  assert.equal(namesByPosition(1134, 15)[2], 'Policy Version')
  assert.equal(namesByPosition(1134, 16)[2], 'Unused')
  assert.deepEqual(namesByPosition(4688, 3), [])
})
