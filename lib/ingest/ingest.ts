import { randomUUID } from 'node:crypto'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { type Budget, limitsOf, OverBudget, openBudget } from '#lib/containers/budget.ts'
import { decompress } from '#lib/containers/decompress.ts'
import type { Entry } from '#lib/containers/entry.ts'
import { containerOf, headBytes } from '#lib/containers/kind.ts'
import { readAhead } from '#lib/containers/read-ahead.ts'
import { tarEntries } from '#lib/containers/tar.ts'
import { zipEntries } from '#lib/containers/zip.ts'
import { openContinuity } from '#lib/continuity/continuity.ts'
import type { Outcome } from '#lib/formats/outcome.ts'
import { peek } from '#lib/formats/peek.ts'
import { readers, readLog } from '#lib/formats/readers.ts'
import { log } from '#lib/log/log.ts'
import type { Continuity } from '#lib/model/continuity.ts'
import type { Reject } from '#lib/model/reject.ts'
import type { BatchCounts, Writes } from '#lib/store/store.ts'
import { hasCode } from '#lib/thread/error.ts'
import { incomingFolder } from './incoming.ts'
import { type Meter, openMeter } from './meter.ts'
import { openPipeline, openRoom, type Pipeline } from './pipeline.ts'
import { storeOutcomes } from './store-outcomes.ts'

/** The log is of no format that can be read; the message says which can. */
export class UnknownFormat extends Error {
  override name = 'UnknownFormat'
}

const readable =
  'EVTX, XML events, WinEventLog and wevtutil text, and the exports of PowerShell, EvtxECmd, evtx_dump, Chainsaw, Elastic, ' +
  'Wazuh, Velociraptor, Splunk and Defender advanced hunting can be read, also in .gz, .zst, .zip and .tar (docs/formats.md)'

/** Bytes of small files of a tar that are held back, so that a limit on their number is met before each is an upload. */
const tarReadAhead = 2 * 1024 * 1024

/** An archive may hold archives, and these no more; and a log may be packed twice. */
const deepest = 2

type Work = {
  store: Pipeline
  /** Removes what a log of an archive stored and lists it as failed. */
  fail: Writes['failUpload']
  upload: { id: string; tz: string; dest?: string }
  meter: Meter
  budget: Budget
  signal: AbortSignal
  /** The outermost archive, whose logs all are, and the names of those a log is deeper in. */
  archive: { id: string; path: string[] } | null
  depth: number
  /** What the log came packed in, outermost first. */
  packed: string[]
  /** What was wrong with the packing, told when the bytes are read to their end. */
  damage: () => string | null
}

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
  /** What uploads of a desk share, and the milliseconds that reading this one has taken so far. */
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

/** Reads what the bytes turn out to be; gives how whole the log is, or null for an archive. */
async function ingest(work: Work, bytes: AsyncIterable<Uint8Array>): Promise<Continuity | null> {
  const peeked = await peek(bytes, headBytes)
  const kind = containerOf(peeked.head)
  if (kind === null) return readInto(work, peeked.bytes)
  const isArchive = kind === 'zip' || kind === 'tar'
  if ((isArchive ? work.depth : work.packed.length) === deepest) {
    throw new UnknownFormat(`This is a ${kind} that is packed more than ${deepest} deep: unpack it first.`)
  }
  const inner = { ...work, depth: work.depth + (isArchive ? 1 : 0), packed: [...work.packed, kind] }
  if (!isArchive) return ingestPacked(inner, kind, peeked.bytes)
  await work.store.startUpload(work.upload.id, inner.packed.toReversed().join(' in '))
  const { budget, meter } = work
  let damage: string | null = null
  const onDamage = (message: string): void => {
    damage = message
  }
  const entries =
    kind === 'tar'
      ? readAhead(tarEntries(peeked.bytes, budget, onDamage), tarReadAhead)
      : zipEntries(peeked.bytes, budget, incomingFolder())
  let logs = 0
  for await (const entry of entries) {
    budget.check()
    logs += 1
    await ingestEntry(inner, entry)
    if (!meter.isIdle()) await addCounts(work, { bytesRead: meter.take() })
  }
  const detail = work.damage() ?? damage
  if (detail === null) return null
  if (logs === 0) throw new UnknownFormat(detail)
  await addCounts(work, { bytesRead: meter.take(), records: 1, rejects: [damageReject(1, detail)] })
  return null
}

