import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { shared } from '#lib/process/shared.ts'
import { dataFolder } from '#lib/store/settings.ts'
import { syncFolder } from '#lib/store/sync.ts'
import { hasCode } from '#lib/thread/error.ts'

const keyBytes = 32

/** The file of the secret from which the keys of a data folder are derived. */
export const secretFile = (): string => join(dataFolder(), 'secret.key')

function makeFile(file: string): Buffer {
  const key = randomBytes(keyBytes)
  const handle = openSync(file, 'wx', 0o600)
  try {
    writeSync(handle, key)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  syncFolder(dataFolder())
  return key
}

function readOrMake(): Buffer {
  const file = secretFile()
  try {
    const key = readFileSync(file)
    if (key.length === keyBytes) return key
    throw new Error(
      `${file} has ${key.length} bytes instead of ${keyBytes}. Restore it from a backup, or delete it: then second factors must be set up again.`,
    )
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
    return makeFile(file)
  }
}

const secretOf = () => shared('secret', () => ({ secret: readOrMake() }))

/** Makes the secret of the data folder, if it has none. The server does so before it listens. @throws if it cannot be read or made */
export const makeSecret = (): void => void secretOf()

/** The key of a purpose, derived from the secret of the data folder. @throws if it cannot be read or made */
export function keyFor(purpose: string): Buffer {
  const { secret } = secretOf()
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, keyBytes))
}

/** A hash of a text that nobody can compare with guesses who does not have the secret of the data folder. */
export const keyedHash = (purpose: string, text: string): string =>
  createHmac('sha256', keyFor(purpose)).update(text).digest('base64url')
