import type { Connection } from './database.ts'
import { openSums } from './sum.ts'

/** Detections and days in one number: detections are numbered below 16. */
const detectionAndDay = (detection: number, day: number): number => day * 16 + detection

/** Risk events of a batch by dest and UTC day: hours of a stack that were not there before. */
export function openRiskDays(db: Connection) {
  const risky = new Set(db.prepare<[], number>('SELECT id FROM detection WHERE risk_score > 0').pluck().all())
  const days = openSums()
  const set = db.prepare(
    `INSERT INTO dest_day (detection, day, dest_id, events) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET events = events + excluded.events`,
  )
  return {
    add: (detection: number, day: number, dest: number) => {
      if (risky.has(detection)) days.add(detectionAndDay(detection, day), dest, 0)
    },
    flush: () =>
      days.take((key, dest, { count }) => {
        const day = Math.floor(key / 16)
        set.run(key - day * 16, day, dest, count)
      }),
    forget: () => days.clear(),
  }
}
