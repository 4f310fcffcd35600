import { setImmediate } from 'node:timers/promises'
import { type LogOptions, logOptions } from './options.ts'
import { renderMultiline } from './render-multiline.ts'
import { renderXml } from './render-xml.ts'
import { simulate } from './simulate.ts'

const chunkBytes = 65_536

/** The log as bytes, 64 KiB at a time; between chunks other work of the process gets its turn. */
export async function* simulateLog(given: Partial<LogOptions> = {}): AsyncGenerator<Uint8Array, void> {
  const { format, tz, ...options } = logOptions(given)
  let chunk = Buffer.allocUnsafe(chunkBytes)
  let used = 0
  for (const event of simulate(options)) {
    const text = `${format === 'xml' ? renderXml(event) : renderMultiline(event, tz)}\n`
    // A UTF-16 unit is three bytes of UTF-8 at most.
    if (used + text.length * 3 > chunk.length) {
      yield chunk.subarray(0, used)
      await setImmediate()
      chunk = Buffer.allocUnsafe(Math.max(chunkBytes, text.length * 3))
      used = 0
    }
    used += chunk.write(text, used)
  }
  if (used > 0) yield chunk.subarray(0, used)
}
