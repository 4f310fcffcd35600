import { serve } from '#lib/thread/rpc.ts'
import { openReader } from './reader.ts'

export type ReaderApi = ReturnType<typeof openReader>

// Ctrl-C reaches every process of a terminal. This one is needed until the server has answered its last request.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
process.on('disconnect', () => process.exit())

const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('Give the database file.')
serve<ReaderApi>(
  { on: (event, listener) => process.on(event, listener), postMessage: (message) => void process.send?.(message) },
  openReader(file),
)
