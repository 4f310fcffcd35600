import { join } from 'node:path'
import { readersOf } from '../tools/faults/processes.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'one-process', holds: 'fleet' })
test.skip(process.platform !== 'linux', 'Processes are found in /proc.')

test('the server and the routes that Next bundles have one limit of reader processes', async ({ server }) => {
  const readers = (pool: string) => readersOf(join(server.dataDir, 'asr-hunt.db'), pool).length
  // The server answers the stream of the wall itself. Routes answer all else.
  const leave = new AbortController()
  const streams = await Promise.all(
    Array.from({ length: 4 }, () => fetch(`${server.url}/api/v1/wall/stream`, { signal: leave.signal })),
  )
  const paths = Array.from({ length: 10 }, (_, n) => [
    '/api/v1/health',
    `/api/v1/wall?anchor=${n % 2 === 0 ? 'now' : 'newest'}`,
    `/api/v1/events?limit=1&page=${n + 1}`,
    `/api/v1/stacking?sort=Path&page=${n + 1}`,
  ]).flat()
  await Promise.all(paths.map(async (path) => (await fetch(server.url + path)).text()))
  expect(streams.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect([readers('watch'), readers('pages')]).toEqual([2, 2])
  leave.abort()
})
