import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { event } from '#lib/ingest/testing.ts'
import {
  detectionOf,
  eventsOf,
  hostOf,
  hostsOf,
  openSeededStore,
  paramsOf,
  riskOf,
  rulesOf,
  timelineOf,
} from './testing.ts'

const seeded = openSeededStore(600)
const { reads } = seeded
after(() => seeded.close())

const time = Math.max(...seeded.events.map((each) => each.time))
const paths = ['C:\\a\0B.exe', 'C:\\a\0c.exe', 'C:\\a', '\0']
seeded.add(paths.map((Path, index) => event(1121, 'PC1', time + index, { Path })))
seeded.add([event(1121, 'PC1\0A', time, { Path: 'C:\\x' })])

const found = async (query: string) => (await eventsOf(reads, paramsOf('events', query))).rows.map(({ Path }) => Path)

test('a text with a NUL character finds what has it, and nothing else', async () => {
  assert.deepEqual(await found('q=a%00&sort=Path'), ['C:\\a\0B.exe', 'C:\\a\0c.exe'])
  assert.deepEqual(await found('q=A%00b'), ['C:\\a\0B.exe'])
  assert.deepEqual((await found('q=%00')).length, 4)
  assert.deepEqual(await found('q=x%00'), [])
  assert.deepEqual(await found('Path=c:\\a%00b.exe'), ['C:\\a\0B.exe'])
  assert.deepEqual(await found('Path=C:\\a'), ['C:\\a'])
  assert.deepEqual(await found('Path=C:\\a%00'), [])
  assert.deepEqual(await found('Path=%00'), ['\0'])
  assert.deepEqual(await found('dest=pc1%00a'), ['C:\\x'])
  assert.deepEqual(await found('dest=PC1%00'), [])
  assert.deepEqual(await found('q=a%00*c.exe'), ['C:\\a\0c.exe'])
  assert.deepEqual(await found('q=a%00*&sort=Path'), ['C:\\a\0B.exe', 'C:\\a\0c.exe'])
  assert.deepEqual(await found('Path=*%00b*'), ['C:\\a\0B.exe'])
  assert.deepEqual(await found('Path=c:*%00*&Path=!*%00B*'), ['C:\\a\0c.exe'])
  assert.deepEqual(await found('Path==C:\\a%00*'), [])
  assert.deepEqual(await found('dest=pc1%00*'), ['C:\\x'])
  for (const field of ['ID', 'EventCode', 'Process_Name', 'User', 'feature'])
    assert.deepEqual(await found(`${field}=%00`), [])
  const all = (await eventsOf(reads, paramsOf('events', ''))).total
  assert.equal((await eventsOf(reads, paramsOf('events', 'Path=!%00'))).total, all - 1)
})

test('every table leaves out what does not have the NUL character that is asked for', async () => {
  for (const query of [
    'q=no%00thing',
    'q=no%00*',
    'dest=PC1%00',
    'dest=*%00B*',
    'ID=%00',
    'ID=*%00*',
    'Path=%00x',
    'Path=%00*x',
  ]) {
    for (const key of ['stacking', 'block', 'audit', 'registry', 'disabled'] as const)
      assert.equal((await detectionOf(reads, key, paramsOf(key, query))).total, 0, `${key}?${query}`)
    assert.equal((await hostsOf(reads, paramsOf('hosts', query))).total, 0, query)
    assert.equal((await riskOf(reads, paramsOf('risk', `${query}&anchor=newest`))).total, 0, query)
    assert.ok(
      (await rulesOf(reads, paramsOf('rules', query))).every(({ events }) => events === 0),
      query,
    )
    assert.ok(
      (await timelineOf(reads, paramsOf('events', query))).points.every(({ block }) => block === 0),
      query,
    )
  }
  assert.equal(await hostOf(reads, 'PC1\0', paramsOf('hosts', '')), null)
  assert.equal((await hostOf(reads, 'pc1\0a', paramsOf('hosts', '')))?.dest, 'PC1\0A')
})
