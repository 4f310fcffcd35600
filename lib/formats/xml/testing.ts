import { isDeepStrictEqual } from 'node:util'
import { parseRecord } from './record.ts'
import { scanRecord } from './scan.ts'

/**
 * Whether the fast scanner returns the event of the XML parser: 'same', 'different', or 'left' if the scanner
 * leaves the record to the parser.
 */
export function compareScan(text: string): 'same' | 'different' | 'left' {
  const scanned = scanRecord(text)
  if (scanned === null) return 'left'
  return isDeepStrictEqual(scanned, parseRecord(text, text.endsWith('</Event>'))) ? 'same' : 'different'
}
