import { copyFile } from 'node:fs/promises'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { type Case, expect, type Figure, type Kind } from './kind.ts'
import { wholeLogOf } from './logs.ts'
import { onSite, type Site } from './site.ts'
import { watchAll, watchFull } from './watch.ts'

const settings = { UPLOAD_IDLE_SECONDS: '3' }

/** A request of which a part is sent; resolves with its status, or null if its connection was closed. */
type Held = { asked: ClientRequest; ended: Promise<number | null> }

function hold(url: string, headers: Record<string, string>, part: Uint8Array, from: string): Held {
  const asked = request(url, { method: 'POST', headers, agent: false, localAddress: from })
  const ended = new Promise<number | null>((resolve) => {
    asked.on('error', () => resolve(null))
    asked.on('response', (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? null)
    })
  })
  asked.write(part)
  return { asked, ended }
}

/** Runs `work` on a server whose uploads may pause for three seconds. */
const onImpatientSite = (work: (site: Site) => Promise<Figure[]>): Promise<Figure[]> =>
  onSite(async (site) => {
    site.settings = settings
    await site.start()
    return work(site)
  })

/** Uploads that announce 100 MB and send 14 KB: nobody waits for them, and they are ended. */
const stalledUploads: Case = {
  what: '60 uploads from 3 addresses that announce 100 MB and send 14 KB',
  run: ({ survived }) =>
    onImpatientSite(async (site) => {
      const began = performance.now()
      const held = Array.from({ length: 60 }, (_, index) => {
        const sent = site.ledger.add(1)
        const part = wholeLogOf(sent.hosts).subarray(0, 14_000)
        const url = site.url(`/api/v1/uploads?name=stalled&id=${sent.id}`)
        return hold(url, { 'Content-Length': '100000000' }, part, `127.0.0.${10 + (index % 3)}`)
      })
      const ended = Promise.all(held.map((each) => each.ended))
      const closed = ended.then(() => performance.now() - began)
      const late = wait(60_000, null, { ref: false })
      const figures = await watchAll(site, Promise.race([ended, late]))
      const statuses = await Promise.race([ended, late])
      for (const { asked } of held) asked.destroy()
      expect(statuses !== null, 'Uploads that stall are not ended after a minute.')
      expect(!statuses.includes(201), 'An upload that was not sent to its end was answered with 201.')
      await site.check()
      survived()
      return [...figures, { of: 'last one ended', ms: await closed }]
    }),
}

/** What comes byte by byte after its beginning, on how many connections, from how many addresses. */
type Dribble = {
  what: string
  count: number
  addresses: number
  begin: (site: Site) => string
  watch?: typeof watchAll
}

/** Sends the beginning on each connection, then a byte now and then until it is stopped. */
function dribble(site: Site, { count, addresses, begin }: Dribble): () => void {
  const { hostname, port } = new URL(site.url('/'))
  const sockets = Array.from({ length: count }, (_, index): Socket => {
    const localAddress = `127.0.0.${10 + (index % addresses)}`
    const socket = connect({ host: hostname, port: Number(port), localAddress })
    // The server may close it: that is one way to survive.
    socket.on('error', () => {})
    socket.write(begin(site))
    return socket
  })
  const timer = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('x')
  }, 300)
  return () => {
    clearInterval(timer)
    for (const socket of sockets) socket.destroy()
  }
}

const dribbling = (given: Dribble): Case => ({
  what: given.what,
  takesTime: true,
  run: ({ survived }) =>
    onImpatientSite(async (site) => {
      const stopDribbling = dribble(site, given)
      const { watch = watchAll } = given
      const figures = await watch(site, wait(10_000)).finally(stopDribbling)
      await site.check()
      survived()
      return figures
    }),
})

const head = 'Host: localhost\r\nContent-Length: 100000000\r\n\r\n'

/** The beginning of an upload, every second one of no known format. */
function beginUpload(site: Site): string {
  const { id, hosts } = site.ledger.add(1)
  const begun = site.ledger.uploads.length % 2 === 0 ? wholeLogOf(hosts) : '<Event'
  return `POST /api/v1/uploads?name=slow&id=${id} HTTP/1.1\r\n${head}${begun}`
}

function beginPiece(): string {
  const tus = 'Tus-Resumable: 1.0.0\r\nUpload-Length: 100000000\r\nContent-Type: application/offset+octet-stream\r\n'
  return `POST /api/v1/resumable HTTP/1.1\r\n${tus}${head}<Event`
}

const slow = [
  {
    what: '1,000 connections whose header comes byte by byte',
    count: 1000,
    addresses: 20,
    begin: () => 'GET /api/v1/health?x',
  },
  { what: '100 uploads from one address that come byte by byte', count: 100, addresses: 1, begin: beginUpload },
  {
    what: '200 uploads from 20 addresses that come byte by byte',
    count: 200,
    addresses: 20,
    begin: beginUpload,
    watch: watchFull,
  },
  { what: '200 logs by tus that come byte by byte', count: 200, addresses: 20, begin: beginPiece },
].map(dribbling)

/** Asks for an export and reads nothing of the answer. What the kernel does not hold stays at the server. */
function stopReading(site: Site, from: string): { asked: ClientRequest; answer: () => IncomingMessage | null } {
  let answer: IncomingMessage | null = null
  const asked = request(site.url('/api/v1/events?format=ndjson'), { agent: false, localAddress: from })
  asked.on('error', () => {}).end()
  asked.on('response', (response) => {
    answer = response.on('error', () => {})
  })
  return { asked, answer: () => answer }
}

/** Exports whose readers stop reading: nobody waits for them, and they are closed, so that the log of the database shrinks. */
const stoppedReaders: Case = {
  what: '20 exports whose readers stop reading, for 75 s',
  takesTime: true,
  run: ({ survived }) =>
    onImpatientSite(async (site) => {
      const { status } = await site.send(site.ledger.add(500))
      expect(status === 201, `The log to export was answered with ${status}.`)
      const readers = Array.from({ length: 20 }, (_, index) => stopReading(site, `127.0.0.${10 + index}`))
      const figures = await watchAll(site, wait(75_000))
      for (const { answer } of readers) answer()?.resume()
      await wait(2000)
      const broken = readers.filter(({ answer }) => answer()?.destroyed === true && answer()?.complete === false)
      for (const { asked } of readers) asked.destroy()
      expect(broken.length > 0, 'After 75 s without reading, no export was closed.')
      expect((await site.send(site.ledger.add(1))).status === 201, 'After that, an upload failed.')
      await expectInFile(site)
      await site.check()
      survived()
      return figures
    }),
}

/** Everything that was stored is in the database file itself, without its write-ahead log. */
async function expectInFile(site: Site): Promise<void> {
  const copy = join(site.folder, 'copy.db')
  await copyFile(site.file, copy)
  const [alone, together] = [copy, site.file].map((file) => {
    const db = new Database(file)
    const count = db.prepare('SELECT count(*) FROM event').pluck().get()
    db.close()
    return count
  })
  expect(alone === together, `Without its log the database file has ${alone} events of ${together}.`)
}

/** Clients that stall, and clients that are slow. */
export const stalled: Kind = {
  name: 'stalled',
  share: 2,
  cases: [stalledUploads, ...slow, stoppedReaders],
}
