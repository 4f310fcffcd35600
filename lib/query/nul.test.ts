import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { event } from '#lib/ingest/testing.ts'
import { selectDetection } from './detection.ts'
import { selectEvents } from './events.ts'
import { selectHost, selectHosts } from './hosts.ts'
import { selectRisk } from './risk.ts'
import { selectRules } from './rules.ts'
import { openSeededStore, paramsOf } from './testing.ts'
import { selectTimeline } from './timeline.ts'

const seeded = openSeededStore(600)
const { store } = seeded
after(() => seeded.close())

const time = Math.max(...seeded.events.map((each) => each.time))
const paths = ['C:\\a\0B.exe', 'C:\\a\0c.exe', 'C:\\a', '\0']
seeded.add(paths.map((Path, index) => event(1121, 'PC1', time + index, { Path })))
seeded.add([event(1121, 'PC1\0A', time, { Path: 'C:\\x' })])

const found = async (query: string) =>
  (await selectEvents(store, paramsOf('events', query))).rows.map(({ Path }) => Path)

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
  for (const field of ['ID', 'EventCode', 'Process_Name', 'User', 'feature'])
    assert.deepEqual(await found(`${field}=%00`), [])
  const all = (await selectEvents(store, paramsOf('events', ''))).total
  assert.equal((await selectEvents(store, paramsOf('events', 'Path=!%00'))).total, all - 1)
})

test('every table leaves out what does not have the NUL character that is asked for', async () => {
  for (const query of ['q=no%00thing', 'dest=PC1%00', 'ID=%00', 'Path=%00x']) {
    for (const key of ['stacking', 'block', 'audit', 'registry', 'disabled'] as const)
      assert.equal((await selectDetection(store, key, paramsOf(key, query))).total, 0, `${key}?${query}`)
    assert.equal((await selectHosts(store, paramsOf('hosts', query))).total, 0, query)
    assert.equal((await selectRisk(store, paramsOf('risk', `${query}&anchor=newest`))).total, 0, query)
    assert.ok(
      (await selectRules(store, paramsOf('rules', query))).every(({ events }) => events === 0),
      query,
    )
    assert.ok(
      (await selectTimeline(store, paramsOf('events', query))).points.every(({ block }) => block === 0),
      query,
    )
  }
  assert.equal(await selectHost(store, 'PC1\0', paramsOf('hosts', '')), null)
  assert.equal((await selectHost(store, 'pc1\0a', paramsOf('hosts', '')))?.dest, 'PC1\0A')
})
