import type { z } from 'zod'
import { mostPasskeys, type PasskeyMade, type passkeyOffer } from '#lib/model/passkeys.ts'
import { openChallenge, sealChallenge } from './challenge.ts'
import { context } from './context.ts'
import { type OwnAccount, type Refused, withPassword } from './own-account.ts'
import type { PasskeySite } from './passkey-site.ts'
import { creationOptions, madePasskey } from './passkeys.ts'
import { hashOf } from './random.ts'
import { signInWrites } from './sign-in-writes.ts'

/** `compared`: the stored hash of the password. What was offered before it was changed is worth nothing. */
const purposeOf = ({ id, session }: OwnAccount, compared: string): string =>
  `new passkey of ${id} in ${session} after ${hashOf(compared)}`

type Offer = { kind: 'offer' } & z.infer<typeof passkeyOffer>

/**
 * After the right password: how the browser is to make a passkey, and the challenge for it to keep. Nothing is stored before its answer
 * is there. @throws PasswordsBusy
 */
export const offerPasskey = (own: OwnAccount, password: string, site: PasskeySite): Promise<Offer | Refused> =>
  withPassword<Offer>(own, password, async (_, compared) => {
    const { reads, now } = await context()
    const passkeys = await reads.passkeys(own.id)
    if (passkeys.length >= mostPasskeys) return tooMany
    const existing = passkeys.filter(({ host }) => host === site.id).map(({ id }) => id)
    const options = await creationOptions(own, site, existing)
    const sealed = sealChallenge(purposeOf(own, compared), options.challenge, now)
    return { kind: 'offer', options: { ...options }, sealed }
  })

const failed = (param: 'sealed' | 'answer', message: string): Refused => ({ kind: 'failed', param, message })

const tooMany = failed('answer', `An account can have ${mostPasskeys} passkeys. Remove one first.`)

/** Stores the passkey that a browser has made, and ends all other sessions. Null if it is done. */
export async function addPasskey(
  own: OwnAccount,
  { sealed, name, answer }: PasskeyMade,
  site: PasskeySite,
): Promise<Refused | null> {
  const { by, now } = await context()
  const writes = signInWrites(by)
  const compared = (await writes.secretsOf(own.id))?.password ?? null
  const opened = compared === null ? null : openChallenge(purposeOf(own, compared), sealed, now)
  if (opened === null || !(await writes.spendChallenge(opened.spent)))
    return failed(
      'sealed',
      'The time for this passkey is over, it was added already, or your password was changed. Begin again.',
    )
  const made = await madePasskey(answer, { ...opened, site })
  if (made === null) return failed('answer', 'What the browser sent is not a passkey for this server. Begin again.')
  const result = await writes.addPasskey(own.id, { passkey: { ...made, name, host: site.id }, compared }, own.session)
  if (result === 'changed') return failed('sealed', 'Your password was changed meanwhile. Begin again.')
  if (result === 'ended') return failed('sealed', 'Your session has ended meanwhile. Sign in again.')
  if (result === 'taken') return failed('answer', 'An account of this server has this passkey already.')
  return result === 'too-many' ? tooMany : null
}

/** Removes a passkey and ends all other sessions. Null if it is done; `gone` if there is none of this id. */
export const removePasskey = (own: OwnAccount, key: string, password: string): Promise<Refused | 'gone' | null> =>
  withPassword<'gone' | null>(own, password, async (writes, compared) =>
    (await writes.removePasskey(own.id, { key, compared }, own.session)) ? null : 'gone',
  )
