import { decodeHead } from '#lib/formats/decode.ts'
import { isHeaderLine } from '#lib/formats/multiline/header.ts'
import { isTimeLine } from '#lib/formats/multiline/time-line.ts'

/** What a file holds. 'empty' has nothing but blanks in it, 'unknown' nothing that we know; not every format that can be told has a reader. */
export type Format = 'evtx' | 'json' | 'xml' | 'multiline' | 'empty' | 'unknown'

/** How much of a file is looked at. */
export const headBytes = 64 * 1024

type Head = { bytes: Uint8Array; text: string }

/** Where the first trace of a format stands in the head, or -1 where there is none. */
type Sign = (head: Head) => number

const isEvtx: Sign = ({ bytes }) => (Buffer.from(bytes.subarray(0, 8)).toString('latin1') === 'ElfFile\0' ? 0 : -1)

const isJson: Sign = ({ text }) => text.search(/^\s*(?:\{\s*["}]|\[\s*["{[\]])/)

const isXml: Sign = ({ text }) => text.search(/<Events?[\s>/]/)

/** A time line with a header line after it; or, where the first record has lost its beginning, the two header lines that tell. */
const isMultiline: Sign = ({ text }) => {
  let at = 0
  let isAfterTime = false
  const told = new Map<string, number>()
  for (const raw of text.split('\n')) {
    const line = raw.replace(/\r+$/, '')
    if (isHeaderLine(line)) {
      if (isAfterTime) return at
      const key = line.slice(0, line.indexOf('='))
      if (!told.has(key)) told.set(key, at)
      if (told.has('LogName') && told.has('EventCode')) return Math.min(...told.values())
    }
    isAfterTime = isTimeLine(line)
    at += raw.length + 1
  }
  return -1
}

/** The formats that can be told. What stands first in the file wins, so that a log quoted within a log does not count. */
const signs: [Format, Sign][] = [
  ['evtx', isEvtx],
  ['json', isJson],
  ['xml', isXml],
  ['multiline', isMultiline],
]

/** Tells the format of a file from its first 64 KiB: by content alone, never by name. */
export function detect(head: Uint8Array): Format {
  const bytes = head.subarray(0, headBytes)
  const text = decodeHead(bytes)
  let best: Format = /^\s*$/.test(text) ? 'empty' : 'unknown'
  let first = Number.POSITIVE_INFINITY
  for (const [format, sign] of signs) {
    const at = sign({ bytes, text })
    if (at >= 0 && at < first) {
      best = format
      first = at
    }
  }
  return best
}
