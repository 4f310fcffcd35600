import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { COSEALG, isoCBOR } from '@simplewebauthn/server/helpers'

/** What a browser would do wrong, or a device: each is to be refused. */
export type Wrong = {
  challenge?: string
  origin?: string
  host?: string
  type?: string
  account?: string
  /** Nobody proved who they are to the device. */
  isUnverified?: boolean
  signedBy?: Passkey
  attestation?: { format: string; statement: Map<string, unknown> }
}

const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest()
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

const flags = { present: 1, verified: 4, attested: 64 }

/** Parts of a public key in COSE (RFC 9052), and those of a key on P-256. */
const cose = { kty: 1, alg: 3, crv: -1, x: -2, y: -3 }
const p256 = { kty: 2, crv: 1 }

const uint = (value: number, length: 2 | 4): Buffer => {
  const bytes = Buffer.alloc(length)
  bytes.writeUIntBE(value, 0, length)
  return bytes
}

/** For tests: a browser at an origin with a passkey on a device, by the words of WebAuthn. It counts unless `counter` is set back. */
export class Passkey {
  readonly id = text(randomBytes(32))
  readonly origin: string
  counter = 0
  account = ''
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })

  constructor(origin: string) {
    this.origin = origin
  }

  #client(type: string, challenge: string, wrong: Wrong): Buffer {
    const data = {
      type: wrong.type ?? type,
      challenge: wrong.challenge ?? challenge,
      origin: wrong.origin ?? this.origin,
    }
    return Buffer.from(JSON.stringify({ ...data, crossOrigin: false }))
  }

  #device(wrong: Wrong, attested: Buffer[] = []): Buffer {
    const bits = flags.present + (wrong.isUnverified ? 0 : flags.verified) + (attested.length > 0 ? flags.attested : 0)
    const host = sha256(wrong.host ?? new URL(this.origin).hostname)
    return Buffer.concat([host, Buffer.from([bits]), uint(this.counter, 4), ...attested])
  }

  sign(bytes: Uint8Array): Buffer {
    return sign('sha256', bytes, this.#keys.privateKey)
  }

  /** The public key, as WebAuthn sends it. */
  get publicKey(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' })
    const key = new Map<number, number | Uint8Array>([
      [cose.kty, p256.kty],
      [cose.alg, COSEALG.ES256],
      [cose.crv, p256.crv],
      [cose.x, new Uint8Array(Buffer.from(x, 'base64url'))],
      [cose.y, new Uint8Array(Buffer.from(y, 'base64url'))],
    ])
    return Buffer.from(isoCBOR.encode(key))
  }

  /** Makes it for the account that the options name. */
  create(options: { challenge: string; user: { id: string } }, wrong: Wrong = {}) {
    this.account = options.user.id
    const id = Buffer.from(this.id, 'base64url')
    const data = this.#device(wrong, [Buffer.alloc(16), uint(id.length, 2), id, this.publicKey])
    const { format, statement } = wrong.attestation ?? { format: 'none', statement: new Map() }
    const attestation = new Map<string, unknown>([
      ['fmt', format],
      ['attStmt', statement],
      ['authData', new Uint8Array(data)],
    ])
    const clientDataJSON = text(this.#client('webauthn.create', options.challenge, wrong))
    const attestationObject = text(isoCBOR.encode(attestation as Parameters<typeof isoCBOR.encode>[0]))
    return this.#answer({ clientDataJSON, attestationObject })
  }

  /** Answers a challenge. */
  answer(options: { challenge: string }, wrong: Wrong = {}) {
    this.counter += 1
    const client = this.#client('webauthn.get', options.challenge, wrong)
    const data = this.#device(wrong)
    const signature = (wrong.signedBy ?? this).sign(Buffer.concat([data, sha256(client)]))
    return this.#answer({
      ...{ clientDataJSON: text(client), authenticatorData: text(data), signature: text(signature) },
      userHandle: wrong.account ?? this.account,
    })
  }

  #answer<Answered>(response: Answered) {
    return { id: this.id, rawId: this.id, type: 'public-key', response }
  }
}
