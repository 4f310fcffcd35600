import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { onImpatientSite } from './impatient.ts'
import type { Case } from './kind.ts'
import { completeLogOf } from './logs.ts'
import type { Site } from './site.ts'
import { watchAll, watchFull } from './watch.ts'

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
  const begun = site.ledger.uploads.length % 2 === 0 ? completeLogOf(hosts) : '<Event'
  return `POST /api/v1/uploads?name=slow&id=${id} HTTP/1.1\r\n${head}${begun}`
}

function beginPiece(): string {
  const tus = 'Tus-Resumable: 1.0.0\r\nUpload-Length: 100000000\r\nContent-Type: application/offset+octet-stream\r\n'
  return `POST /api/v1/resumable HTTP/1.1\r\n${tus}${head}<Event`
}

/** Clients that send a byte now and then. */
export const slow: Case[] = [
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
