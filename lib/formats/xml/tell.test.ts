import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dice, xmlEvent } from '#lib/formats/testing.ts'
import { tell, tellWindows } from '#lib/formats/xml/tell.ts'

test('whose a record is is told from its System part alone', () => {
  const told = { channel: 'Security', eventCode: '4624' }
  const event = xmlEvent(4624, '', 'Security')
  assert.deepEqual(tellWindows(event), told)
  assert.deepEqual(tell(event), told)
  assert.deepEqual(tell(event.replace('Security<', 'Secur&#105;ty <')), told)
  assert.equal(tell(event.replace('<System>', '<EventData/><System>')), null)
  assert.equal(tell(event.replace('<Provider', '<!-- <Channel>x</Channel> --><Provider')), null)
  assert.equal(tell(event.replace('</Channel>', '')), null)
  assert.equal(tell('<Event><System></System><EventData><EventID>1</EventID><Channel>x</Channel>'), null)
})

test('the quick way never tells anything but what the slow way tells', () => {
  const roll = dice(3)
  const event = xmlEvent(4624, '', 'Security').slice(0, 900)
  const marks = ['<', '>', '/', "'", ' ', '\n', '&', '!', '<Channel>', '</System>', '<!--', '<EventID>', 'é']
  let told = 0
  for (let round = 0; round < 20_000; round++) {
    const at = roll(event.length)
    const mutant = event.slice(0, at) + marks[roll(marks.length)] + event.slice(at + roll(3))
    const quick = tellWindows(mutant)
    if (quick) {
      told++
      assert.deepEqual(quick, tell(mutant), mutant)
    }
  }
  assert.ok(told > 5000)
})
