import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

// For tests: certificates without a program that makes them. X.509 is ASN.1: each value has a tag, a length and its bytes.

const value = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const bytes = Buffer.concat(parts)
  const size = bytes.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), bytes])
}
const sequence = (...parts: Uint8Array[]): Buffer => value(0x30, ...parts)
const bits = (bytes: Uint8Array): Buffer => value(0x03, Buffer.from([0]), bytes)
const id = (hex: string): Buffer => value(0x06, Buffer.from(hex, 'hex'))
const time = (text: string): Buffer => value(0x17, Buffer.from(text))

const ecdsaWithSha256 = sequence(id('2a8648ce3d040302'))
const commonName = (name: string): Buffer =>
  sequence(value(0x31, sequence(id('550403'), value(0x0c, Buffer.from(name)))))
/** Extension subjectAltName with the addresses 127.0.0.1 and the name. */
const names = (name: string): Buffer =>
  sequence(
    id('551d11'),
    value(0x04, sequence(value(0x82, Buffer.from(name)), value(0x87, Buffer.from([127, 0, 0, 1])))),
  )

/** A certificate that signs itself, for a name and 127.0.0.1, valid from 2020 to 2049, and its key; both as PEM. */
export function testingCertificate(name: string): { cert: string; key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const body = sequence(
    value(0xa0, value(0x02, Buffer.from([2]))),
    value(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    commonName(name),
    sequence(time('200101000000Z'), time('491231235959Z')),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    value(0xa3, sequence(names(name))),
  )
  const der = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, privateKey)))
  const lines = der
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  }
}
