import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** Returns the numbers of the processes that answer questions from a database, of one pool or of all; none if not on Linux. */
export function readersOf(file: string, pool = ''): string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').filter((pid) => {
    try {
      const isOurs = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(file)
      return isOurs && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`ASR_HUNT_PROCESS=${pool}`)
    } catch {
      // Not a process, or one that ended meanwhile.
      return false
    }
  })
}

/** Returns the processes of a database that are still there some seconds after its server has ended. */
export async function processesLeft(file: string): Promise<string[]> {
  for (let round = 0; round < 50 && readersOf(file).length > 0; round++) await wait(100)
  return readersOf(file)
}
