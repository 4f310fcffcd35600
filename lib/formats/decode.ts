import { peek } from '#lib/formats/peek.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** How a file's bytes spell text: the encoding, and the length of the byte order mark before it. */
export type Decoding = { encoding: Encoding; bom: number }

/** How much of a file is looked at to know its encoding. */
export const encodingHeadBytes = 1024

/**
 * Detects the encoding of a log from its first bytes. Without a byte order mark, UTF-16 is recognized by the zero bytes
 * that every ASCII character of a log has in it; all else is read as UTF-8.
 */
export function detectEncoding(head: Uint8Array): Decoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bom: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bom: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bom: 2 }
  const pairs = Math.floor(Math.min(head.length, encodingHeadBytes) / 2)
  let evenZeros = 0
  let oddZeros = 0
  for (let i = 0; i < pairs * 2; i += 2) {
    if (head[i] === 0) evenZeros++
    if (head[i + 1] === 0) oddZeros++
  }
  if (oddZeros * 5 > pairs * 2 && evenZeros * 20 <= pairs) return { encoding: 'utf-16le', bom: 0 }
  if (evenZeros * 5 > pairs * 2 && oddZeros * 20 <= pairs) return { encoding: 'utf-16be', bom: 0 }
  return { encoding: 'utf-8', bom: 0 }
}

/** The text at the head of a file, whatever its encoding. */
export function decodeHead(head: Uint8Array): string {
  const { encoding, bom } = detectEncoding(head)
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(head.subarray(bom))
}

/** The head of a file as UTF-8 without a byte order mark, as `toUtf8` returns it: bytes that are invalid stay as they are. */
export function headAsUtf8(head: Uint8Array): Buffer {
  const { encoding, bom } = detectEncoding(head)
  return encoding === 'utf-8' ? Buffer.from(head.subarray(bom)) : Buffer.from(decodeHead(head))
}

/**
 * The bytes that a piece of UTF-8 takes in its file. A character of UTF-16 takes two, one beyond the first plane four;
 * in UTF-8 these are recognized by their first byte, so that the sizes of any pieces add up, wherever they were cut.
 */
export function sizeInFile(utf8: Uint8Array, encoding: Encoding): number {
  if (encoding === 'utf-8') return utf8.length
  let units = 0
  for (const byte of utf8) {
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1
  }
  return units * 2
}

/** Longest piece handed on, so that one large buffer does not become one large list of outcomes. */
const pieceBytes = 256 * 1024

function* pieces(chunk: Uint8Array): Generator<Uint8Array> {
  if (chunk.length <= pieceBytes) yield chunk
  else for (let i = 0; i < chunk.length; i += pieceBytes) yield chunk.subarray(i, i + pieceBytes)
}

/** A file as UTF-8 without a byte order mark, in pieces cut anywhere; the encoding is detected before the first. */
export type Utf8 = { decoding: Decoding; pieces: AsyncGenerator<Uint8Array> }

/**
 * Reads a file of any of the three encodings as UTF-8. UTF-8 is passed on as it is, whatever is invalid in it;
 * half a character of UTF-16 becomes U+FFFD. Nothing throws.
 */
export async function toUtf8(bytes: AsyncIterable<Uint8Array>): Promise<Utf8> {
  const peeked = await peek(bytes, encodingHeadBytes)
  const decoding = detectEncoding(peeked.head)

  async function* raw(): AsyncGenerator<Uint8Array> {
    let skip = decoding.bom
    for await (const chunk of peeked.bytes) {
      yield* pieces(skip ? chunk.subarray(skip) : chunk)
      skip = 0
    }
  }

  async function* transcoded(): AsyncGenerator<Uint8Array> {
    const decoder = new TextDecoder(decoding.encoding, { ignoreBOM: true })
    for await (const chunk of raw()) yield Buffer.from(decoder.decode(chunk, { stream: true }))
    yield Buffer.from(decoder.decode())
  }

  return { decoding, pieces: decoding.encoding === 'utf-8' ? raw() : transcoded() }
}
