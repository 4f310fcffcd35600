import { type Mutation, pick, type Roll, splice } from './mutation.ts'

const oddNumbers = [
  '',
  '-1',
  '0',
  '00',
  '1e309',
  '0x41',
  '4294967296',
  '99999999999999999999',
  '1.5',
  '١٢',
  '١٧٠٠-13-40',
]
const oddCharacters = ['\0', '\u0001', '\u0085', '\u2028', '\ufeff', '\ufffe', '\u202e', '𝄞', 'é', 'İ', 'ß', '\ud800']
const oddBytes = [
  [0xff],
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xe2, 0x80],
  [0xfe, 0xff],
  [0xff, 0xfe],
]

/** Bytes that a log can be blown up to: enough for what is quadratic to be seen. */
const blownUp = 400_000

/** The text of a log in another encoding, or in one it does not say. */
const encodings: ((text: string) => Buffer)[] = [
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.from(`\ufeff${text}`),
  (text) => Buffer.from(text, 'latin1'),
  (text) => Buffer.concat([Buffer.from(`\ufeff${text.slice(0, text.length / 2)}`, 'utf16le'), Buffer.from(text)]),
]

const isUtf16 = (bytes: Buffer): boolean => bytes[0] === 0xff && bytes[1] === 0xfe
const decode = (bytes: Buffer): string => bytes.toString(isUtf16(bytes) ? 'utf16le' : 'utf8')

/** Changes the text of a log and leaves its encoding. */
const ofText =
  (change: (text: string, roll: Roll) => string): Mutation =>
  (bytes, roll) =>
    Buffer.from(change(decode(bytes), roll), isUtf16(bytes) ? 'utf16le' : 'utf8')

const put = (text: string, at: number, length: number, piece: string): string =>
  text.slice(0, at) + piece + text.slice(at + length)

/** A place where the text matches, or null. */
function find(text: string, pattern: RegExp, roll: Roll): RegExpExecArray | null {
  const found = [...text.matchAll(pattern)]
  return found.length === 0 ? null : pick(found, roll)
}

const literal = (mark: string): RegExp => new RegExp(mark.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'g')

/** What happens to a text whose structure hangs on these marks. */
export function textMutations(marks: readonly string[]): Mutation[] {
  const insertMark = ofText((text, roll) => put(text, roll(text.length + 1), roll(2) && roll(40), pick(marks, roll)))
  const loseMark = ofText((text, roll) => {
    const found = find(text, literal(pick(marks, roll)), roll)
    return found === null ? text : put(text, found.index, found[0].length, roll(2) ? '' : found[0].repeat(2 + roll(3)))
  })
  const oddNumber = ofText((text, roll) => {
    const found = find(text, /\d+/g, roll)
    return found === null ? text : put(text, found.index, found[0].length, pick(oddNumbers, roll))
  })
  const oddCharacter = ofText((text, roll) => put(text, roll(text.length + 1), roll(2), pick(oddCharacters, roll)))
  const lineEnds = ofText((text, roll) =>
    text.replace(/\r?\n/g, pick(['\n', '\r\n', '\r', '\r\r\n', ' ', '\n\n'], roll)),
  )
  const oddByte: Mutation = (bytes, roll) => splice(bytes, roll(bytes.length + 1), 0, Buffer.from(pick(oddBytes, roll)))
  const recode: Mutation = (bytes, roll) => pick(encodings, roll)(decode(bytes))
  const blowUp = ofText((text, roll) => {
    const from = roll(text.length + 1)
    const piece = pick([pick(marks, roll), text.slice(from, from + roll(200)), 'x', ' ', '\n'], roll) || 'x'
    return put(text, roll(text.length + 1), 0, piece.repeat(Math.ceil(blownUp / (1 + roll(20)) / piece.length)))
  })
  const often = [insertMark, loseMark, insertMark, loseMark, oddNumber, oddCharacter, oddByte]
  return [...often, ...often, ...often, lineEnds, recode, blowUp]
}
