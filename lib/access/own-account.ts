import { type Context, context } from './context.ts'
import { hashPassword, isPassword, passwordProblem } from './passwords.ts'
import { seal, unseal } from './seal.ts'
import { sealedTotp } from './second-factor.ts'
import { signInWrites } from './sign-in-writes.ts'
import { newTotp, stepOf } from './totp.ts'

/** How long a new secret of an authenticator app can be confirmed, in milliseconds. */
const confirmPatience = 15 * 60_000

const purposeOf = (account: string): string => `new totp of ${account}`

/** Why a change was not made. `param`: what of the request is wrong. */
export type Refused =
  | { kind: 'limited'; wait: number }
  | { kind: 'failed'; param: 'password' | 'code' | 'sealed' | 'next' | 'answer'; message: string }
  /** The account has no password here: who signs it in keeps it. */
  | { kind: 'elsewhere' }

export type OwnAccount = Extract<Context['actor'], { kind: 'account' }>

const isNot: Refused = { kind: 'failed', param: 'password', message: 'This is not your password.' }

/**
 * Runs `change` if a password is that of the account, counted like an attempt to sign in and, like one, forgotten if it is right. `compared`: the
 * stored hash that it was compared with. @throws PasswordsBusy
 */
export async function withPassword<Done = null>(
  { id, name }: OwnAccount,
  password: string,
  change: (writes: ReturnType<typeof signInWrites>, compared: string) => Promise<Refused | Done>,
): Promise<Refused | Done> {
  const { by } = await context()
  const writes = signInWrites(by)
  const address = by.address ?? 'local'
  const { wait, secrets } = await writes.beginAttempt(name, address)
  if (wait > 0) return { kind: 'limited', wait }
  if (!secrets?.password) return { kind: 'elsewhere' }
  if (!(await isPassword(password, secrets.password))) {
    await writes.failAttempt(id, 'password')
    return isNot
  }
  await writes.forgiveAttempt(name, address)
  return change(writes, secrets.password)
}

/** Sets another password, and ends all other sessions of the account. Null if it is done. */
export async function changePassword(own: OwnAccount, password: string, next: string): Promise<Refused | null> {
  const message = passwordProblem(next, own.name)
  if (message !== null) return { kind: 'failed', param: 'next', message }
  return withPassword(own, password, async (writes, compared) => {
    const isSet = await writes.setPassword(own.id, { secret: await hashPassword(next), compared }, own.session)
    return isSet ? null : isNot
  })
}

/** A new secret for an authenticator app. Nothing is stored before a code of it was sent back with `sealed`. */
export async function offerTotp({ id, name }: OwnAccount): Promise<ReturnType<typeof newTotp> & { sealed: string }> {
  const { now } = await context()
  const made = newTotp(name)
  return { ...made, sealed: seal(purposeOf(id), made.secret, now + confirmPatience) }
}

/** Makes codes of an authenticator app necessary to sign in, and ends all other sessions. Null if it is done. */
export async function setTotp(
  own: OwnAccount,
  { password, sealed, code }: { password: string; sealed: string; code: string },
): Promise<Refused | null> {
  const { now } = await context()
  const secret = unseal(purposeOf(own.id), sealed, now)
  if (typeof secret !== 'string')
    return { kind: 'failed', param: 'sealed', message: 'This set-up has expired. Begin it again.' }
  return withPassword(own, password, async (writes, compared) => {
    const step = stepOf(code, secret, now)
    if (step === null)
      return {
        kind: 'failed',
        param: 'code',
        message: 'This is not a code of this key. Check the clock of the device.',
      }
    const totp = { secret: sealedTotp.make(own.id, secret), compared }
    if (!(await writes.setTotp(own.id, totp, own.session))) return isNot
    await writes.spendTotpStep(own.id, step)
    return null
  })
}

/** Makes codes unnecessary again, and ends all other sessions. Null if it is done. */
export const removeTotp = (own: OwnAccount, password: string): Promise<Refused | null> =>
  withPassword(own, password, async (writes, compared) =>
    (await writes.setTotp(own.id, { secret: null, compared }, own.session)) ? null : isNot,
  )

/** Ends the session of an account. One whom a proxy names has none here. */
export async function signOut({ session }: OwnAccount): Promise<void> {
  const { by } = await context()
  if (session !== null) await signInWrites(by).signOut(session)
}
