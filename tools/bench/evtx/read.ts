import { createReadStream, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readEvtx } from '#lib/formats/evtx/read.ts'

/** What reading some logs gave, and how long it took: `cpu` is the user time of this process in seconds. */
export type Measured = {
  bytes: number
  seconds: number
  cpu: number
  events: number
  fields: number
  others: number
  rejects: number
}

const pieceSize = 1 << 20

async function* counted(pieces: AsyncIterable<Uint8Array>, measured: Measured): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    measured.bytes += piece.length
    yield piece
  }
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceSize) yield bytes.subarray(at, at + pieceSize)
}

async function measureLog(pieces: AsyncIterable<Uint8Array>, measured: Measured): Promise<void> {
  const begun = performance.now()
  const cpu = process.cpuUsage()
  for await (const outcomes of readEvtx(counted(pieces, measured))) {
    for (const outcome of outcomes) {
      if (outcome.kind === 'reject') measured.rejects++
      else if (outcome.kind === 'other') measured.others += outcome.count
      else {
        measured.events++
        for (const fields of Object.values(outcome.event.sections)) measured.fields += fields.length
      }
    }
  }
  measured.seconds += (performance.now() - begun) / 1000
  measured.cpu += process.cpuUsage(cpu).user / 1e6
}

/** Reads every log of a folder on this thread, every field of every event of ours: from the disk, or the reader alone from memory. */
export async function measureRead(folder: string, isFromMemory: boolean): Promise<Measured> {
  const measured: Measured = { bytes: 0, seconds: 0, cpu: 0, events: 0, fields: 0, others: 0, rejects: 0 }
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.evtx'))) {
    const path = join(folder, name)
    const pieces = isFromMemory ? piecesOf(readFileSync(path)) : createReadStream(path, { highWaterMark: pieceSize })
    await measureLog(pieces, measured)
  }
  return measured
}

// node tools/bench/evtx/read.ts FOLDER [--memory]
if (import.meta.main) {
  const [folder = 'data/bench-evtx', flag] = process.argv.slice(2)
  const measured = await measureRead(folder, flag === '--memory')
  const rate = (seconds: number): string => (measured.bytes / 1e6 / seconds).toFixed(0)
  const rss = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(`${rate(measured.seconds)} MB/s, ${rate(measured.cpu)} MB per second of CPU`, { ...measured, rss })
}
