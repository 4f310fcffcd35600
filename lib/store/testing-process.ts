import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'

/** A process that writes to a database, and everything that it has printed. */
export type WriterProcess = {
  child: ChildProcess
  said: string[]
  errors: string
  end: (signal: NodeJS.Signals) => Promise<void>
}

/**
 * Starts a process that stores uploads of these numbers of events (see testing-writer.ts). Resolves when it has stored the
 * last of them, or has ended.
 */
export async function startWriter(t: TestContext, file: string, ...orders: string[]): Promise<WriterProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'testing-writer.ts'), file, ...orders])
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }
  t.after(() => end('SIGKILL'))
  const writer: WriterProcess = { child, said: [], errors: '', end }
  child.stderr.on('data', (bytes) => {
    writer.errors += bytes
  })
  for await (const line of createInterface(child.stdout)) {
    writer.said.push(line)
    if (writer.said.length === orders.length + 1) return writer
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return writer
}
