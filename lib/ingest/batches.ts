import { zstdCompressSync } from 'node:zlib'
import type { LoggedEvent } from '#lib/asr/event.ts'
import type { Outcome } from '#lib/formats/outcome.ts'
import { openPacker } from '#lib/store/packed.ts'
import { type Batch, frameSize } from '#lib/store/store.ts'
import { loggedSections, prepareEvent } from './prepare.ts'

/**
 * A batch holds this many events, rejects or characters of logged values at most. It is closed sooner, when it is this old (in milliseconds) and the
 * store has time for it: a slow feed shows within a second, and a fast one touches each page of the store less often.
 */
export const batchLimits = { events: 16_384, rejects: 4000, characters: 16_000_000, age: 250 }

const compress = (events: LoggedEvent[]): Uint8Array => zstdCompressSync(JSON.stringify(events.map(loggedSections)))

function charactersOf({ sections }: LoggedEvent): number {
  let characters = 0
  for (const fields of Object.values(sections)) for (const [, value] of fields) characters += value.length
  return characters
}

/** Gathers outcomes into a batch: prepared events, their fields as logged in compressed frames, counts and rejects. */
export function openBatch() {
  const started = Date.now()
  const packer = openPacker()
  const batch: Omit<Batch, 'events' | 'bytesRead'> = { records: 0, detail: [], otherCodes: {}, rejects: [], unread: 0 }
  const frame: LoggedEvent[] = []
  let characters = 0

  const closeFrame = () => {
    if (frame.length > 0) batch.detail.push(compress(frame.splice(0)))
  }
  return {
    add: (outcome: Outcome) => {
      if (outcome.kind === 'other') {
        batch.records += outcome.count
        batch.otherCodes[outcome.code] = (batch.otherCodes[outcome.code] ?? 0) + outcome.count
        return
      }
      batch.records += 1
      if (outcome.kind === 'reject') {
        batch.rejects.push(outcome.reject)
        return
      }
      if (outcome.unread) batch.unread += 1
      packer.add(prepareEvent(outcome.event))
      characters += charactersOf(outcome.event)
      frame.push(outcome.event)
      if (frame.length === frameSize) closeFrame()
    },
    isFull: () =>
      packer.length() >= batchLimits.events ||
      batch.rejects.length >= batchLimits.rejects ||
      characters >= batchLimits.characters,
    isDue: () => Date.now() - started >= batchLimits.age,
    close: (bytesRead: number): Batch => {
      closeFrame()
      return { ...batch, events: packer.close(), bytesRead }
    },
  }
}
