const quote = 0x22
const backslash = 0x5c
const newline = 0x0a
const comma = 0x2c
const colon = 0x3a
const openBrace = 0x7b
const openBracket = 0x5b
const closeBrace = 0x7d
const closeBracket = 0x5d

export const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** What numbers, `true`, `false` and `null` are made of. Any other letter outside of a string shows that a quote is lost. */
const literal = new Set([...'0123456789+-.eEtrufalsn'].map((character) => character.charCodeAt(0)))

/** No log nests its values deeper; beyond it, text is taken for damaged. */
const maxDepth = 256

/** Keys of objects that contain the records of an export in an array, and are not records themselves. */
const wrapperKeys = new Set(['events', 'results', 'Results', 'value', 'rows', 'hits'])
const longestKey = 16

/** Where reading is within one object: the brackets that are open, the last mark, the last keys of the outer two objects. */
export type ObjectScan = {
  open: number[]
  last: number
  isString: boolean
  isEscaped: boolean
  text: string
  keys: [string, string]
  mayWrap: boolean
}

export const scanObject = (open: number[] = []): ObjectScan => ({
  open,
  last: openBrace,
  isString: false,
  isEscaped: false,
  text: '',
  keys: ['', ''],
  mayWrap: false,
})

/** Whether an array that begins here would contain records: `{"results":[`, or `{"hits":{"hits":[` of Elasticsearch. */
function isWrapped({ open, keys }: ObjectScan): boolean {
  if (open.length === 1) return wrapperKeys.has(keys[0])
  return open.length === 2 && open[1] === openBrace && keys[0] === 'hits' && keys[1] === 'hits'
}

/** Whether a value that is neither text nor number may begin here: behind a colon in an object, at the start or behind a comma in an array. */
const mayBegin = (open: number[], last: number): boolean =>
  open.at(-1) === openBracket ? last === openBracket || last === comma : last === colon

function stepString(scan: ObjectScan, byte: number): 'on' | 'damaged' {
  if (byte === newline) return 'damaged'
  if (scan.isEscaped) scan.isEscaped = false
  else if (byte === backslash) scan.isEscaped = true
  else if (byte === quote) scan.isString = false
  else if (scan.open.length <= 2 && scan.text.length < longestKey) scan.text += String.fromCharCode(byte)
  return 'on'
}

/** Whether the bytes of the string that is being read are of no interest up to its end. */
export const maySkip = (scan: ObjectScan): boolean =>
  scan.isString && !scan.isEscaped && (scan.open.length > 2 || scan.text.length >= longestKey)

/** First byte at or behind `at` and before `to` that ends a string, or may. */
export function skipText(bytes: Buffer, at: number, to: number): number {
  let next = at
  while (next < to) {
    const byte = bytes[next]
    if (byte === quote || byte === backslash || byte === newline) return next
    next++
  }
  return next
}

/**
 * Takes the next byte of an object: it goes on, is closed, is damaged, or turns out to be what wraps the records, the
 * first of which begins here. A line may not end within a string, nor a letter be outside of one (RFC 8259).
 */
export function stepObject(scan: ObjectScan, byte: number): 'on' | 'closed' | 'damaged' | 'wrapper' {
  if (scan.isString) return stepString(scan, byte)
  if (isBlank(byte)) return 'on'
  const { open, last } = scan
  scan.last = byte
  if (scan.mayWrap) {
    scan.mayWrap = false
    if (byte === openBrace) return 'wrapper'
  }
  if (byte === quote) {
    scan.isString = true
    scan.text = ''
  } else if (byte === colon) {
    if (open.length <= 2) scan.keys[open.length - 1] = scan.text
  } else if (byte === openBrace || byte === openBracket) {
    if (!mayBegin(open, last)) return 'damaged'
    scan.mayWrap = byte === openBracket && isWrapped(scan)
    open.push(byte)
    if (open.length > maxDepth) return 'damaged'
  } else if (byte === closeBrace || byte === closeBracket) {
    if (open.pop() !== byte - 2) return 'damaged'
    if (open.length === 0) return 'closed'
  } else if (byte !== comma && !literal.has(byte)) return 'damaged'
  return 'on'
}
