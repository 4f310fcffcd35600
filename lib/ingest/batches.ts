import type { LoggedEvent } from '#lib/asr/event.ts'
import type { Outcome } from '#lib/formats/outcome.ts'
import { loggedSections, prepareEvent } from '#lib/model/prepare.ts'
import type { BatchCounts, EventBatch } from '#lib/store/store.ts'

/**
 * A batch contains at most this many events, rejects or characters of logged values. It is closed sooner if it is this
 * old (in milliseconds) and the store has time for it: a slow feed shows within a second.
 */
export const batchLimits = { events: 16_384, rejects: 4000, characters: 16_000_000, age: 250 }

function charactersOf({ sections }: LoggedEvent): number {
  let characters = 0
  for (const fields of Object.values(sections)) for (const [, value] of fields) characters += value.length
  return characters
}

/** Gathers outcomes into a batch: events for the store, and counts and rejects for the receipt. */
export function openBatch(events: EventBatch) {
  const started = Date.now()
  const counts: Omit<BatchCounts, 'bytesRead'> = { records: 0, otherCodes: {}, rejects: [], unparsed: 0 }
  let characters = 0
  return {
    add: (outcome: Outcome) => {
      if (outcome.kind === 'other') {
        counts.records += outcome.count
        counts.otherCodes[outcome.code] = (counts.otherCodes[outcome.code] ?? 0) + outcome.count
        return
      }
      counts.records += 1
      if (outcome.kind === 'reject') {
        counts.rejects.push(outcome.reject)
        return
      }
      if (outcome.unparsed) counts.unparsed += 1
      events.add(prepareEvent(outcome.event), loggedSections(outcome.event))
      characters += charactersOf(outcome.event)
    },
    isFull: () =>
      events.length >= batchLimits.events ||
      counts.rejects.length >= batchLimits.rejects ||
      characters >= batchLimits.characters,
    isDue: () => Date.now() - started >= batchLimits.age,
    close: (bytesRead: number): [EventBatch, BatchCounts] => [events, { ...counts, bytesRead }],
  }
}
