import { generateSecret, generateURI, verifySync } from 'otplib'
import { renderSVG } from 'uqr'

/** Seconds that a code is valid. The one before and the one after are accepted too: clocks differ. */
const period = 30

/** A new secret of an authenticator app, as text, as an address and as a picture of it. */
export function newTotp(name: string): { secret: string; uri: string; svg: string } {
  const secret = generateSecret({ length: 20 })
  const uri = generateURI({ strategy: 'totp', issuer: 'ASR Hunt', label: name, secret, period })
  return { secret, uri, svg: renderSVG(uri, { border: 4 }) }
}

/** The step of time that a code is of; null if it is not a code of this secret now. A step is to be used once. */
export function stepOf(code: string, secret: string, now: number): number | null {
  const token = code.replaceAll(/\s/g, '')
  if (secret === '' || !/^\d{6}$/.test(token)) return null
  const epoch = Math.floor(now / 1000)
  const verified = verifySync({ strategy: 'totp', token, secret, period, epoch, epochTolerance: period })
  return verified.valid ? Math.floor(epoch / period) + verified.delta : null
}
