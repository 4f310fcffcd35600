import { join } from 'node:path'
import type { Transferable, Worker } from 'node:worker_threads'

// Asked for at run time: a bundler that sees `new Worker` takes the file for one of its own.
const { Worker: Thread } = process.getBuiltinModule('node:worker_threads')

/** Mebibytes of JavaScript heap a thread may hold. Without a bound V8 lets garbage pile up as long as the machine has memory. */
const heap = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 24 }

/**
 * Starts a thread from a TypeScript file of the project, given by its path from the project's folder. Node strips the
 * types; the file is not bundled, so the path is kept out of the bundler's sight. `name` is the thread's name in the log.
 * Ports in `workerData` must also be in `transferList`.
 */
export function spawnThread(
  file: string,
  name: string,
  workerData: unknown,
  transferList: Transferable[] = [],
): Worker {
  const path = join(/* turbopackIgnore: true */ process.cwd(), file)
  // Flags of the parent (a test runner's, the server's) are not for the thread.
  const execArgv = ['--disable-warning=ExperimentalWarning']
  return new Thread(path, { name, workerData, transferList, execArgv, resourceLimits: heap })
}
