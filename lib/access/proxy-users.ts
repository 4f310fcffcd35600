import { dayOf } from '#lib/asr/hours.ts'
import { log } from '#lib/log/log.ts'
import { newRequestId, requestId } from '#lib/log/request.ts'
import { shared } from '#lib/process/shared.ts'
import { type Actor, actorOf } from './actor.ts'
import { changeAccess } from './identities.ts'

/** Accounts and addresses of one day, of which the audit log has that they signed in. */
const noted = () => shared('proxy users', () => ({ day: 0, known: new Set<string>() }))

/** Beyond so many of a day some are recorded again: memory must not grow with the addresses. */
const mostKnown = 10_000

/**
 * Records in the audit log that a proxy signs a user in: once for each account, address and UTC day, and again after a start. Other
 * actors do not come by a proxy's word.
 */
export function noteProxyUser(actor: Actor, address: string, now: number): void {
  if (actor.kind !== 'account' || actor.session !== null) return
  const state = noted()
  const day = dayOf(now)
  if (state.day !== day || state.known.size >= mostKnown) {
    state.day = day
    state.known.clear()
  }
  const key = JSON.stringify([actor.id, address])
  if (state.known.has(key)) return
  state.known.add(key)
  const by = { actor: actorOf(actor), address, request: requestId() ?? newRequestId(), at: now }
  changeAccess('record', 'signed-in', actor.id, { method: 'proxy' }, by).catch((error) => {
    state.known.delete(key)
    log.warn('The audit log could not record that a proxy signed a user in.', { error })
  })
}
