import * as client from 'openid-client'
import { z } from 'zod'
import { log } from '#lib/log/log.ts'
import type { OidcProblem } from '#lib/model/access.ts'
import { shared } from '#lib/process/shared.ts'
import { isAdminMissing, isLastAdmin } from '#lib/store/errors.ts'
import { providerKeys, providerUserKeys } from './attempts.ts'
import { context } from './context.ts'
import { hasClaim, isPlainIssuer, nameOf, type OidcSettings, oidcSettings, roleOf } from './oidc-settings.ts'
import { seal, unseal } from './seal.ts'
import type { Begun } from './sign-in.ts'
import { signInWrites } from './sign-in-writes.ts'

/** How long a browser has to sign in with the provider, in milliseconds. */
export const oidcPatience = 10 * 60_000

/** Seconds that the provider has for an answer. */
const answerSeconds = 10
/** Sign-ins that wait for the provider at once. */
const mostAtOnce = 16

const purpose = 'sign-in oidc'
/** What the browser keeps while it is with the provider. `redirect`: where the provider leads it back to. */
const kept = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  redirect: z.string(),
  to: z.string(),
})

type State = { found: Promise<client.Configuration> | null; underWay: number }
const state = (): State => shared('oidc', () => ({ found: null, underWay: 0 }))

/** What is logged of an error. Its cause is not: that can be an answer of the provider, with tokens in it. */
const reasonOf = (error: unknown) => {
  const { message, code } = error as Error & { code?: unknown }
  return { reason: message, code }
}

/** What the provider says of itself. It is asked at the first sign-in, and again after a failure. */
function configuration({ issuer, clientId, clientSecret }: OidcSettings): Promise<client.Configuration> {
  const execute = [client.enableNonRepudiationChecks, ...(isPlainIssuer(issuer) ? [client.allowInsecureRequests] : [])]
  const found =
    state().found ?? client.discovery(issuer, clientId, clientSecret, undefined, { execute, timeout: answerSeconds })
  state().found = found
  found.catch(() => {
    state().found = null
  })
  return found
}

/**
 * Begins a sign-in with the provider: the address that the browser goes to, and what it keeps until it is back. `redirect`: the
 * address of this server that it comes back to. Null if no provider is set.
 */
export async function beginOidc(
  redirect: string,
  to: string,
): Promise<{ url: URL; sealed: string } | { problem: OidcProblem } | null> {
  const settings = oidcSettings()
  if (settings === null) return null
  try {
    const config = await configuration(settings)
    const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()]
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: redirect,
      scope: 'openid profile email',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    const { now } = await context()
    return { url, sealed: seal(purpose, { state, nonce, verifier, redirect, to }, now + oidcPatience) }
  } catch (error) {
    log.warn('The OpenID Connect provider could not be asked.', { issuer: settings.issuer.href, ...reasonOf(error) })
    return { problem: 'unreachable' }
  }
}

/** The claims of the user whom the provider leads back, its signature and everything else checked. The role may be in its user info only. */
async function claimsOf(settings: OidcSettings, { search }: { search: string }, pending: z.infer<typeof kept>) {
  const config = await configuration(settings)
  const current = new URL(pending.redirect)
  current.search = search
  const tokens = await client.authorizationCodeGrant(config, current, {
    pkceCodeVerifier: pending.verifier,
    expectedState: pending.state,
    expectedNonce: pending.nonce,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (claims === undefined) throw new Error('The provider sent no ID token.')
  const isComplete = hasClaim(claims, settings.roleClaim) || config.serverMetadata().userinfo_endpoint === undefined
  if (isComplete) return claims
  return { ...(await client.fetchUserInfo(config, tokens.access_token, claims.sub)), ...claims }
}

/**
 * Ends a sign-in: checks what the provider sent with the browser, `search` being that of the address it was led back to and
 * `sealed` what it kept. `to`: the page it came for.
 */
export async function endOidc(
  search: string,
  sealed: string,
  agent: string,
): Promise<(Begun & { to: string }) | { kind: 'problem'; problem: OidcProblem; to: string }> {
  const { by, now, actor } = await context()
  const settings = oidcSettings()
  const pending = kept.safeParse(unseal(purpose, sealed, now)).data
  const failed = (problem: OidcProblem) => ({ kind: 'problem' as const, problem, to: pending?.to ?? '/' })
  if (settings === null || pending === undefined) return failed('failed')
  const writes = signInWrites(by)
  const address = by.address ?? 'local'
  // As by password: for the address, and as soon as it is known for the user, wherever it comes from.
  const ofAddress = providerKeys(address)
  if (state().underWay >= mostAtOnce || (await writes.countAttempt(ofAddress)) > 0) return failed('limited')
  state().underWay += 1
  try {
    const claims = await claimsOf(settings, { search }, pending)
    const ofUser = providerUserKeys(claims.iss, claims.sub)
    if ((await writes.countAttempt(ofUser)) > 0) return failed('limited')
    const role = roleOf(claims, settings.roleClaim)
    if (role === null) {
      log.info('A user of the OpenID Connect provider has no role here.', {
        subject: claims.sub,
        claim: settings.roleClaim,
      })
      await writes.failAttempt(null, 'oidc')
      return failed('no-role')
    }
    const user = { issuer: claims.iss, subject: claims.sub, name: nameOf(claims), role }
    const account = await writes.externalAccount(user)
    const from = { address, agent, name: null, attempt: { ...ofAddress, ...ofUser } }
    const begun = account === null ? null : await writes.signIn(account, 'oidc', from)
    if (begun === null) {
      await writes.failAttempt(account, 'oidc')
      return failed('disabled')
    }
    if (actor.kind === 'account' && actor.session !== null) await writes.signOut(actor.session)
    return { kind: 'done', secret: begun.secret, expiresAt: begun.expiresAt, to: pending.to }
  } catch (error) {
    if (isLastAdmin(error)) return failed('last-admin')
    if (isAdminMissing(error)) return failed('no-admin')
    log.warn('A sign-in with OpenID Connect failed.', { issuer: settings.issuer.href, ...reasonOf(error) })
    await writes.failAttempt(null, 'oidc')
    return failed('failed')
  } finally {
    state().underWay -= 1
  }
}
