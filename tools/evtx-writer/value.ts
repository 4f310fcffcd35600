const cached = <T>(make: (text: string) => T): ((text: string) => T) => {
  const made = new Map<string, T>()
  return (text) => {
    const known = made.get(text)
    if (known) return known
    const value = make(text)
    if (made.size < 1000) made.set(text, value)
    return value
  }
}

/** The 16 bytes of a GUID: its first three parts are little-endian (MS-DTYP 2.3.4). */
export const guidBytes = cached((guid) => {
  const bytes = Buffer.from(guid.replace(/[{}-]/g, ''), 'hex')
  if (bytes.length !== 16) throw new Error(`${guid} is not a GUID`)
  bytes.subarray(0, 4).reverse()
  bytes.subarray(4, 6).reverse()
  bytes.subarray(6, 8).reverse()
  return bytes
})

/** The bytes of a SID: revision, number of its parts, authority (big-endian), parts (MS-DTYP 2.4.2.2). */
export const sidBytes = cached((sid) => {
  const [revision = 0, authority = 0, ...parts] = sid.slice(2).split('-').map(Number)
  const bytes = Buffer.alloc(8 + 4 * parts.length)
  bytes.writeUInt8(revision, 0)
  bytes.writeUInt8(parts.length, 1)
  bytes.writeUInt32BE(authority, 4)
  parts.forEach((part, index) => {
    bytes.writeUInt32LE(part, 8 + 4 * index)
  })
  return bytes
})
