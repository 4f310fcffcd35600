import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { Step } from '#lib/model/progress.ts'
import { callThread, type Thread } from '#lib/thread/rpc.ts'
import type { ReaderApi, Said } from './read-process.ts'

// Asked for at run time, as in lib/thread/spawn.ts.
const { fork } = process.getBuiltinModule('node:child_process')

/** Mebibytes of JavaScript heap of a process that reads: an export is read in chunks, and the longest page has 10,000 rows. */
const readHeap = 384

/** A process that reads the database, for one question at a time. */
export type ReadChild = {
  calls: Thread<ReaderApi>
  /** Resolves when it can be asked, or has failed: then every call says why. */
  ready: Promise<void>
  /** Ends the process in the middle of whatever it does. A statement of SQLite cannot be stopped in any other way. */
  kill(): Promise<void>
  isEnding(): boolean
}

const isStep = (said: unknown): said is Said => typeof said === 'object' && said !== null && 'step' in said

/**
 * Starts a process that reads the database file. `name` is its name in the log, `heap` the size of its JavaScript heap in MiB; `hear` is
 * called with what its question about stacks does, if it takes long.
 */
export function startReadChild(
  file: string,
  name: string,
  heap = readHeap,
  hear: (step: Step) => void = () => {},
): ReadChild {
  const path = join(/* turbopackIgnore: true */ process.cwd(), 'lib/store/sqlite/read-process.ts')
  const child: ChildProcess = fork(path, [file], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${heap}`],
    env: { ...process.env, ASR_HUNT_PROCESS: name },
  })
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    // It could not even be started.
    child.once('error', () => resolve())
  })
  let isEnding = false
  const calls = callThread<ReaderApi>(
    {
      on: (event, listener) =>
        child.on(event, (said: unknown) => {
          if (event === 'message' && isStep(said)) hear(said.step)
          else listener(said)
        }),
      postMessage: (message) => void child.send(message as object),
    },
    name,
  )
  return {
    calls,
    ready: calls.call('ready').catch(() => {}),
    kill: () => {
      isEnding = true
      child.kill('SIGKILL')
      return gone
    },
    isEnding: () => isEnding || calls.isDead(),
  }
}
