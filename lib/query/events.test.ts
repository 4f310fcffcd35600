import assert from 'node:assert/strict'
import { test } from 'node:test'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { eventsOf, paramsOf } from './testing.ts'

const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR'
const rules = ['D4F940AB-401B-4EFC-AADC-AD5F3C50688A', '9E6C4E1F-7D60-472F-BA1A-A39EF669E4B2'] as const

test('an event names each path that it excluded once, in order, however many rules it is excluded from', async () => {
  const fixture = openFixture()
  const value = rules.map((ID) => `${ID}=C:\\b>C:\\a`).join('|')
  fixture.add([event(5007, 'PC1', 0, { 'Old Value': '', 'New Value': `${key}\\ASROnlyPerRuleExclusions = ${value}` })])
  const { rows } = await eventsOf(fixture.reads, paramsOf('events'))
  assert.deepEqual(
    rows.map(({ Exclusion }) => Exclusion),
    ['C:\\a|C:\\b'],
  )
  await fixture.close()
})

test('a page past the end of what is found knows how many there are', async () => {
  const fixture = openFixture()
  fixture.add(['PC1', 'PC1', 'PC2'].map((dest, index) => event(1121, dest, index)))
  for (const sort of ['', '&sort=dest'])
    assert.deepEqual(await eventsOf(fixture.reads, paramsOf('events', `dest=PC1&limit=5&page=3${sort}`)), {
      total: 2,
      rows: [],
    })
  await fixture.close()
})
