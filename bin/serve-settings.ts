import { oidcSettings } from '#lib/access/oidc-settings.ts'
import { limitsOf } from '#lib/containers/budget.ts'
import { allowedHosts } from '#lib/http/allowed-hosts.ts'
import { exportsPerHour } from '#lib/http/export-limit.ts'
import { isLoopback } from '#lib/http/guard.ts'
import { authProxyHeader } from '#lib/http/proxy-settings.ts'
import { readTls, tlsFiles } from '#lib/http/tls.ts'
import { uploadLimits } from '#lib/http/upload-limits.ts'
import { hostSetting, wayIn } from '#lib/http/way-in.ts'
import { levelProblem } from '#lib/log/log.ts'
import { printableText } from '#lib/log/printable.ts'
import { querySeconds, undoKeepHours } from '#lib/store/settings.ts'

/** Says what is wrong, and ends the program. */
export function stop(message: string): never {
  process.stderr.write(`${printableText(message)}\n`)
  process.exit(1)
}

/** Reads a setting, or does what needs it. What is wrong ends the program. */
export function must<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    return stop((error as Error).message)
  }
}

/** Returns the settings that the server starts with, and reads those that are needed later. What is wrong ends the program. */
export function serverSettings() {
  const host = hostSetting()
  const port = Number(process.env.PORT || 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    stop(`PORT is ${JSON.stringify(process.env.PORT)}. Give a whole number from 0 to 65535, such as 3000.`)
  }
  const badLevel = levelProblem()
  if (badLevel !== null) stop(badLevel)
  must(wayIn)
  const files = tlsFiles()
  const tls = files === null ? null : { files, pair: must(() => readTls(files)) }
  const hosts = must(() => allowedHosts(!isLoopback(host) || process.env.ALLOW_OPEN === '1'))
  // A wrong setting is reported at the start, not when it is first used.
  const numbers = [uploadLimits, limitsOf, querySeconds, undoKeepHours, exportsPerHour]
  for (const read of [...numbers, authProxyHeader, oidcSettings]) must<unknown>(read)
  return { host, port, hosts, tls }
}
