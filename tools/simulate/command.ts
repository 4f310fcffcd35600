import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { printableText } from '#lib/log/printable.ts'
import { simulateLog } from '#tools/simulate/log.ts'
import { parseOptions, usage } from '#tools/simulate/options.ts'

const errorCode = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)

// `npm run` writes two lines of its own to standard output before the first event.
const { npm_lifecycle_event, npm_config_loglevel } = process.env
const hasBanner = npm_lifecycle_event === 'simulate' && npm_config_loglevel !== 'silent' && !process.stdout.isTTY
const bannerHint = 'simulate: npm puts its banner before the log; use "npm run --silent simulate" or --out FILE'

/** Runs the command line and returns its exit code: 0 written, 1 could not write, 2 bad arguments. */
async function main(): Promise<number> {
  const parsed = parseOptions(process.argv.slice(2))
  if (parsed.kind === 'help') {
    process.stdout.write(usage)
    return 0
  }
  if (parsed.kind === 'error') {
    console.error(`simulate: ${printableText(parsed.message)}`)
    return 2
  }
  if (parsed.out === null && hasBanner) console.error(bannerHint)
  const sink = parsed.out === null ? process.stdout : createWriteStream(parsed.out)
  try {
    await pipeline(simulateLog(parsed.options), sink)
    return 0
  } catch (error) {
    // The reader of a pipe has had enough, as `head` does: nothing went wrong.
    if (errorCode(error) === 'EPIPE' || (parsed.out === null && errorCode(error) === 'ERR_STREAM_PREMATURE_CLOSE'))
      return 0
    console.error(
      `simulate: cannot write ${parsed.out ?? 'standard output'}: ${error instanceof Error ? error.message : error}`,
    )
    return 1
  }
}

process.exitCode = await main()
