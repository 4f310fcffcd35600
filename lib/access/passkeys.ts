import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { COSEALG, decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers'
import { log } from '#lib/log/log.ts'
import type { PasskeyAnswer, PasskeyMade } from '#lib/model/passkeys.ts'
import { challengePatience } from './challenge.ts'
import type { PasskeySite } from './passkey-site.ts'

/** Signatures that are accepted: every device makes one of them. */
const algorithms = [COSEALG.EdDSA, COSEALG.ES256, COSEALG.RS256]

/** The account as a passkey names it. */
const handleOf = (account: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(account)

type Checked = { site: PasskeySite; challenge: string }

const expected = ({ site, challenge }: Checked) => ({
  ...{ expectedChallenge: challenge, expectedOrigin: site.origin, expectedRPID: site.id },
  requireUserVerification: true,
})

/** What `check` returns; null if it throws, which is how the library says that an answer is not valid. */
async function validOrNull<Valid>(what: string, check: () => Promise<Valid>): Promise<Valid | null> {
  try {
    return await check()
  } catch (error) {
    log.info('The answer of a passkey is not valid.', { what, reason: (error as Error).message })
    return null
  }
}

/** Whether a new passkey brings no certificates. None were asked for, and the library would ask their makers whether they still count. */
function isPlain(attestation: string): boolean {
  const decoded = decodeAttestationObject(isoBase64URL.toBuffer(attestation))
  const format = decoded.get('fmt')
  return format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined)
}

/** How a browser is to make a passkey for an account, which has those with the ids `existing`. */
export const creationOptions = (account: { id: string; name: string }, site: PasskeySite, existing: string[]) =>
  generateRegistrationOptions({
    ...{ rpName: 'ASR Hunt', rpID: site.id, userName: account.name, userDisplayName: account.name },
    userID: handleOf(account.id),
    timeout: challengePatience,
    // Which make of device it is does not matter: no certificate is asked for, and none is checked.
    attestationType: 'none',
    excludeCredentials: existing.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  })

/** The passkey that a browser has made; null if its answer is not valid for this challenge and this server. */
export const madePasskey = ({ id, rawId, type, response }: PasskeyMade['answer'], checked: Checked) =>
  validOrNull('made', async () => {
    if (!isPlain(response.attestationObject)) return null
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      ...expected(checked),
      response: { id, rawId, type, response, clientExtensionResults: {} },
      supportedAlgorithmIDs: algorithms,
    })
    const credential = registrationInfo?.credential
    if (!verified || credential?.id !== id) return null
    const secret = Buffer.from(credential.publicKey).toString('base64url')
    return { key: credential.id, secret, counter: credential.counter }
  })

/** How a browser is to answer with any passkey that it has for this server. */
export const requestOptions = ({ id }: PasskeySite) =>
  generateAuthenticationOptions({ rpID: id, timeout: challengePatience, userVerification: 'required' })

/**
 * The signature counter of the answer of a passkey, whose public key `secret` is; null if the answer is not valid for this challenge, this
 * server and this account. The counter itself is for the store to check.
 */
export const answerCounter = (
  { id, rawId, type, response }: PasskeyAnswer,
  { account, secret, ...checked }: Checked & { account: string; secret: string },
): Promise<number | null> =>
  validOrNull('answered', async () => {
    if (response.userHandle !== Buffer.from(handleOf(account)).toString('base64url')) return null
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      ...expected(checked),
      response: { id, rawId, type, response, clientExtensionResults: {} },
      credential: { id, publicKey: Buffer.from(secret, 'base64url'), counter: 0 },
    })
    return verified ? authenticationInfo.newCounter : null
  })
