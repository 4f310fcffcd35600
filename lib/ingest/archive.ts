import { randomUUID } from 'node:crypto'
import { OverBudget } from '#lib/containers/budget.ts'
import type { Entry } from '#lib/containers/entry.ts'
import { readAhead } from '#lib/containers/read-ahead.ts'
import { tarEntries } from '#lib/containers/tar.ts'
import { zipEntries } from '#lib/containers/zip.ts'
import type { Continuity } from '#lib/model/continuity.ts'
import { hasCode } from '#lib/thread/error.ts'
import { incomingFolder } from './incoming.ts'
import { openMeter } from './meter.ts'
import { addCounts, damageReject, UnknownFormat, type Work } from './work.ts'

/**
 * Bytes of small files of a tar that wait, so that a limit on their number is met before each is an upload: 20,000 with long names
 * and some hundred bytes fit.
 */
const tarReadAhead = 16 * 1024 * 1024

/** Reads a log of an archive, which may be packed again. */
type Ingest = (work: Work, bytes: AsyncIterable<Uint8Array>) => Promise<Continuity | null>

/** Makes an upload of each log of an archive, and reads it by `ingest`. @throws UnknownFormat, OverBudget */
export async function ingestArchive(
  work: Work,
  kind: 'zip' | 'tar',
  bytes: AsyncIterable<Uint8Array>,
  ingest: Ingest,
): Promise<void> {
  await work.store.startUpload(work.upload.id, work.packed.toReversed().join(' in '))
  const { budget, meter } = work
  let damage: string | null = null
  const onDamage = (message: string): void => {
    damage = message
  }
  const entries =
    kind === 'tar'
      ? readAhead(tarEntries(bytes, budget, onDamage), tarReadAhead)
      : zipEntries(bytes, budget, incomingFolder())
  let logs = 0
  for await (const entry of entries) {
    budget.check()
    logs += 1
    await ingestEntry(work, entry, ingest)
    if (!meter.isIdle()) await addCounts(work, { bytesRead: meter.take() })
  }
  const detail = work.damage() ?? damage
  if (detail === null) return
  if (logs === 0) throw new UnknownFormat(detail)
  await addCounts(work, { bytesRead: meter.take(), records: 1, rejects: [damageReject(1, detail)] })
}

/** One log of an archive: what is wrong with it costs it alone. */
async function ingestEntry(work: Work, entry: Entry, ingest: Ingest): Promise<void> {
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
