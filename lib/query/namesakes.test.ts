import assert from 'node:assert/strict'
import { test } from 'node:test'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { selectNamesakes } from './namesakes.ts'

const start = Date.parse('2026-03-02T08:00:00Z')
const hosts = [
  ...['PC-1', 'pc-1.corp.example', 'Pc-1.other.example', 'pc-10', 'pc-1x.corp.example', 'pc', 'PC-2.corp.example'],
  ...['10.0.0.1', '10.0.0.2', '10', 'srv', ...Array.from({ length: 9 }, (_, index) => `srv.site-${index}`)],
]

/** Counted pair by pair: the same text before the first dot, whatever its case, if it is not a number. */
function naive(dest: string): string[] {
  const first = (name: string) => name.toLowerCase().split('.')[0] ?? ''
  return hosts
    .filter((other) => other !== dest && first(other) === first(dest) && Number.isNaN(Number(first(dest))))
    .sort()
}

test('hosts with the same first label and another domain are found, those that only begin alike are not', async () => {
  const { reads, writer, add, close } = openFixture()
  const id = add(hosts.map((dest, index) => event(1121, dest, start + index * 1000, { Path: 'p' })))
  const found = await selectNamesakes(reads, hosts)
  assert.deepEqual(
    hosts.map((dest) => [dest, found.get(dest)?.total ?? 0]),
    hosts.map((dest) => [dest, naive(dest).length]),
  )
  assert.deepEqual(found.get('PC-1')?.dests, ['pc-1.corp.example', 'Pc-1.other.example'])
  assert.deepEqual(found.get('pc-1.corp.example')?.dests, ['PC-1', 'Pc-1.other.example'])
  assert.deepEqual(found.get('srv'), { dests: ['srv.site-0', 'srv.site-1', 'srv.site-2'], total: 9 })
  assert.equal(found.get('srv.site-8')?.dests.length, 3)
  // Once the other host is gone nobody is a namesake any more.
  writer.undoUpload(id)
  writer.runJobs()
  assert.equal((await selectNamesakes(reads, ['PC-1'])).size, 0)
  await close()
})
