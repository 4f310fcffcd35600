import { z } from 'zod'
import type { Secrets } from '#lib/store/access-writes.ts'
import { linksRefusedFor, noteInventedLink } from './attempts.ts'
import { context } from './context.ts'
import { linkBy } from './identities.ts'
import { hashPassword, isPassword, passwordProblem } from './passwords.ts'
import { hashOf } from './random.ts'
import { seal, unseal } from './seal.ts'
import { sealedTotp } from './second-factor.ts'
import { signInWrites } from './sign-in-writes.ts'
import { stepOf } from './totp.ts'

/** How long a browser has, after the right password, to send a code, in milliseconds. */
export const codePatience = 5 * 60_000

/** A session that has begun: its secret, for the cookie, and when it ends at the latest. */
export type Begun = { kind: 'done'; secret: string; expiresAt: number }

/** An attempt was not checked, and may be made again after so many milliseconds. */
export type Limited = { kind: 'limited'; wait: number }

/** How an attempt to sign in ended. */
export type Attempt = Begun | { kind: 'code'; sealed: string } | { kind: 'failed' } | Limited

const purpose = 'sign-in code'
/** What the browser keeps between password and code. `proof`: the password has not been changed since. */
const between = z.object({ account: z.string(), name: z.string(), proof: z.string() })

/** The address of the request, also of one by the local socket. */
export async function client(agent: string) {
  const { by, now, actor } = await context()
  return { by, now, actor, address: by.address ?? 'local', agent, writes: signInWrites(by) }
}

export type Client = Awaited<ReturnType<typeof client>>

type Checked = { account: string; method: 'password' | 'link'; name: string | null; compared: string | null }

/**
 * Begins a session in the place of the one the request had, so that no secret from before the sign-in is worth anything. `compared`: the
 * stored hash that the password was compared with.
 */
async function begin(from: Client, { account, method, name, compared }: Checked): Promise<Begun | null> {
  const { writes, address, agent } = from
  return inPlace(from, await writes.signIn(account, method, { address, agent, name, compared }))
}

/** A session that has begun, in the place of the one that the request had. */
export async function inPlace(
  { writes, actor }: Client,
  begun: { secret: string; expiresAt: number } | null,
): Promise<Begun | null> {
  if (begun === null) return null
  if (actor.kind === 'account' && actor.session !== null) await writes.signOut(actor.session)
  return { kind: 'done', secret: begun.secret, expiresAt: begun.expiresAt }
}

/**
 * Signs in by name and password. An unknown account, and one that is disabled or has no password, costs the same and is
 * answered like a wrong password. @throws PasswordsBusy
 */
export async function signInByPassword(name: string, password: string, agent: string): Promise<Attempt> {
  const from = await client(agent)
  const { wait, secrets } = await from.writes.beginAttempt(name, from.address)
  if (wait > 0) return { kind: 'limited', wait }
  const isRight = await isPassword(password, secrets?.password ?? null)
  const checked = isRight && secrets !== null && !secrets.isDisabled ? secrets : null
  if (checked?.totp) {
    await from.writes.takeBackAttempt(name, from.address)
    const value = { account: checked.account, name, proof: proofOf(checked) }
    return { kind: 'code', sealed: seal(purpose, value, from.now + codePatience) }
  }
  const begun = checked === null ? null : await begin(from, ofPassword(checked, name))
  if (begun !== null) return begun
  await from.writes.failAttempt(secrets?.account ?? null, 'password')
  return { kind: 'failed' }
}

const ofPassword = ({ account, password }: Secrets, name: string): Checked => ({
  ...{ account, method: 'password', name, compared: password },
})

const proofOf = ({ password }: Pick<Secrets, 'password'>): string => hashOf(password ?? '')

/**
 * Signs in by the code of an authenticator app, after the right password, which `sealed` proves. Null if it does not, or not
 * any more: the password is needed again.
 */
export async function signInByCode(sealed: string, code: string, agent: string): Promise<Attempt | null> {
  const from = await client(agent)
  const kept = between.safeParse(unseal(purpose, sealed, from.now)).data
  if (kept === undefined) return null
  const { wait, secrets } = await from.writes.beginAttempt(kept.name, from.address)
  if (wait > 0) return { kind: 'limited', wait }
  if (secrets === null || secrets.account !== kept.account || proofOf(secrets) !== kept.proof || !secrets.totp)
    return null
  const step = stepOf(code, sealedTotp.open(secrets.account, secrets.totp.secret, from.now), from.now)
  const isRight = step !== null && (await from.writes.spendTotpStep(secrets.account, step))
  const begun = isRight ? await begin(from, ofPassword(secrets, kept.name)) : null
  if (begun !== null) return begun
  await from.writes.failAttempt(secrets.account, 'code')
  return { kind: 'failed' }
}

/**
 * What a one-time link is for: the first administrator, whose name is to be chosen, or an account. Null if it is gone. Memory answers:
 * an invented link costs a hash.
 */
export async function linkMeaning(link: string): Promise<ReturnType<typeof linkBy> | Limited> {
  const { by } = await context()
  const address = by.address ?? 'local'
  const wait = linksRefusedFor(address, by.at)
  if (wait > 0) return { kind: 'limited', wait }
  const found = linkBy(hashOf(link), by.at)
  if (found === null) noteInventedLink(address, by.at)
  return found
}

/**
 * Uses a one-time link up: sets the password and signs in. `name`: of the first administrator. Null if the link is gone.
 * @throws PasswordsBusy, NameTaken
 */
export async function signInByLink(
  link: string,
  password: string,
  name: string | null,
  agent: string,
): Promise<Begun | Limited | { kind: 'problem'; param: 'name' | 'password'; message: string } | null> {
  const found = await linkMeaning(link)
  if (found === null || found.kind === 'limited') return found
  const whose = found.name ?? name
  if (whose === null) return { kind: 'problem', param: 'name', message: 'The first administrator needs a name.' }
  const message = passwordProblem(password, whose)
  if (message !== null) return { kind: 'problem', param: 'password', message }
  const from = await client(agent)
  const hash = await hashPassword(password)
  const account = await from.writes.spendLink(link, hash, found.name === null ? name : null)
  return account === null ? null : begin(from, { account, method: 'link', name: null, compared: hash })
}
