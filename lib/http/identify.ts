import type { IncomingMessage } from 'node:http'
import { type Actor, anonymousActor, theLocalActor } from '#lib/access/actor.ts'
import { accountNamed, noteUse, sessionBy, type TokenState, tokenBy } from '#lib/access/identities.ts'
import { hashOf } from '#lib/access/random.ts'
import { cookieOf } from './cookies.ts'
import type { Refusal } from './guard.ts'
import { isOpen } from './open-server.ts'

/** Where a request comes from, as far as the connection and trusted proxies say it. */
export type Origin = {
  /** It came by the local socket. */
  isLocal: boolean
  /** Whether the browser used https. */
  isSecure: boolean
  /** The user whom a trusted proxy names; null if it names none. */
  proxyUser: string | null
}

/** Who makes a request. */
export type Identified = {
  actor: Actor
  /** Whether the browser says so by itself, as with a cookie: then a page of another site could make it say so. */
  isAmbient: boolean
  /** Why the request is not answered, whatever it asks for; null if it may be. */
  refused: Refusal | null
}

const known = (actor: Actor, isAmbient = false): Identified => ({ actor, isAmbient, refused: null })

const byToken = ({ id, name, scope }: TokenState, now: number, isAmbient = false): Identified => {
  noteUse('token', id, now)
  return known({ kind: 'token', id, name, scope }, isAmbient)
}

/** The secret of `Authorization: Bearer`; null if there is none. */
const bearerOf = ({ headers }: IncomingMessage): string | null =>
  /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1] ?? null

const wrongToken: Identified = {
  actor: anonymousActor,
  isAmbient: false,
  refused: {
    status: 401,
    code: 'not-signed-in',
    message:
      'There is no token like that of the Authorization header. It was revoked, has expired, or is not of this server.',
  },
}

/** The account that a proxy names: one that was made for that, since who can choose a name there must not become anybody else. */
function byProxy(name: string, now: number): Identified {
  const account = accountNamed(name)
  if (account !== null && !account.isDisabled && account.origin === 'proxy') {
    noteUse('account', account.id, now)
    return known({ kind: 'account', id: account.id, name: account.name, role: account.role, session: null }, true)
  }
  const message =
    'The proxy in front of this server names a user who has no account for it here, or a disabled one. An administrator can add it: npm run user -- add NAME --proxy.'
  return { actor: anonymousActor, isAmbient: true, refused: { status: 403, code: 'not-allowed', message } }
}

/**
 * Returns who makes a request. The first that there is counts: the local socket, a token, the user of a trusted proxy, the cookie of a
 * session, that of a display. Without any it is the local actor on an open server, else nobody known. Memory answers: a wrong secret
 * costs a hash.
 */
export function identify(request: IncomingMessage, { isLocal, isSecure, proxyUser }: Origin, now: number): Identified {
  if (isLocal) return known(theLocalActor)
  const bearer = bearerOf(request)
  if (bearer !== null) {
    const token = tokenBy(hashOf(bearer), now)
    return token === null ? wrongToken : byToken(token, now)
  }
  if (proxyUser !== null) return byProxy(proxyUser, now)
  const session = cookieOf(request.headers, 'session', isSecure)
  const found = session === null ? null : sessionBy(hashOf(session), now)
  if (found !== null) {
    const { account } = found
    noteUse('session', found.session.id, now)
    return known(
      { kind: 'account', id: account.id, name: account.name, role: account.role, session: found.session.id },
      true,
    )
  }
  const display = cookieOf(request.headers, 'display', isSecure)
  const token = display === null ? null : tokenBy(hashOf(display), now)
  if (token?.scope === 'display') return byToken(token, now, true)
  return known(isOpen() ? theLocalActor : anonymousActor)
}
