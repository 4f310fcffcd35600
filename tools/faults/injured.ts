import { rmSync } from 'node:fs'
import { copyFile, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openForReading } from '#lib/store/sqlite/database.ts'
import type { Injury } from './injuries.ts'
import { expect, type Figure, timed } from './kind.ts'
import type { Sent } from './ledger.ts'
import { eventsOfHost } from './logs.ts'
import { tryToStart } from './server.ts'
import { onSite, type Site } from './site.ts'

/** What a server says of an injury that it has noticed. */
export const said = /damaged|not a database|missing|deleted|replaced|not the write-ahead log|malformed/i

async function sendSome(site: Site): Promise<void> {
  await Promise.all([1, 2, 3].map(() => site.send(site.ledger.add(10))))
}

let made: Promise<string> | null = null

/** The file of another database with uploads of its own and a log, as kill -9 leaves it: made once. */
async function otherDatabase(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'asr-hunt-faults-other-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'asr-hunt.db')
  await onSite(async (site) => {
    await site.start()
    await sendSome(site)
    await site.stop('SIGKILL')
    for (const ending of ['', '-wal']) await copyFile(site.file + ending, file + ending)
  })
  return file
}

/** Runs `work` on a site that is up and has uploads, with the file of another database. */
export const onFullSite = (work: (site: Site, other: string) => Promise<Figure[]>): Promise<Figure[]> =>
  onSite(async (site) => {
    made ??= otherDatabase()
    const other = await made
    await site.start()
    await sendSome(site)
    return work(site, other)
  })

/** An upload that was acknowledged after the injury must be in the file. @throws NotSurvived */
export function expectKept(file: string, uploads: Sent[]): void {
  const acknowledged = uploads.filter(({ state }) => state === 'acknowledged')
  if (acknowledged.length === 0) return
  const db = openForReading(file)
  const counts = db.prepare<[string], number>('SELECT count(*) FROM asr_event WHERE dest = ?').pluck()
  for (const { id, hosts } of acknowledged)
    for (const host of hosts)
      expect(counts.get(host) === eventsOfHost, `Upload ${id} was acknowledged after the injury, and is lost.`)
  db.close()
}

/** Starts an injured server: it is refused with a message that says what is wrong and what to do, or it is up. */
export async function startInjured(site: Site, { isPlain }: Injury): Promise<Figure> {
  const [started, figure] = await timed('decided', () => tryToStart(site.folder))
  if ('url' in started) {
    site.adopt(started)
    const { text } = await site.get('/api/v1/health')
    const isSaid = said.test(started.printed() + text)
    // What was damaged in the file may have been in the log as well.
    if (isPlain && !isSaid) await site.check()
    return figure
  }
  const { code, printed } = started
  expect(code === 1, `The start ended with code ${code}. It printed:\n${printed}`)
  expect(said.test(printed), `The start was refused without saying what is wrong:\n${printed}`)
  expect(!/^\s+at /m.test(printed), `The start was refused with a stack trace:\n${printed}`)
  return figure
}
