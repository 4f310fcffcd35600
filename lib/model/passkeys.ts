import { z } from 'zod'
import { accountName } from './access.ts'
import { count, time } from './schema.ts'

/** Passkeys that an account can have. */
export const mostPasskeys = 20

/** Why passkeys do not work at an address: it is an IP address, its pages are not loaded over https, or its port is not that of the server. */
export type NoPasskeys = 'address' | 'insecure' | 'port'

/** Bytes of WebAuthn as browsers send them. */
const bytes = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\w-]+$/, 'Expected base64url.')
const credentialId = bytes(1400)

export const passkey = z.object({
  id: z.string(),
  name: z.string(),
  host: z.string().describe('The name of this server that it is for. It works under no other.'),
  createdAt: time,
  usedAt: time.nullable().describe('The last sign-in with it; null if there was none.'),
})
export type Passkey = z.infer<typeof passkey>
export const ownPasskeys = z.object({ total: count, rows: z.array(passkey) })

/** What a browser is asked to do, as `@simplewebauthn/browser` takes it. */
const browserOptions = z.looseObject({ challenge: z.string() })

/** How a browser is to make a passkey. */
export const passkeyOffer = z.object({
  options: browserOptions.describe('PublicKeyCredentialCreationOptionsJSON of WebAuthn.'),
  sealed: z.string().describe('To be sent back with the answer within 5 minutes. Until then nothing is stored.'),
})
/** How a browser is to answer with one. */
export const passkeyChallenge = browserOptions.describe('PublicKeyCredentialRequestOptionsJSON of WebAuthn.')

const answered = { id: credentialId, rawId: credentialId, type: z.literal('public-key') }

/** A passkey that a browser has made. */
export const passkeyMade = z.object({
  sealed: z.string().max(2000),
  name: accountName,
  answer: z
    .object({ ...answered, response: z.object({ clientDataJSON: bytes(4000), attestationObject: bytes(8000) }) })
    .describe('RegistrationResponseJSON of WebAuthn.'),
})
export type PasskeyMade = z.infer<typeof passkeyMade>

/** The answer of a passkey to the challenge of a sign-in. */
export const passkeyAnswer = z
  .object({
    ...answered,
    response: z.object({
      clientDataJSON: bytes(4000),
      authenticatorData: bytes(4000),
      signature: bytes(2000),
      userHandle: bytes(100),
    }),
  })
  .describe('AuthenticationResponseJSON of WebAuthn.')
export type PasskeyAnswer = z.infer<typeof passkeyAnswer>
