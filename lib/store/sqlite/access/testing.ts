import { openFixture } from '#lib/ingest/testing.ts'
import { type AuditRow, type By, sessionLimits } from '#lib/model/access.ts'
import type { AttemptKeys } from '../../access-writes.ts'

/** For tests: the moment at which everything begins. */
export const start = 1_790_000_000_000

/** For tests: the local user, so many milliseconds after the start. */
export const at = (ms = 0): By => ({
  actor: { kind: 'local', id: null, name: 'local' },
  ...{ address: '10.0.0.7', request: 'a-request', at: start + ms },
})

/** For tests: the keys of a name and an address. */
export const keysOf = (name: string, address: string): Required<AttemptKeys> => ({
  ...{ pair: `pair ${name} ${address}`, address: `address ${address}`, account: `account ${name}` },
})

/** For tests: a store with an administrator Jane, and what is often asked of it. */
export function openAccounts() {
  const fixture = openFixture()
  const { writer, reads } = fixture
  const change = writer.changeAccess
  const add = (name: string, role: 'viewer' | 'analyst' | 'admin' = 'viewer') =>
    change('addAccount', { id: name.toLowerCase(), name, role, origin: 'local' }, null, at())
  let sessions = 0
  add('Jane', 'admin')
  return {
    ...fixture,
    change,
    add,
    /** Begins a session of an account, and returns its id. */
    signIn: (
      account: string,
      ms = 0,
      attempt: AttemptKeys | null = null,
      compared: string | null = null,
    ): string | null => {
      sessions += 1
      const id = `s${sessions}`
      const expiresAt = start + ms + sessionLimits.longest
      const made = { id, hash: `hash of ${id}`, account, method: 'password', address: '10.0.0.7', expiresAt } as const
      return change('signIn', { ...made, agent: 'Firefox', compared }, attempt, at(ms)).result ? id : null
    },
    /** The one-time link of a hash. */
    linkOf: (hash: string) => writer.identities().links.find((each) => each.hash === hash) ?? null,
    sessionIds: () => writer.identities().sessions.map(({ id }) => id),
    /** The audit log, the oldest row first. */
    log: async (): Promise<AuditRow[]> =>
      (
        await Array.fromAsync(reads.auditRows({ actor: null, action: null, subject: null, from: null, to: null }))
      ).flat(),
  }
}
