import { setTimeout as wait } from 'node:timers/promises'
import { zipOf } from '#lib/containers/testing.ts'
import type { Random } from '#tools/simulate/random.ts'
import { ask } from './ask.ts'
import { checkDecisions, decide } from './decisions.ts'
import { type Case, expect, type Figure, type Kind } from './kind.ts'
import { completeLogOf } from './logs.ts'
import { onSite, type Site } from './site.ts'
import { beginTus, offsetOf, sendPiece } from './tus.ts'

/** A kind of write: what is written again and again until the server ends, and what is done after its next start. */
type Write = {
  what: string
  once: (site: Site, random: Random) => Promise<void>
  afterwards?: (site: Site) => Promise<void>
}

async function post(site: Site, hosts: number): Promise<void> {
  const { status, text } = await site.send(site.ledger.add(hosts))
  expect(status === 201, `An upload was answered with ${status}: ${text}`)
}

async function postArchive(site: Site, random: Random): Promise<void> {
  const sent = site.ledger.add(12)
  const files = [0, 4, 8].map((from) => {
    return { name: `${from}.xml`, content: completeLogOf(sent.hosts.slice(from, from + 4)) }
  })
  const logs = random.int(2) === 0 ? files : [...files, { name: 'read.me', content: 'no log' }]
  const { status, text } = await site.send(sent, zipOf(logs))
  expect(status === 201, `An archive was answered with ${status}: ${text}`)
}

async function postAndUndo(site: Site, random: Random): Promise<void> {
  const sent = site.ledger.add(1 + random.int(40))
  await site.send(sent)
  const { status, text } = await site.undo(sent)
  expect(status === 204 || status === 202, `An undo was answered with ${status}: ${text}`)
}

async function loadSample(site: Site): Promise<void> {
  const { status, text } = await site.loadSample()
  // 200: the one that was loaded when the server ended is there.
  expect(status === 201 || status === 200, `The sample was answered with ${status}: ${text}`)
  await site.undo(site.ledger.sample(JSON.parse(text).id))
}

async function sendByTus(site: Site): Promise<void> {
  const sent = site.ledger.add(20)
  const log = completeLogOf(sent.hosts)
  await beginTus(site, sent, log.length)
  await sendPiece(site, sent, log, 0)
  for (let state = ''; state !== 'done'; await wait(50)) {
    const { status, text } = await site.get(`/api/v1/uploads/${sent.id}`)
    state = status === 404 ? '' : JSON.parse(text).state
    expect(state !== 'failed', `An upload by tus failed: ${text}`)
  }
}

/** Sends two thirds of a log in pieces and leaves it at that. */
async function beginByTus(site: Site): Promise<void> {
  const sent = site.ledger.add(6)
  const log = completeLogOf(sent.hosts)
  await beginTus(site, sent, log.length)
  const piece = Math.floor(log.length / 30)
  for (let from = 0; from < piece * 20; from += piece) await sendPiece(site, sent, log, from, from + piece)
}

/** Sends the rest of every upload of `beginByTus` that the server knows. */
async function resumeByTus(site: Site): Promise<void> {
  for (const sent of site.ledger.uploads.filter(({ state }) => state === 'sent')) {
    const { status } = await ask(site.url(`/api/v1/resumable/${sent.id}`), {
      method: 'HEAD',
      headers: { 'Tus-Resumable': '1.0.0' },
    })
    // The server was killed before it had answered that the upload begins.
    if (status !== 200) continue
    const log = completeLogOf(sent.hosts)
    await sendPiece(site, sent, log, await offsetOf(site, sent))
  }
}

const writes: Write[] = [
  { what: 'a large upload', once: (site) => post(site, 250) },
  { what: 'small uploads, one after another', once: (site) => post(site, 1) },
  {
    what: '20 small uploads at once',
    once: async (site) => void (await Promise.all(Array.from({ length: 20 }, () => post(site, 1)))),
  },
  { what: 'archives', once: postArchive },
  { what: 'logs sent completely by tus', once: sendByTus },
  { what: 'logs being sent by tus, then resumed', once: beginByTus, afterwards: resumeByTus },
  { what: 'uploads and their undo', once: postAndUndo },
  { what: 'the sample and its undo', once: loadSample },
  { what: 'decisions, made and deleted', once: decide, afterwards: checkDecisions },
]

/** All kinds of writes at the same time. */
const everything: Write = {
  what: 'all of these at once',
  once: async (site, random) => void (await Promise.all(writes.map(({ once }) => once(site, random)))),
  afterwards: checkDecisions,
}

/** Writes until a random moment, ends the server by a signal, starts it again and compares what is there. */
async function life(site: Site, write: Write, signal: NodeJS.Signals, random: Random): Promise<Figure[]> {
  let isEnding = false
  const writing = (async () => {
    while (!isEnding) await write.once(site, random)
  })().catch((error) => {
    // An answer that did not come is what this is about.
    if (!isEnding) throw error
  })
  await Promise.race([writing, wait(100 + random.next() * 2500)])
  isEnding = true
  const stop = await site.stop(signal)
  await writing
  const start = await site.start()
  await write.afterwards?.(site)
  await site.check()
  return signal === 'SIGTERM' ? [stop, start] : [start]
}

const cases = [...writes, everything].flatMap((write) =>
  (['SIGKILL', 'SIGTERM'] as const).map(
    (signal): Case => ({
      what: `${signal} during ${write.what}`,
      takesTime: write !== everything,
      run: ({ random, isShort, survived }) =>
        onSite(async (site) => {
          await site.start()
          const figures: Figure[] = []
          for (let round = 0; round < (isShort ? 1 : 2); round++) {
            figures.push(...(await life(site, write, signal, random)))
            survived()
          }
          return figures
        }),
    }),
  ),
)

/** The server is ended at random moments of every kind of write: by kill -9 as in a crash, and by SIGTERM. */
export const kills: Kind = { name: 'kills', share: 4, cases }
