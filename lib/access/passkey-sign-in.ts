import type { z } from 'zod'
import type { PasskeyAnswer, passkeyChallenge } from '#lib/model/passkeys.ts'
import { openChallenge, sealChallenge } from './challenge.ts'
import { context } from './context.ts'
import type { PasskeySite } from './passkey-site.ts'
import { answerCounter, requestOptions } from './passkeys.ts'
import { type Attempt, client, inPlace } from './sign-in.ts'

const purpose = 'sign-in passkey'

/** Begins a sign-in with a passkey: what the browser is asked, and the challenge for it to keep. */
export async function beginPasskey(
  site: PasskeySite,
): Promise<{ options: z.infer<typeof passkeyChallenge>; sealed: string }> {
  const { now } = await context()
  const options = await requestOptions(site)
  return { options: { ...options }, sealed: sealChallenge(purpose, options.challenge, now) }
}

/**
 * Signs in by the answer of a passkey to the challenge that `sealed` has, which is used up whatever the answer is worth. It proves the device and
 * who uses it, so that no code is asked for. Null if the challenge has expired or was used: it is to be begun again.
 */
export async function signInByPasskey(
  site: PasskeySite,
  sealed: string,
  answer: PasskeyAnswer,
  agent: string,
): Promise<Attempt | null> {
  const from = await client(agent)
  const opened = openChallenge(purpose, sealed, from.now)
  if (opened === null) return null
  // Counted for the passkey, not for the name: who guesses a password keeps nobody's passkey from working.
  const name = `passkey ${answer.id}`
  const { wait, isFresh, passkey } = await from.writes.beginPasskey(name, from.address, answer.id, opened.spent)
  if (wait > 0) return { kind: 'limited', wait }
  const failed = async <Failed>(result: Failed): Promise<Failed> => {
    await from.writes.failAttempt(passkey?.account ?? null, 'passkey')
    return result
  }
  if (!isFresh) return failed(null)
  const counter = passkey === null ? null : await answerCounter(answer, { ...passkey, ...opened, site })
  if (passkey === null || counter === null || passkey.isDisabled) return failed({ kind: 'failed' })
  const { address, writes } = from
  const begun = await writes.signInByPasskey({ key: answer.id, counter }, passkey.account, { address, agent, name })
  return (await inPlace(from, begun)) ?? { kind: 'failed' }
}
