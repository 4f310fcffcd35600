import type { LoggedEvent } from '#lib/asr/event.ts'
import { openContinuity } from '#lib/continuity/continuity.ts'
import type { Outcome } from '#lib/formats/outcome.ts'
import { readers, readLog } from '#lib/formats/readers.ts'
import type { Continuity } from '#lib/model/continuity.ts'
import { storeOutcomes } from './store-outcomes.ts'
import { damageReject, UnknownFormat, type Work } from './work.ts'

const readable =
  'EVTX, XML events, WinEventLog and wevtutil text, and the exports of PowerShell, EvtxECmd, evtx_dump, Chainsaw, Elastic, ' +
  'Wazuh, Velociraptor, Splunk and Defender advanced hunting can be read, also in .gz, .zst, .zip and .tar (docs/formats.md)'

/** Stores the outcomes of one log and returns how complete it is. @throws UnknownFormat */
export async function storeLog(work: Work, bytes: AsyncIterable<Uint8Array>): Promise<Continuity> {
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
