import { Worker } from 'node:worker_threads'
import type { Step } from '#lib/model/progress.ts'
import { serve } from '#lib/thread/rpc.ts'
import { openReader } from './reader.ts'

export type ReaderApi = ReturnType<typeof openReader>
/** What this process says besides its answers: how far the question about stacks is. */
export type Said = { step: Step }

// Ctrl-C reaches every process of a terminal. This one is needed until the server has answered its last request.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
process.on('disconnect', () => process.exit())
// While a statement runs this process does not hear that the server was killed. A thread of its own looks for that.
const watch = `const { workerData } = require('node:worker_threads')
  setInterval(() => process.ppid === workerData || process.kill(process.pid, 'SIGKILL'), 1000)`
new Worker(watch, { eval: true, workerData: process.ppid }).unref()

const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('Give the database file.')
serve<ReaderApi>(
  { on: (event, listener) => process.on(event, listener), postMessage: (message) => void process.send?.(message) },
  openReader(file, undefined, (step) => void process.send?.({ step } satisfies Said)),
)
