const quote = 0x22
const backslash = 0x5c
const newline = 0x0a
const openBrace = 0x7b
const openBracket = 0x5b
const closeBrace = 0x7d
const closeBracket = 0x5d

export const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** No log nests its values deeper; beyond it, text is taken for damaged. */
const maxDepth = 256

/** Keys of objects that hold the records of an export in an array, and are no records themselves. */
const wrapperKeys = new Set(['events', 'results', 'Results', 'value', 'rows', 'hits'])
const longestKey = 16

/** Where reading stands within one object: the brackets that are open, and the last key of the outer two objects. */
export type ObjectScan = {
  open: number[]
  isString: boolean
  isEscaped: boolean
  text: string
  keys: [string, string]
  mayWrap: boolean
}

export const scanObject = (open: number[] = []): ObjectScan => ({
  open,
  isString: false,
  isEscaped: false,
  text: '',
  keys: ['', ''],
  mayWrap: false,
})

/** Whether an array that begins here would hold records: `{"results":[`, or `{"hits":{"hits":[` of Elasticsearch. */
function isWrapped({ open, keys }: ObjectScan): boolean {
  if (open.length === 1) return wrapperKeys.has(keys[0])
  return open.length === 2 && open[1] === openBrace && keys[0] === 'hits' && keys[1] === 'hits'
}

function stepString(scan: ObjectScan, byte: number): 'on' | 'damaged' {
  if (byte === newline) return 'damaged'
  if (scan.isEscaped) scan.isEscaped = false
  else if (byte === backslash) scan.isEscaped = true
  else if (byte === quote) scan.isString = false
  else if (scan.open.length <= 2 && scan.text.length < longestKey) scan.text += String.fromCharCode(byte)
  return 'on'
}

/**
 * Takes the next byte of an object: it goes on, is closed, is damaged, or turns out to be what wraps the records, the
 * first of which begins here. A line may not end within a string (RFC 8259), which tells a lost quote at once.
 */
export function stepObject(scan: ObjectScan, byte: number): 'on' | 'closed' | 'damaged' | 'wrapper' {
  if (scan.isString) return stepString(scan, byte)
  if (isBlank(byte)) return 'on'
  const { open } = scan
  if (scan.mayWrap) {
    scan.mayWrap = false
    if (byte === openBrace) return 'wrapper'
  }
  if (byte === quote) {
    scan.isString = true
    scan.text = ''
  } else if (byte === 0x3a) {
    if (open.length <= 2) scan.keys[open.length - 1] = scan.text
  } else if (byte === openBrace || byte === openBracket) {
    scan.mayWrap = byte === openBracket && isWrapped(scan)
    open.push(byte)
    if (open.length > maxDepth) return 'damaged'
  } else if (byte === closeBrace || byte === closeBracket) {
    if (open.pop() !== byte - 2) return 'damaged'
    if (open.length === 0) return 'closed'
  }
  return 'on'
}
