import type { Connection } from './database.ts'

/** Ranges that are kept. Who has not read the oldest of them reads all events again. */
const kept = 100_000
/** Ranges after which those that are too many are deleted. */
const together = 1000

/** Notes a range of event numbers in which stored events were changed or deleted. Call it in the transaction that did. */
export type Touch = (first: number, last: number) => void

/** Opens the notes of changed and deleted events. */
export function openTouched(db: Connection): Touch {
  const add = db.prepare<[number, number]>('INSERT INTO touched_events (first_event, last_event) VALUES (?, ?)')
  const drop = db.prepare<[number]>('DELETE FROM touched_events WHERE number <= ?')
  return (first, last) => {
    const number = Number(add.run(first, last).lastInsertRowid)
    if (number % together === 0) drop.run(number - kept)
  }
}
