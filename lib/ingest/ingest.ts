import { limitsOf, openBudget } from '#lib/containers/budget.ts'
import { decompress } from '#lib/containers/decompress.ts'
import { containerOf, headBytes } from '#lib/containers/kind.ts'
import { peek } from '#lib/formats/peek.ts'
import { log } from '#lib/log/log.ts'
import type { Continuity } from '#lib/model/continuity.ts'
import type { Writes } from '#lib/store/store.ts'
import { ingestArchive } from './archive.ts'
import { openMeter } from './meter.ts'
import { openPipeline, openRoom } from './pipeline.ts'
import { storeLog } from './store-log.ts'
import { UnknownFormat, type Work } from './work.ts'

/** An archive may contain archives, and these no more; and a log may be packed twice. */
const deepest = 2

/**
 * Reads one log to its end into an upload that exists already; an archive becomes an upload for each of its logs. Resolves
 * when it is read, with a promise that resolves when all of it is committed.
 * @throws UnknownFormat, OverBudget, the store's errors, or the signal's reason.
 */
export async function ingestLog(
  store: Writes,
  upload: { id: string; tz: string; dest?: string },
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  /** What uploads of a queue share, and the milliseconds that reading this one has taken so far. */
  { room = openRoom(), clock = undefined as (() => number) | undefined } = {},
): Promise<{ committed: Promise<void> }> {
  const meter = openMeter()
  const pipeline = openPipeline(store, room)
  const work: Work = {
    store: pipeline,
    fail: store.failUpload,
    upload,
    meter,
    budget: openBudget(limitsOf(), clock, signal),
    signal,
    archive: null,
    depth: 0,
    packed: [],
    damage: () => null,
  }
  try {
    const continuity = await ingest(work, meter.count(bytes, signal))
    await pipeline.finishUpload(upload.id, continuity)
  } catch (error) {
    // What was sent must be stored or refused before the upload is removed.
    await pipeline.settled().catch((failure) => log.debug('A write of an upload that failed.', { error: failure }))
    throw error
  }
  return { committed: pipeline.settled() }
}

/** Reads what the bytes turn out to be; returns how complete the log is, or null for an archive. */
async function ingest(work: Work, bytes: AsyncIterable<Uint8Array>): Promise<Continuity | null> {
  const peeked = await peek(bytes, headBytes)
  const kind = containerOf(peeked.head)
  if (kind === null) return storeLog(work, peeked.bytes)
  const isArchive = kind === 'zip' || kind === 'tar'
  if ((isArchive ? work.depth : work.packed.length) === deepest) {
    throw new UnknownFormat(`This is a ${kind} that is packed more than ${deepest} deep: unpack it first.`)
  }
  const inner = { ...work, depth: work.depth + (isArchive ? 1 : 0), packed: [...work.packed, kind] }
  if (!isArchive) return ingestPacked(inner, kind, peeked.bytes)
  await ingestArchive(inner, kind, peeked.bytes, ingest)
  return null
}

function ingestPacked(work: Work, kind: 'gzip' | 'zstd', bytes: AsyncIterable<Uint8Array>): Promise<Continuity | null> {
  let damage: string | null = null
  const unpacked = decompress(kind, bytes, work.budget, (message) => {
    damage = message
  })
  return ingest({ ...work, damage: () => damage ?? work.damage() }, unpacked)
}
