import { type ClientRequest, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { onImpatientSite } from './impatient.ts'
import { type Case, expect, type Kind } from './kind.ts'
import { completeLogOf } from './logs.ts'
import { slow } from './slow.ts'
import { stoppedReaders } from './stopped-readers.ts'
import { watchAll } from './watch.ts'

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

/** Uploads that announce 100 MB and send 14 KB: nobody waits for them, and they are ended. */
const stalledUploads: Case = {
  what: '60 uploads from 3 addresses that announce 100 MB and send 14 KB',
  run: ({ survived }) =>
    onImpatientSite(async (site) => {
      const began = performance.now()
      const held = Array.from({ length: 60 }, (_, index) => {
        const sent = site.ledger.add(1)
        const part = completeLogOf(sent.hosts).subarray(0, 14_000)
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

/** Clients that stall, and clients that are slow. */
export const stalled: Kind = {
  name: 'stalled',
  share: 2,
  cases: [stalledUploads, ...slow, stoppedReaders],
}