/** What stands for the rest of a packing that was damaged. */
const damageReject = (record: number, detail: string): Reject => ({
  record,
  line: null,
  offset: 0,
  reason: 'bad-structure',
  detail,
  snippet: '',
})

const noCounts: BatchCounts = { bytesRead: 0, records: 0, otherCodes: {}, rejects: [], unread: 0 }

/** Adds to the receipt of an upload without storing an event. */
const addCounts = ({ store, upload }: Work, counts: Partial<BatchCounts>): Promise<void> =>
  store.write(upload.id, store.openBatch(), { ...noCounts, ...counts })

function ingestPacked(work: Work, kind: 'gzip' | 'zstd', bytes: AsyncIterable<Uint8Array>): Promise<Continuity | null> {
  let damage: string | null = null
  const unpacked = decompress(kind, bytes, work.budget, (message) => {
    damage = message
  })
  return ingest({ ...work, damage: () => damage ?? work.damage() }, unpacked)
}

/** One log of an archive: what is wrong with it costs it alone. */
async function ingestEntry(work: Work, entry: Entry): Promise<void> {
  const { store, upload, signal } = work
  const archive = work.archive ?? { id: upload.id, path: [] }
  const path = [...archive.path, entry.name]
  const part = { ...upload, id: randomUUID() }
  await store.createUpload({ ...part, name: path.join(' › '), bytes: entry.size, parent: archive.id })
  const meter = openMeter()
  try {
    const inner = { ...work, upload: part, meter, archive: { ...archive, path }, packed: [], damage: entry.damage }
    const continuity = await ingest(inner, meter.count(entry.bytes, signal))
    await store.finishUpload(part.id, continuity)
  } catch (error) {
    const endsAll =
      signal.aborted || error instanceof OverBudget || hasCode(error, 'ENOSPC') || store.failure() !== null
    if (endsAll) throw error
    await work.fail(part.id, (error as Error).message)
  }
}

async function readInto(work: Work, bytes: AsyncIterable<Uint8Array>): Promise<Continuity> {
  const { store, upload, meter, signal, packed } = work
  const continuity = openContinuity()
  const { format, outcomes } = await readLog(bytes, {
    tz: upload.tz,
    ...(upload.dest ? { dest: upload.dest } : {}),
    onTrace: continuity.other,
  })
  if (readers[format] === undefined && format !== 'empty') {
    const damage = work.damage()
    if (damage !== null) throw new UnknownFormat(damage)
    const found =
      format === 'unknown' ? 'This is not a log of a known format' : `This is ${format}, which cannot be read yet`
    throw new UnknownFormat(`${found}: ${readable}.`)
  }
  await store.startUpload(upload.id, [format, ...packed.toReversed()].join(' in '))
  const followed = withDamage(withContinuity(outcomes, continuity.event), work.damage)
  await storeOutcomes(store, upload.id, followed, meter, signal)
  return continuity.close()
}

async function* withContinuity(
  outcomes: AsyncIterable<Outcome[]>,
  follow: (event: LoggedEvent) => void,
): AsyncGenerator<Outcome[]> {
  for await (const list of outcomes) {
    for (const outcome of list) if (outcome.kind === 'event') follow(outcome.event)
    yield list
  }
}

/** A log whose packing was damaged ends with a reject that says so. */
async function* withDamage(outcomes: AsyncIterable<Outcome[]>, damage: () => string | null): AsyncGenerator<Outcome[]> {
  let records = 0
  for await (const list of outcomes) {
    for (const outcome of list) records += outcome.kind === 'other' ? outcome.count : 1
    yield list
  }
  const detail = damage()
  if (detail === null) return
  yield [{ kind: 'reject', reject: damageReject(records + 1, detail) }]
}
