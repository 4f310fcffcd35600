import { join } from 'node:path'
import { makeEndless } from '../tools/faults/endless.ts'
import { readersOf } from '../tools/faults/processes.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'slow-question', holds: 'fleet' })
test.skip(process.platform !== 'linux', 'Processes are found in /proc.')

test('a question without end goes with its client; pages and health are answered meanwhile', async ({
  server,
  page,
}) => {
  const mend = makeEndless(join(server.dataDir, 'asr-hunt.db'))
  const readers = () => readersOf(join(server.dataDir, 'asr-hunt.db'), 'pages')
  const clients = [new AbortController(), new AbortController()]
  const asked = ['/api/v1/events?limit=1', '/events'].map((path, index) =>
    fetch(server.url + path, { signal: clients[index]?.signal ?? null })
      .then((answer) => answer.text().then(() => answer))
      .then(
        ({ status }) => `answered ${status}`,
        () => 'left',
      ),
  )
  // Both processes that answer pages are taken; those who watch are answered by others.
  await expect.poll(() => readers().length).toBe(2)
  const taken = readers()
  for (let round = 0; round < 10; round++) expect((await fetch(`${server.url}/api/v1/health`)).status).toBe(200)
  await page.goto(`${server.url}/wall`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  for (const client of clients) client.abort()
  expect(await Promise.all(asked)).toEqual(['left', 'left'])
  await expect.poll(() => readers().filter((pid) => taken.includes(pid))).toEqual([])
  mend()
  expect((await fetch(`${server.url}/api/v1/events?limit=1`)).status).toBe(200)
})

test('of 100 exports at once some are answered, and the others are told to come again', async ({ server }) => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const answer = await fetch(`${server.url}/api/v1/events?format=ndjson`)
      await answer.text()
      return `${answer.status} ${answer.headers.get('Retry-After')}`
    }),
  )
  expect([...new Set(answers)].sort()).toEqual(['200 null', '503 5'])
  expect((await fetch(`${server.url}/api/v1/health`)).status).toBe(200)
  expect((await fetch(`${server.url}/api/v1/events?format=ndjson`)).status).toBe(200)
})

test('a question past QUERY_SECONDS is stopped, and page and API say what to do', async ({ server, page }) => {
  process.env.QUERY_SECONDS = '1'
  await server.stop()
  await server.start()
  delete process.env.QUERY_SECONDS
  const mend = makeEndless(join(server.dataDir, 'asr-hunt.db'))
  const answer = await fetch(`${server.url}/api/v1/events?limit=1`)
  expect([answer.status, (await answer.json()).error.code]).toEqual([503, 'too-slow'])
  await page.goto(`${server.url}/events`)
  await expect(page.getByText('Choose a shorter time range or narrower filters.')).toBeVisible()
  mend()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('table')).toBeVisible()
})
