import { createWriteStream, existsSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { simulateLog } from '#tools/simulate/log.ts'
import type { LogOptions } from '#tools/simulate/options.ts'

/** A log of the simulated fleet: its file and how many bytes it has. */
export type Log = { file: string; bytes: number }

/** Events of ours in so many megabytes are fewer than this, whatever their text: a log is then cut by its bytes. */
const eventsPerMegabyte = 2000

async function* upTo(bytes: number, log: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest = bytes
  for await (const chunk of log) {
    yield chunk.subarray(0, rest)
    rest -= chunk.length
    if (rest <= 0) return
  }
}

async function made(folder: string, name: string, bytes: () => AsyncIterable<Uint8Array>): Promise<Log> {
  const file = join(folder, name)
  if (!existsSync(file)) {
    await pipeline(bytes(), createWriteStream(`${file}.part`))
    renameSync(`${file}.part`, file)
  }
  return { file, bytes: statSync(file).size }
}

/** A simulated log, made if it does not exist yet. Its name contains everything that decides its bytes. */
export function logOf(folder: string, options: Partial<LogOptions> & { events: number }): Promise<Log> {
  const { format = 'xml', ...rest } = options
  const name = Object.entries(rest).map(([key, value]) => `${key}-${value}`)
  return made(folder, `${name.join('_')}.${format}`, () => simulateLog(options))
}

/** A simulated log of so many megabytes, as a fleet logs it: a quarter of its records are not ours. Its last record is cut. */
export const logOfSize = (folder: string, megabytes: number, dests: number): Promise<Log> =>
  made(folder, `dests-${dests}_${megabytes}-MB.xml`, () =>
    upTo(megabytes * 1e6, simulateLog({ dests, days: 30, events: megabytes * eventsPerMegabyte })),
  )
