import { request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Answer } from './ask.ts'
import { makeEndless } from './endless.ts'
import { type Case, expect, type Figure, type Kind } from './kind.ts'
import { readersOf } from './processes.ts'
import { onFilledSite } from './site.ts'
import { watch } from './watch.ts'

/** A case that asks many requests at once from one client. Each is answered as expected, or with when to come again. */
const atOnce = (what: string, paths: string[], fine = [200]): Case => ({
  what,
  takesTime: true,
  run: ({ survived }) =>
    onFilledSite(async (site) => {
      const asked = Promise.all(paths.map((path) => site.get(path)))
      const figures = await watch(site, asked)
      const isRight = ({ status, headers }: Answer): boolean =>
        fine.includes(status) || (status === 503 && headers['retry-after'] !== undefined)
      const wrong = (await asked).find((answer) => !isRight(answer))
      expect(wrong === undefined, `A request was answered with ${wrong?.status}: ${wrong?.text.slice(0, 300)}`)
      survived()
      return figures
    }),
})

const repeated = (count: number, path: string): string[] => Array.from({ length: count }, () => path)
const filters = (count: number): string =>
  Array.from({ length: count }, (_, filter) => `Process_Name=*${filter}*`).join('&')

/** A question without end whose client leaves: the process that works on it goes, and others are answered meanwhile. */
const endless: Case = {
  what: 'two endless questions whose clients leave',
  bars: { 'process gone': 1000, health: 200 },
  run: ({ isShort, survived }) =>
    onFilledSite(async (site) => {
      const figures: Figure[] = []
      for (let round = 0; round < (isShort ? 3 : 7); round++) {
        // The processes are there, so that it is not their start that is measured.
        expect((await site.get('/api/v1/events?limit=1')).status === 200, 'A short question was not answered.')
        const mend = makeEndless(site.file)
        const before = readersOf(site.file, 'pages')
        const clients = [1, 2].map(() => request(site.url('/api/v1/events?limit=1'), { agent: false }))
        for (const client of clients) client.on('error', () => {}).end()
        const until = Date.now() + 1500
        while (Date.now() < until) {
          const { status, ms } = await site.get('/api/v1/health')
          expect(status === 200, `Meanwhile health was answered with ${status}.`)
          figures.push({ of: 'health', ms })
        }
        const began = performance.now()
        for (const client of clients) client.destroy()
        while (readersOf(site.file, 'pages').some((pid) => before.includes(pid))) {
          expect(performance.now() - began < 60_000, 'A question goes on a minute after its client has left.')
          await wait(10)
        }
        figures.push({ of: 'process gone', ms: performance.now() - began })
        mend()
        survived()
      }
      return figures
    }),
}

/** URLs that no server takes: it answers, or closes the connection while the URL is being sent. */
const hugeUrls: Case = {
  what: 'URLs of 64 kB and 4 MB, 40 at once',
  takesTime: true,
  run: ({ survived }) =>
    onFilledSite(async (site) => {
      const paths = [64, 4096].flatMap((kb) => repeated(20, `/events?q=${'x'.repeat(kb * 1000)}`))
      const statusOf = (path: string) =>
        site.get(path).then(
          ({ status }) => status,
          () => 'closed',
        )
      const asked = Promise.all(paths.map(statusOf))
      const figures = await watch(site, asked)
      const wrong = (await asked).find((status) => status !== 414 && status !== 431 && status !== 'closed')
      expect(wrong === undefined, `A URL that is too long was answered with ${wrong}.`)
      survived()
      return figures
    }),
}

/** Screens on a wall: each is sent its messages while there is a change, and others are answered. */
const walls: Case = {
  what: '1,000 wall streams, each read for 12 s',
  takesTime: true,
  run: ({ survived }) =>
    onFilledSite(async (site) => {
      const count = 1000
      const messages = new Array<number>(count).fill(0)
      const asked = messages.map((_, screen) =>
        request(site.url('/api/v1/wall/stream'), { agent: false, localAddress: `127.0.1.${1 + (screen % 200)}` }),
      )
      for (const [screen, each] of asked.entries()) {
        each.on('error', () => {}).end()
        each.on('response', (answer) =>
          answer
            .on('error', () => {})
            .on('data', (part: Buffer) => {
              messages[screen] = (messages[screen] ?? 0) + part.toString().split('data: ').length - 1
            }),
        )
      }
      const figures = await watch(site, wait(12_000))
      for (const each of asked) each.destroy()
      const fewest = Math.min(...messages)
      // The first at once, then one every five seconds.
      expect(
        fewest >= 2,
        `In 12 s ${messages.filter((each) => each < 2).length} of ${count} streams had less than 2 messages.`,
      )
      survived()
      return figures
    }),
}

/** Requests that are huge, and requests that are many. */
export const many: Kind = {
  name: 'many',
  share: 2,
  cases: [
    endless,
    atOnce('200 exports at once', repeated(200, '/api/v1/events?format=ndjson')),
    atOnce('1,000 pages at once', repeated(1000, '/events?q=office')),
    atOnce('1,300 filters, 40 at once', repeated(40, `/api/v1/events?${filters(1300)}`), [400, 414, 431]),
    atOnce('limit=1000000000, 20 at once', repeated(20, '/api/v1/events?limit=1000000000'), [400]),
    atOnce(
      'URLs of 4 and 15 kB, 40 at once',
      [4, 15].flatMap((kb) => repeated(20, `/events?q=${'x'.repeat(kb * 1000)}`)),
      [200, 400],
    ),
    hugeUrls,
    walls,
  ],
}
