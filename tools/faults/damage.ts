import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { expectKept, onFullSite, said, startInjured } from './injured.ts'
import { type Injury, whileRunning, whileStopped } from './injuries.ts'
import { type Case, expect, type Figure, type Kind, type Try, timed } from './kind.ts'
import type { Sent } from './ledger.ts'
import type { Site } from './site.ts'

/** Injures the files of a stopped server and starts it. What it then acknowledges must be there. */
async function injureStopped(site: Site, other: string, injury: Injury, { random }: Try): Promise<Figure[]> {
  await site.stop('SIGKILL')
  injury.injure(site.file, other, random)
  const decided = await startInjured(site, injury)
  if (!site.isUp) return [decided]
  const after = [1, 2].map(() => site.ledger.add(5))
  for (const sent of after) await site.send(sent)
  await site.stop('SIGKILL')
  expectKept(site.file, after)
  return [decided]
}

/** Injures the files of a running server: it stays up, says so, and acknowledges nothing that is lost. */
async function injureRunning(site: Site, other: string, injury: Injury, { random }: Try): Promise<Figure[]> {
  await site.get('/api/v1/health')
  injury.injure(site.file, other, random)
  const began = performance.now()
  let noticed: number | null = null
  const after: Sent[] = []
  // Health writes every 30 seconds at most.
  const until = began + (injury.isPlain ? 40_000 : 5000)
  while (noticed === null && performance.now() < until) {
    const sent = site.ledger.add(5)
    after.push(sent)
    await site.send(sent)
    const health = await site.get('/api/v1/health')
    if (health.status === 503 && said.test(health.text)) noticed = performance.now() - began
    else await wait(500)
  }
  expect(site.isUp, 'The server has ended.')
  const { status } = await site.send(site.ledger.add(5))
  expect(noticed === null || status !== 201, 'Health says that it is injured, and an upload is answered with 201.')
  await site.stop('SIGKILL')
  expectKept(site.file, after)
  // What was not noticed was mended: the log is written back over it. Then everything is there.
  const decided = await startInjured(site, { ...injury, isPlain: injury.isPlain && noticed === null })
  return noticed === null ? [decided] : [{ of: 'noticed', ms: noticed }, decided]
}

const run = promisify(execFile)

/** A backup that was made while uploads were read replaces a damaged database. */
async function restoreBackup(site: Site): Promise<Figure[]> {
  const env = { ...process.env, DATA_DIR: site.folder }
  const backup = join(site.folder, 'backup')
  const uploads = site.ledger.uploads.length
  const sending = site.send(site.ledger.add(100))
  const [, made] = await timed('backup', () => run(process.execPath, ['bin/backup.ts', backup], { env }))
  await sending
  await site.stop('SIGKILL')
  // What came after the backup may be in it or not.
  for (const sent of site.ledger.uploads.slice(uploads)) sent.state = 'sent'
  whileStopped[0]?.injure(site.file, '', { next: () => 0.5 } as Try['random'])
  const [, restored] = await timed('restore', () => run(process.execPath, ['bin/restore.ts', backup], { env }))
  await site.start()
  await site.check()
  return [made, restored]
}

type Work = (site: Site, other: string, given: Try) => Promise<Figure[]>
const onDamaged = (what: string, work: Work, takesTime: boolean): Case => ({
  what,
  takesTime,
  run: async (given) => {
    const figures = await onFullSite((site, other) => work(site, other, given))
    given.survived()
    return figures
  },
})

const quick = ['the -wal is that of another database', 'the database is deleted']
const casesOf = (when: string, injuries: Injury[], work: typeof injureStopped): Case[] =>
  injuries.map((injury) =>
    onDamaged(
      `${injury.what}${when}`,
      (site, other, given) => work(site, other, injury, given),
      !quick.includes(injury.what),
    ),
  )

/** Files of the database are damaged, deleted or replaced. */
export const damage: Kind = {
  name: 'damage',
  share: 2,
  cases: [
    ...casesOf(' after kill -9', whileStopped, injureStopped),
    ...casesOf(' while running', whileRunning, injureRunning),
    onDamaged('the database is cut off, and a backup restored', (site) => restoreBackup(site), true),
  ],
}
