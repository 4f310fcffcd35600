/** A seeded source of chance: the same seed returns the same numbers on every machine. */
export type Random = {
  /** A number from 0 up to but not including 1. */
  next: () => number
  /** A whole number from 0 up to but not including `below`. */
  int: (below: number) => number
  pick: <T>(list: readonly T[]) => T
  /** `digits` lower-case hexadecimal digits. */
  hex: (digits: number) => string
  guid: () => string
}

const words = new Array<string | undefined>(0x10000)

/** Four hexadecimal digits, remembered: GUIDs are a good part of a log. */
function hexWord(word: number): string {
  const known = words[word]
  if (known !== undefined) return known
  const text = (0x10000 + word).toString(16).slice(1)
  words[word] = text
  return text
}

/** Makes a random source (sfc32, Chris Doty-Humphrey's PractRand) from a seed and the name of the stream it feeds. */
export function makeRandom(seed: number, stream: string): Random {
  let a = 0x9e3779b9 ^ Math.trunc(seed)
  let b = Math.trunc(seed / 2 ** 32) ^ 0x243f6a88
  let c = 0xb7e15162
  let counter = 1
  for (const character of stream) c = Math.imul(c ^ character.charCodeAt(0), 0x01000193)

  const bits = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let warm = 0; warm < 16; warm++) bits()

  const next = () => bits() / 2 ** 32
  const int = (below: number) => Math.floor(next() * below)
  const pick = <T>(list: readonly T[]): T => {
    const picked = list[int(list.length)]
    if (picked === undefined) throw new Error('nothing to pick from: the list is empty')
    return picked
  }
  const hex8 = () => {
    const word = bits()
    return hexWord(word >>> 16) + hexWord(word & 0xffff)
  }
  const hex = (digits: number) => {
    let text = ''
    while (text.length < digits) text += hex8()
    return text.length === digits ? text : text.slice(0, digits)
  }
  const guid = () => {
    const middle = bits()
    const end = bits()
    const version = hexWord(0x4000 | (middle & 0x0fff))
    const variant = hexWord(0x8000 | (end & 0x3fff))
    return `${hex8()}-${hexWord(middle >>> 16)}-${version}-${variant}-${hexWord(end >>> 16)}${hex8()}`
  }
  return { next, int, pick, hex, guid }
}
