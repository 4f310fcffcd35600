import { readFileSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createSecureContext, type Server } from 'node:tls'
import { log } from '#lib/log/log.ts'

/** Files of a certificate chain and its key, as PEM. */
export type TlsFiles = { cert: string; key: string }
type Pair = { cert: Buffer; key: Buffer }

/** The files of TLS_CERT and TLS_KEY; null if they are not set. */
export function tlsFiles(): TlsFiles | null {
  const { TLS_CERT: cert, TLS_KEY: key } = process.env
  return cert && key ? { cert, key } : null
}

/** @throws if the key is not that of the certificate, or one of them is not PEM */
function checked(pair: Pair, { cert, key }: TlsFiles): Pair {
  try {
    createSecureContext(pair)
    return pair
  } catch (error) {
    throw new Error(
      `TLS_CERT (${cert}) and TLS_KEY (${key}) are not a certificate and its key: ${(error as Error).message}. ` +
        'Both must be PEM, and the key without a passphrase.',
    )
  }
}

/** Reads a certificate and its key. @throws if they cannot be read or do not fit */
export const readTls = (files: TlsFiles): Pair =>
  checked({ cert: readFileSync(files.cert), key: readFileSync(files.key) }, files)

/** A text that changes when one of the files is changed or replaced. */
async function stateOf({ cert, key }: TlsFiles): Promise<string> {
  const states = await Promise.all([cert, key].map((path) => stat(path)))
  return states.map(({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`).join(' ')
}

/**
 * Looks every `every` milliseconds whether the files have changed, and has the server use them for new connections. If they
 * cannot be read or do not fit, as while only one of them is replaced, this is logged once and the server keeps the old pair.
 * Returns what stops it.
 */
export function watchTls(server: Pick<Server, 'setSecureContext'>, files: TlsFiles, every = 10_000): () => void {
  // What is read first may have changed since the start: it is set once more then.
  let seen = ''
  let problem = ''
  let isLooking = false
  async function look(): Promise<void> {
    const state = await stateOf(files)
    if (state === seen) return
    const [cert, key] = await Promise.all([readFile(files.cert), readFile(files.key)])
    server.setSecureContext(checked({ cert, key }, files))
    if (seen !== '') log.info('The certificate was read again.', { ...files })
    seen = state
    problem = ''
  }
  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    look()
      .catch((error: Error) => {
        if (error.message !== problem)
          log.error('The certificate has changed but cannot be used. The server keeps the one it had.', { error })
        problem = error.message
      })
      .finally(() => {
        isLooking = false
      })
  }, every).unref()
  return () => clearInterval(timer)
}
