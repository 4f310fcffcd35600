import { openForReading } from '#lib/store/sqlite/database.ts'
import type { Random } from '#tools/simulate/random.ts'
import { ask } from './ask.ts'
import { expect } from './kind.ts'
import type { Site } from './site.ts'

/** A decision that was sent, known by its reason, with its id once that is known. The states are those of an upload. */
export type Made = { reason: string; id: string; state: 'sent' | 'acknowledged' | 'undoing' | 'undone' }

const author = 'Jane'

async function write(
  site: Site,
  method: string,
  path: string,
  said: object,
): Promise<{ status: number; text: string }> {
  const body = Buffer.from(JSON.stringify(said))
  const headers = { 'Content-Type': 'application/json', 'Content-Length': String(body.length) }
  return ask(site.url(`/api/v1/dispositions${path}`), { method, headers, body })
}

/** Makes a decision, and deletes every second one. */
export async function decide(site: Site, random: Random): Promise<void> {
  const made: Made = { reason: `decision ${site.ledger.decisions.length + 1}`, id: '', state: 'sent' }
  site.ledger.decisions.push(made)
  const patterns = [{ column: 'Path', step: 'exact', value: made.reason, isWildcard: false }]
  const decision = { disposition: 'known-good', patterns, scope: null, reason: made.reason, author, expiresAt: null }
  const { status, text } = await write(site, 'POST', '', { decisions: [decision] })
  expect(status === 201, `A decision was answered with ${status}: ${text}`)
  made.id = JSON.parse(text).rows[0].id
  made.state = 'acknowledged'
  if (random.int(2) === 0) return
  made.state = 'undoing'
  const deleted = await write(site, 'DELETE', `/${made.id}`, { author })
  expect(deleted.status === 204, `The deletion of a decision was answered with ${deleted.status}: ${deleted.text}`)
  made.state = 'undone'
}

/** Steps of the history that a decision may have, by its state: a step is there with what it did, or neither is. */
const histories: Record<Made['state'], string[]> = {
  sent: ['', 'created'],
  acknowledged: ['created'],
  undoing: ['created', 'created deleted'],
  undone: ['created deleted'],
}

/** Compares decisions and their history with what was sent. @throws NotSurvived */
export async function checkDecisions(site: Site): Promise<void> {
  const db = openForReading(site.file)
  try {
    const there = new Set(db.prepare<[], string>('SELECT reason FROM decision').pluck().all())
    const steps = new Map(
      db
        .prepare<[], [string, string]>(
          `SELECT coalesce(after, before) ->> '$.decision.reason' AS reason, group_concat(action, ' ' ORDER BY seq) FROM decision_history GROUP BY 1`,
        )
        .raw()
        .all(),
    )
    const wrong = site.ledger.decisions.filter(({ reason, state }) => {
      const history = steps.get(reason) ?? ''
      return !histories[state].includes(history) || there.has(reason) !== (history === 'created')
    })
    const [first] = wrong
    expect(
      first === undefined,
      `${wrong.length} decisions are wrong, such as "${first?.reason}": it was ${first?.state}, its history is ` +
        `"${steps.get(first?.reason ?? '') ?? ''}", and it is ${there.has(first?.reason ?? '') ? '' : 'not '}there.`,
    )
  } finally {
    db.close()
  }
}
