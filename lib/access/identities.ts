import { log } from '#lib/log/log.ts'
import { accountKey, sessionLimits } from '#lib/model/access.ts'
import { shared } from '#lib/process/shared.ts'
import type { AccessCall, AccessWrites, Identities, Use } from '#lib/store/access-writes.ts'
import { getWrites } from '#lib/store/open.ts'
import type { Actor } from './actor.ts'

export type AccountState = Identities['accounts'][number]
export type SessionState = Identities['sessions'][number]
export type TokenState = Identities['tokens'][number]
type LinkState = Identities['links'][number]

type Known = {
  accounts: ReadonlyMap<string, AccountState>
  /** By the hash of their secret, as a request brings it. */
  sessions: ReadonlyMap<string, SessionState>
  tokens: ReadonlyMap<string, TokenState>
  links: ReadonlyMap<string, LinkState>
  /** Accounts, sessions and tokens by their id. */
  ids: ReadonlyMap<string, AccountState | SessionState | TokenState>
}

type State = {
  /** Null until they were loaded. */
  known: Known | null
  /** When an account without a session, a session or a token was last used, by its id: the store keeps it less often. */
  used: Map<string, number>
  /** What is to be stored of that. */
  pending: Map<string, Use>
  timer: NodeJS.Timeout | null
  listeners: Set<() => void>
}

/** Who may use the server, as it is after the last change. */
const state = (): State =>
  shared('identities', () => ({ known: null, used: new Map(), pending: new Map(), timer: null, listeners: new Set() }))

function take({ accounts, sessions, tokens, links }: Identities): void {
  const { used, listeners } = state()
  const ids = new Map([...accounts, ...sessions, ...tokens].map((each) => [each.id, each]))
  state().known = {
    accounts: new Map(accounts.map((each) => [each.id, each])),
    sessions: new Map(sessions.map((each) => [each.hash, each])),
    tokens: new Map(tokens.map((each) => [each.hash, each])),
    links: new Map(links.map((each) => [each.hash, each])),
    ids,
  }
  for (const id of used.keys()) if (!ids.has(id)) used.delete(id)
  for (const listener of listeners) listener()
}

/** Reads who may use the server from the store. To be called before the first request is answered. */
export async function loadIdentities(): Promise<void> {
  take(await (await getWrites()).identities())
}

/** Changes accounts, sessions or tokens: resolves when the change is stored and every later request is identified by it. */
export async function changeAccess<Name extends AccessCall>(
  name: Name,
  ...args: Parameters<AccessWrites[Name]>
): Promise<ReturnType<AccessWrites[Name]>> {
  const { result, identities } = await (await getWrites()).changeAccess(name, ...args)
  if (identities !== null) take(identities)
  return result
}

/** @throws if they were not loaded */
function known(): Known {
  const { known } = state()
  if (known === null) throw new Error('Who may use the server is not known yet. Call loadIdentities() first.')
  return known
}

/** Whether there is an account, and so whether requests need one. */
export async function hasAccounts(): Promise<boolean> {
  if (state().known === null) await loadIdentities()
  return known().accounts.size > 0
}

/** Whether there is an account. @throws if they were not loaded */
export const isClosed = (): boolean => known().accounts.size > 0

/** The account of a name, also one that is disabled; null if there is none. */
export function accountNamed(name: string): AccountState | null {
  const key = accountKey(name)
  return [...known().accounts.values()].find((each) => each.key === key) ?? null
}

/** The account with an id; null if there is none, or if it is disabled. */
export function accountOf(id: string): AccountState | null {
  const account = known().accounts.get(id)
  return account === undefined || account.isDisabled ? null : account
}

/** When a session was last used. */
const lastUse = ({ id, usedAt }: SessionState): number => Math.max(usedAt, state().used.get(id) ?? 0)

const isOver = (session: SessionState, now: number): boolean =>
  session.expiresAt <= now || lastUse(session) + sessionLimits.idle <= now

/** The session of a hash with its account; null if there is none, if it is over, or if the account is disabled. */
export function sessionBy(hash: string, now: number): { session: SessionState; account: AccountState } | null {
  const session = known().sessions.get(hash)
  if (session === undefined || isOver(session, now)) return null
  const account = accountOf(session.account)
  return account === null ? null : { session, account }
}

const hasExpired = ({ expiresAt }: TokenState, now: number): boolean => expiresAt !== null && expiresAt <= now

/** The token of a hash; null if there is none, or if it has expired. */
export function tokenBy(hash: string, now: number): TokenState | null {
  const token = known().tokens.get(hash)
  return token === undefined || hasExpired(token, now) ? null : token
}

/** What a one-time link is for, by its hash: the account, or the first administrator. Null if there is none, or if it has expired. */
export function linkBy(hash: string, now: number): { kind: 'set-up' | 'account'; name: string | null } | null {
  const link = known().links.get(hash)
  if (link === undefined || link.expiresAt <= now) return null
  if (link.account === null) return { kind: 'set-up', name: null }
  return { kind: 'account', name: known().accounts.get(link.account)?.name ?? null }
}

/**
 * Whether an actor whose request began earlier may still be answered, with the same role. The local actor may as long as there is no
 * account; what comes by the local socket always may, and is not asked about here.
 */
export function isStillValid(actor: Actor, now: number): boolean {
  const { ids } = known()
  if (actor.kind === 'local') return !isClosed()
  if (actor.kind === 'token') {
    const token = ids.get(actor.id)
    return token !== undefined && 'scope' in token && !hasExpired(token, now)
  }
  if (actor.kind !== 'account') return true
  if (accountOf(actor.id)?.role !== actor.role) return false
  if (actor.session === null) return true
  const session = ids.get(actor.session)
  return session !== undefined && 'account' in session && !isOver(session, now)
}

/** A use is stored if the one that is stored is as old as this, in milliseconds; the uses of some time together. */
const storedEvery = 5 * 60_000
const storesAfter = 10_000

function storeUses(): void {
  const { pending } = state()
  const uses = [...pending.values()]
  pending.clear()
  state().timer = null
  changeAccess('noteUses', uses).catch((error) => log.warn('The last use of sessions could not be stored.', { error }))
}

/** Notes that a session, a token, or an account without a session was used: at once for this process, and for the store now and then. */
export function noteUse(kind: Use['kind'], id: string, at: number): void {
  const { used, pending, timer } = state()
  used.set(id, at)
  if (at - (known().ids.get(id)?.usedAt ?? 0) < storedEvery) return
  pending.set(id, { kind, id, at })
  state().timer = timer ?? setTimeout(storeUses, storesAfter).unref()
}

/** Calls a function after each change, until the function that it returns is called. */
export function onChange(listener: () => void): () => void {
  const { listeners } = state()
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
