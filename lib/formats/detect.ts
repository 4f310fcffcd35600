import { detectCsv } from '#lib/formats/csv/detect-csv.ts'
import { decodeHead, headAsUtf8 } from '#lib/formats/decode.ts'
import { detectJson } from '#lib/formats/json/detect-json.ts'
import type { FlavourName } from '#lib/formats/json/flavours.ts'
import { withoutReturns } from '#lib/formats/lines.ts'
import { isHeaderLine } from '#lib/formats/multiline/header.ts'
import { isTimeLine } from '#lib/formats/multiline/time-line.ts'
import { findRecord } from '#lib/formats/wevtutil/split.ts'

/**
 * What a file contains. 'empty' has nothing but blanks in it, 'json' is JSON with the keys of no export that we know, and
 * 'unknown' is nothing that we know at all; these have no reader.
 */
export type Format =
  | 'evtx'
  | 'xml'
  | 'multiline'
  | 'wevtutil-text'
  | 'event-viewer-csv'
  | 'get-winevent-clixml'
  | `${FlavourName}-json`
  | `${FlavourName}-csv`
  | 'json'
  | 'empty'
  | 'unknown'

/** How much of a file is looked at. */
export const headBytes = 64 * 1024

type Head = { bytes: Uint8Array; text: string }

/** Where the first trace of a format is in the head, and which it is; null if there is none. */
type Sign = (head: Head) => { at: number; format: Format } | null

const found = (at: number, format: Format) => (at < 0 ? null : { at, format })

const evtxSign: Sign = ({ bytes }) => {
  const isEvtx = Buffer.from(bytes.subarray(0, 8)).toString('latin1') === 'ElfFile\0'
  return found(isEvtx ? 0 : -1, 'evtx')
}

/** An object or an array of objects, behind the number that evtx_dump writes before its records. */
const jsonSign: Sign = ({ text }) => {
  const at = text.search(/^\s*(?:Record \d{1,10}\s+)?(?:\{\s*["}]|\[\s*["{[\]])/)
  if (at < 0) return null
  const name = detectJson(text)
  return { at, format: name === null ? 'json' : `${name}-json` }
}

const xmlSign: Sign = ({ text }) => found(text.search(/<Events?[\s>/]/), 'xml')

const clixmlSign: Sign = ({ text }) => found(text.search(/<Objs\s[^<>]{0,200}powershell/), 'get-winevent-clixml')

const wevtutilSign: Sign = ({ text }) => found(findRecord(text), 'wevtutil-text')

/** The head of a CSV export is its first row, so that nothing is before it. */
const csvSign: Sign = ({ bytes }) => {
  const head = detectCsv(headAsUtf8(bytes), bytes.length < headBytes)
  return head && { at: 0, format: head.flavour ? (`${head.flavour.name}-csv` as Format) : 'event-viewer-csv' }
}

/** A time line with a header line after it; or, if the first record has lost its beginning, the two header lines that identify it. */
const multilineSign: Sign = ({ text }) => {
  let at = 0
  let isAfterTime = false
  const lines = new Map<string, number>()
  for (const raw of text.split('\n')) {
    const line = withoutReturns(raw)
    if (isHeaderLine(line)) {
      if (isAfterTime) return found(at, 'multiline')
      const key = line.slice(0, line.indexOf('='))
      if (!lines.has(key)) lines.set(key, at)
      if (lines.has('LogName') && lines.has('EventCode')) return found(Math.min(...lines.values()), 'multiline')
    }
    isAfterTime = isTimeLine(line)
    at += raw.length + 1
  }
  return null
}

/** The formats that can be detected. What is first in the file wins, so that a log quoted within a log does not count. */
const signs: Sign[] = [evtxSign, jsonSign, csvSign, clixmlSign, xmlSign, wevtutilSign, multilineSign]

/** Detects the format of a file from its first 64 KiB: by content alone, never by name. */
export function detect(head: Uint8Array): Format {
  const bytes = head.subarray(0, headBytes)
  const text = decodeHead(bytes)
  let best: Format = /^\s*$/.test(text) ? 'empty' : 'unknown'
  let first = Number.POSITIVE_INFINITY
  for (const sign of signs) {
    const trace = sign({ bytes, text })
    if (trace && trace.at < first) {
      best = trace.format
      first = trace.at
    }
  }
  return best
}
