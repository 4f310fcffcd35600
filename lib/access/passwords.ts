import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { shared } from '#lib/process/shared.ts'
import { isCommonPassword } from './common-passwords.ts'

/** Characters that a password has. */
export const passwordLength = { least: 12, most: 200 }

/** The parameters of new hashes: 64 MiB, as the record of accounts says. */
const cost = { N: 65_536, r: 8, p: 2 }
const bytes = { salt: 16, key: 32 }
/** Hashes that wait for their turn; each takes some tenths of a second and all of its memory. */
const mostWaiting = 20

type Cost = typeof cost

/** Too many passwords are being checked. */
export class PasswordsBusy extends Error {
  override name = 'PasswordsBusy'
  code = 'BUSY'
  constructor() {
    super('Too many passwords are being checked at once. Try again in a few seconds.')
  }
}

const queue = () => shared('passwords', () => ({ waiting: 0, last: Promise.resolve(), done: 0 }))

/** For tests: how many hashes this process has computed. */
export const passwordsHashed = (): number => queue().done

/** A password as it is hashed, however its accents were typed. */
const typed = (password: string): string => password.normalize('NFC')

function derive(password: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> {
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r }
  return new Promise((resolve, reject) =>
    scrypt(typed(password), salt, bytes.key, options, (error, key) => (error ? reject(error) : resolve(key))),
  )
}

/** Computes one hash at a time. @throws PasswordsBusy if too many wait */
async function inTurn(password: string, salt: Buffer, of: Cost): Promise<Buffer> {
  const state = queue()
  if (state.waiting > mostWaiting) throw new PasswordsBusy()
  state.waiting += 1
  const result = state.last.then(() => derive(password, salt, of))
  state.last = result.then(
    () => {},
    () => {},
  )
  try {
    return await result
  } finally {
    state.waiting -= 1
    state.done += 1
  }
}

/** The hash of a password, with its parameters and salt. @throws PasswordsBusy */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(bytes.salt)
  const key = await inTurn(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/**
 * Whether a password is that of a hash. Without a hash it is not, which takes as long: an account without a password, or none at
 * all, does not differ from one with another password. @throws PasswordsBusy
 */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [kind, N, r, p, salt, key] = hash?.split('$') ?? []
  const isHash = kind === 'scrypt' && salt !== undefined && key !== undefined
  const found = await inTurn(
    password,
    isHash ? Buffer.from(salt, 'base64url') : Buffer.alloc(bytes.salt),
    isHash ? { N: Number(N), r: Number(r), p: Number(p) } : cost,
  )
  if (!isHash) return false
  const expected = Buffer.from(key, 'base64url')
  return expected.length === found.length && timingSafeEqual(found, expected)
}

/** Why a password is not accepted for an account of this name; null if it is. */
export function passwordProblem(password: string, name: string): string | null {
  const { least, most } = passwordLength
  const length = [...password].length
  if (length < least || length > most)
    return `The password has ${length} characters. It must have at least ${least} and at most ${most}.`
  const isName = typed(password).toLowerCase().replaceAll(name.trim().toLowerCase(), '').length < least / 2
  if (isName) return 'The password consists of little but the name of the account. Choose another one.'
  if (isCommonPassword(password)) return 'Many people use this password, or one like it. Choose another one.'
  return null
}
