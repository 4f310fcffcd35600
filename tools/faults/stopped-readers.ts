import { copyFile } from 'node:fs/promises'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { onImpatientSite } from './impatient.ts'
import { type Case, expect } from './kind.ts'
import type { Site } from './site.ts'
import { watchAll } from './watch.ts'

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
export const stoppedReaders: Case = {
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
