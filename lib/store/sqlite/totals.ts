import { hourOf } from '#lib/asr/hours.ts'
import type { Connection } from './database.ts'
import { openSums } from './sum.ts'

/** EventCodes and numbers of texts in one number: codes have 16 bits at most. */
const codeAndRule = (code: number, rule: number): number => rule * 65_536 + code

/** The rollups by rule of a batch, by hour and by host: gathered event by event, written by `flush`. */
export function openTotals(db: Connection) {
  const hours = openSums()
  const dests = openSums()
  const setHour = db.prepare(
    `INSERT INTO hour_rule (hour, EventCode, rule_id, count) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
  )
  const setDest = db.prepare(
    `INSERT INTO dest_rule (dest_id, EventCode, rule_id, count, first_time, last_time) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count, first_time = min(first_time, excluded.first_time),
       last_time = max(last_time, excluded.last_time)`,
  )
  return {
    add: (time: number, dest: number, code: number, rule: number) => {
      hours.add(hourOf(time), codeAndRule(code, rule), time)
      dests.add(dest, codeAndRule(code, rule), time)
    },
    flush: () => {
      hours.take((hour, key, { count }) => setHour.run(hour, key % 65_536, Math.floor(key / 65_536), count))
      dests.take((dest, key, { count, first, last }) =>
        setDest.run(dest, key % 65_536, Math.floor(key / 65_536), count, first, last),
      )
    },
    forget: () => {
      hours.clear()
      dests.clear()
    },
  }
}
