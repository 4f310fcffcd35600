import { compareScan } from '#lib/formats/xml/testing.ts'
import { hold } from './finding.ts'

/** Records longer than Windows can write are not given to the parser a second time. */
const longest = 100_000

/** Checks that the fast scanner and the XML parser give the same event for each record of a log. */
export function checkXml(log: Buffer): void {
  for (const [record] of log.toString().matchAll(/<Event[ >][\s\S]{0,100000}?<\/Event>/g)) {
    if (record.length <= longest)
      hold(compareScan(record) !== 'different', 'scan', () => `the scanner reads another event than the parser`)
  }
}
