import { isDeepStrictEqual } from 'node:util'
import { parseRecord } from './record.ts'
import { scanRecord } from './scan.ts'

/**
 * Whether the fast scanner gives the event that the XML parser gives: 'same', 'different', or 'left' if the scanner
 * leaves the record to the parser.
 */
export function compareScan(text: string): 'same' | 'different' | 'left' {
  const scanned = scanRecord(text)
  if (scanned === null) return 'left'
  return isDeepStrictEqual(scanned, parseRecord(text, text.endsWith('</Event>'))) ? 'same' : 'different'
}
