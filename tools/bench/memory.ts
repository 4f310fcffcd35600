import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { figure, table } from './figures.ts'
import { logOfSize } from './logs.ts'
import type { Options } from './options.ts'
import { startServer } from './server.ts'

const dests = 5000
const figureOrUnknown = (megabytes: number | null): string =>
  megabytes === null ? 'unknown' : `${figure(megabytes)} MiB`

/** Peak memory of the complete server process while one log is sent over HTTP, each to a fresh server with an empty store. */
export async function benchMemory(folder: string, { uploads }: Options): Promise<string> {
  const rows: string[][] = []
  for (const megabytes of uploads) {
    const { file, bytes } = await logOfSize(folder, megabytes, dests)
    const data = mkdtempSync(join(folder, 'data-'))
    const server = await startServer(data)
    await server.get('/api/v1/health')
    const before = server.peakMemory()
    const begun = performance.now()
    const { status, body } = await server.send(file)
    const seconds = (performance.now() - begun) / 1000
    const peak = server.peakMemory()
    await server.stop()
    rmSync(data, { recursive: true })
    if (status !== 201) throw new Error(`The upload of ${file} was answered ${status}: ${body}`)
    const { records, stored } = JSON.parse(body) as { records: number; stored: number }
    rows.push([
      `${figure(bytes / 1e6)} MB`,
      figure(records),
      figure(stored),
      figureOrUnknown(peak),
      figureOrUnknown(before),
      `${figure(bytes / 1e6 / seconds)} MB/s, ${figure(stored / seconds)} events/s`,
    ])
  }
  const head = ['upload', 'records', 'stored', 'peak', 'before it', 'rate']
  return `Memory: resident at most, the complete server process, XML of ${figure(dests)} dests\n\n${table(head, rows)}`
}
