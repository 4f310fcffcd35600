import { setTimeout as wait } from 'node:timers/promises'
import { type Case, expect, type Figure, type Kind, type Try, timed } from './kind.ts'
import { logOf } from './logs.ts'
import type { Site } from './site.ts'
import { fill, onSmallDisk } from './small-disk.ts'

/**
 * While the disk is full, uploads are refused, and health and the list of uploads say why. It is filled again: taking back the
 * upload before has freed space.
 */
async function expectRefused(site: Site): Promise<void> {
  const refill = fill(site.folder, 'filler-again')
  const { status, text } = await site.send(site.ledger.add(100))
  expect(status === 507, `With a full disk, an upload was answered with ${status}: ${text}`)
  const health = await site.get('/api/v1/health')
  expect(/space|full/i.test(health.text), `Health says nothing of the full disk: ${health.status} ${health.text}`)
  const page = await site.get('/uploads')
  expect(page.status === 200, `/uploads answers ${page.status}`)
  expect(/disk[^<]*full|no space|free some space/i.test(page.text), '/uploads says nothing of the full disk.')
  refill()
}

/** After space was freed, uploads are stored again, health is well, and both stay so after a restart. */
async function expectRecovered(site: Site, isShort: boolean): Promise<Figure[]> {
  const [, stored] = await timed('uploads again', () =>
    until(
      'After space was freed, uploads are refused',
      async () => (await site.send(site.ledger.add(20))).status === 201,
    ),
  )
  const [, well] = await timed('health well again', async () => {
    // It repeats its test write after 30 seconds.
    if (!isShort)
      await until('After space was freed, health is not well', async () => {
        return (await site.get('/api/v1/health')).status === 200
      })
  })
  await site.check()
  await site.stop()
  await site.start()
  await site.check()
  return isShort ? [stored] : [stored, well]
}

/** Waits until `isSo`, at most a minute. @throws NotSurvived with the message */
async function until(message: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await isSo()); await wait(200))
    expect(Date.now() < end, `${message} for a minute.`)
}

async function duringUpload(site: Site, { random, isShort }: Try): Promise<Figure[]> {
  await site.start()
  await site.send(site.ledger.add(10))
  const sent = site.ledger.add(isShort ? 250 : 600)
  const filledAt = Math.floor(sent.hosts.length * (0.1 + random.next() * 0.5))
  let free = () => {}
  const body = (async function* () {
    let host = 0
    for await (const chunk of logOf(sent.hosts)) {
      if (host++ === filledAt) free = fill(site.folder)
      yield chunk
    }
  })()
  const { status, text } = await site.send(sent, body)
  expect(status === 507, `The sender was answered with ${status}: ${text}`)
  await expectRefused(site)
  free()
  return expectRecovered(site, isShort)
}

async function duringUndo(site: Site, { random, isShort }: Try): Promise<Figure[]> {
  await site.start()
  await site.send(site.ledger.add(10))
  const sent = site.ledger.add(400)
  await site.send(sent)
  const undone = site.undo(sent)
  await wait(random.next() * 300)
  const free = fill(site.folder)
  const { status, text } = await undone
  expect([202, 204, 503, 507].includes(status), `An undo was answered with ${status}: ${text}`)
  await expectRefused(site)
  free()
  const figures = await expectRecovered(site, isShort)
  if (sent.state === 'undoing') {
    const again = await site.undo(sent)
    expect([204, 404].includes(again.status), `The undo was answered with ${again.status} after space was freed.`)
  }
  return figures
}

async function beforeStart(site: Site, { isShort }: Try): Promise<Figure[]> {
  await site.start()
  const old = site.ledger.add(10)
  await site.send(old)
  // Killed in the middle of an upload, so that there is something to take back on the full disk.
  const cut = site.send(site.ledger.add(300)).catch(() => null)
  await wait(500)
  await site.stop('SIGKILL')
  await cut
  const free = fill(site.folder)
  const start = await site.start()
  await expectRefused(site)
  const { status, text } = await site.undo(old)
  expect([202, 204, 503, 507].includes(status), `On a full disk, an undo was answered with ${status}: ${text}`)
  free()
  return [start, ...(await expectRecovered(site, isShort))]
}

const onFullDisk = (what: string, work: (site: Site, given: Try) => Promise<Figure[]>, takesTime = false): Case => ({
  what: `disk filled to the last byte ${what}`,
  takesTime,
  run: async (given) => {
    const figures = await onSmallDisk((site) => work(site, given))
    given.survived()
    return figures
  },
})

/** The disk of the data folder is full. */
export const fullDisk: Kind = {
  name: 'full-disk',
  share: 1,
  cases: [
    onFullDisk('during an upload', duringUpload),
    onFullDisk('during an undo', duringUndo, true),
    onFullDisk('before the start', beforeStart, true),
  ],
}
