import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import { apiPaths } from '#lib/params/api-paths.ts'
import { send } from './send.ts'

const unsupported = 'This browser does not support passkeys.'

/** What to say of an error of WebAuthn, by its name. Browsers use few names for many reasons, so that nobody learns which passkeys there are. */
const signInWords: Record<string, string> = {
  NotAllowedError: 'No passkey was used: it was cancelled, took too long, or there is none for this server here.',
  AbortError: 'No passkey was used: it was cancelled.',
  SecurityError: 'The browser accepts no passkeys for this address.',
}
const addWords: Record<string, string> = {
  NotAllowedError: 'No passkey was made: it was cancelled, or took too long.',
  AbortError: 'No passkey was made: it was cancelled.',
  InvalidStateError: 'This device already has a passkey for your account.',
  ConstraintError: 'This device cannot check who you are: it needs a PIN, a fingerprint or a face.',
  NotSupportedError: 'This device cannot make a passkey that this server accepts.',
  SecurityError: signInWords.SecurityError as string,
}

const wordsOf = (words: Record<string, string>, error: unknown): string => {
  const { name, message } = error as Error
  return words[name] ?? `The browser could not use a passkey: ${message}`
}

/** What the browser answers to options of the server, or why it does not. */
async function ask<Answer>(
  words: Record<string, string>,
  work: () => Promise<Answer>,
): Promise<{ answer: Answer } | { failure: string }> {
  try {
    return { answer: await work() }
  } catch (error) {
    return { failure: wordsOf(words, error) }
  }
}

/** Signs in with a passkey. Returns what went wrong; null if nothing did. */
export async function signInByPasskey(): Promise<string | null> {
  if (!browserSupportsWebAuthn()) return unsupported
  const begun = await send(apiPaths.signInByPasskey, 'POST')
  if (begun.failure !== null) return begun.failure
  const optionsJSON = begun.data as PublicKeyCredentialRequestOptionsJSON
  const asked = await ask(signInWords, () => startAuthentication({ optionsJSON }))
  if ('failure' in asked) return asked.failure
  return (await send(apiPaths.signInByPasskey, 'PUT', asked.answer)).failure
}

/** Makes a passkey for the account and stores it. Returns what went wrong; null if nothing did. */
export async function addPasskey(name: string, password: string): Promise<string | null> {
  if (!browserSupportsWebAuthn()) return unsupported
  const begun = await send(apiPaths.ownPasskeys, 'POST', { password })
  if (begun.failure !== null) return begun.failure
  const { options, sealed } = begun.data as { options: PublicKeyCredentialCreationOptionsJSON; sealed: string }
  const asked = await ask(addWords, () => startRegistration({ optionsJSON: options }))
  if ('failure' in asked) return asked.failure
  return (await send(apiPaths.ownPasskeys, 'PUT', { sealed, name, answer: asked.answer })).failure
}
