import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { checkTotals } from '#lib/store/sqlite/check-totals.ts'
import { type Connection, openForReading } from '#lib/store/sqlite/database.ts'
import type { Made } from './decisions.ts'
import { expect } from './kind.ts'
import { eventsOfHost } from './logs.ts'

/**
 * An upload and what is known of it. `sent`: no answer, so it may be there or not, but not in part. `acknowledged`: it must be
 * there. `undoing`: an undo was asked for without an answer, so either. `undone`: it must be gone.
 */
export type Sent = { id: string; hosts: string[]; state: 'sent' | 'acknowledged' | 'undoing' | 'undone' }

/** Uploads of one data folder, each with hosts of its own, so that each can be found in the database, and decisions. */
export function openLedger() {
  const uploads: Sent[] = []
  const decisions: Made[] = []
  let serial = 0
  return {
    uploads,
    decisions,
    /** Notes an upload of so many hosts before it is sent. */
    add: (hosts: number): Sent => {
      serial += 1
      const name = `u${String(serial).padStart(5, '0')}`
      const sent: Sent = {
        id: randomUUID(),
        hosts: Array.from({ length: hosts }, (_, host) => `h${String(host).padStart(4, '0')}.${name}.example`),
        state: 'sent',
      }
      uploads.push(sent)
      return sent
    },
    /** Notes the sample, whose hosts are not ours, by the id of its receipt, unless it is noted already. */
    sample: (id: string): Sent => {
      const known = uploads.find((upload) => upload.id === id)
      if (known !== undefined) return known
      const sent: Sent = { id, hosts: [], state: 'acknowledged' }
      uploads.push(sent)
      return sent
    },
  }
}

export type Ledger = ReturnType<typeof openLedger>

/** What an upload looks like in the database: its state there, and how many of its hosts have all or some of their events. */
function isRight({ hosts, state }: Sent, stored: string | undefined, events: Map<string, number>): boolean {
  const counts = new Set(hosts.map((host) => events.get(host) ?? 0))
  const isThere = stored === 'done' && [...counts].every((count) => count === eventsOfHost)
  const isGone = stored !== 'done' && [...counts].every((count) => count === 0)
  if (state === 'acknowledged') return isThere
  if (state === 'undone') return isGone && stored === undefined
  return isThere || isGone
}

/** Returns a sentence for each disagreement of a database with itself and with what was sent. */
export function problemsOf(db: Connection, uploads: Sent[]): string[] {
  const integrity = db.pragma('integrity_check', { simple: true })
  if (integrity !== 'ok') return [`The database file is damaged: ${integrity}`]
  const events = new Map(
    db.prepare<[], [string, number]>('SELECT dest, count(*) FROM asr_event GROUP BY 1').raw().all(),
  )
  const states = new Map(db.prepare<[], [string, string]>('SELECT id, state FROM upload').raw().all())
  const wrong = uploads.flatMap((sent) =>
    isRight(sent, states.get(sent.id), events)
      ? []
      : [
          `Upload ${sent.id} was ${sent.state}, is ${states.get(sent.id) ?? 'not listed'}, and its ${sent.hosts.length} ` +
            `hosts of ${eventsOfHost} events have ${[...new Set(sent.hosts.map((host) => events.get(host) ?? 0))]}.`,
        ],
  )
  const [stored, counted] = db
    .prepare<[], [number, number]>(
      `SELECT (SELECT coalesce(sum(stored), 0) FROM upload WHERE state = 'done'),
              (SELECT count(*) FROM event)`,
    )
    .raw()
    .get() ?? [0, 0]
  const sum = stored === counted ? [] : [`Receipts say ${stored} events are stored; there are ${counted}.`]
  return [...wrong, ...sum, ...checkTotals(db)]
}

/** A server that was started again may take so many milliseconds until everything is read or taken back. */
const patience = 60_000

/** Compares a database with its ledger, until they agree or the server had a minute to get there. @throws NotSurvived */
export async function checkLedger(file: string, uploads: Sent[]): Promise<void> {
  const db = openForReading(file)
  const open = db.prepare<[], string>(
    "SELECT 'Upload ' || id || ' is still ' || state || '.' FROM upload WHERE state NOT IN ('done', 'failed')",
  )
  try {
    for (const until = Date.now() + patience; ; await wait(200)) {
      const unfinished = open.pluck().all()
      const problems = unfinished.length > 0 ? unfinished : problemsOf(db, uploads)
      if (problems.length === 0) return
      expect(Date.now() < until, problems.slice(0, 10).join('\n'))
    }
  } finally {
    db.close()
  }
}
