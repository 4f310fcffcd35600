import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dice, xmlEvent } from '#lib/formats/testing.ts'
import { identify, identifyWindows } from '#lib/formats/xml/identity.ts'

test('a record is identified from its System part alone', () => {
  const identity = { channel: 'Security', eventCode: '4624' }
  const event = xmlEvent(4624, '', 'Security')
  assert.deepEqual(identifyWindows(event), identity)
  assert.deepEqual(identify(event), identity)
  assert.deepEqual(identify(event.replace('Security<', 'Secur&#105;ty <')), identity)
  assert.equal(identify(event.replace('<System>', '<EventData/><System>')), null)
  assert.equal(identify(event.replace('<Provider', '<!-- <Channel>x</Channel> --><Provider')), null)
  assert.equal(identify(event.replace('</Channel>', '')), null)
  assert.equal(identify('<Event><System></System><EventData><EventID>1</EventID><Channel>x</Channel>'), null)
})

test('the quick way never finds anything but what the slow way finds', () => {
  const roll = dice(3)
  const event = xmlEvent(4624, '', 'Security').slice(0, 900)
  const marks = ['<', '>', '/', "'", ' ', '\n', '&', '!', '<Channel>', '</System>', '<!--', '<EventID>', 'é']
  let identified = 0
  for (let round = 0; round < 20_000; round++) {
    const at = roll(event.length)
    const mutant = event.slice(0, at) + marks[roll(marks.length)] + event.slice(at + roll(3))
    const quick = identifyWindows(mutant)
    if (quick) {
      identified++
      assert.deepEqual(quick, identify(mutant), mutant)
    }
  }
  assert.ok(identified > 5000)
})
