import type { Connection } from './database.ts'
import { openRiskDays } from './risk-days.ts'
import type { Stack } from './stacks.ts'
import type { Sum } from './sum.ts'

type StackHour = { stack: Stack; hour: number; sum: Sum }

export const dayOf = (hour: number): number => Math.floor(hour / 24)

/** The order of the table: rows that lie side by side are written one after the other. */
const inOrder = (a: StackHour, b: StackHour): number =>
  a.stack.key.detection - b.stack.key.detection ||
  dayOf(a.hour) - dayOf(b.hour) ||
  a.stack.key.dest - b.stack.key.dest ||
  a.hour - b.hour ||
  a.stack.id - b.stack.id

/** The hour rollup of stacks: gathered for a batch, written at its end. */
export function openStackHours(db: Connection) {
  const add = db.prepare(
    `INSERT INTO stack_hour (detection, day, dest_id, hour, stack_id, EventCode, rule_id, faithful, count, first_time,
       last_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const advance = db.prepare(
    `UPDATE stack_hour SET count = count + ?, first_time = min(first_time, ?), last_time = max(last_time, ?)
     WHERE detection = ? AND day = ? AND dest_id = ? AND hour = ? AND stack_id = ?`,
  )
  const riskDays = openRiskDays(db)
  let gathered: StackHour[] = []

  function write({ stack: { id, key, faithful }, hour, sum }: StackHour): void {
    const { detection, dest, code, rule } = key
    const day = dayOf(hour)
    const { count, first, last } = sum
    const added = add.run(detection, day, dest, hour, id, code, rule, faithful ? 1 : 0, count, first, last)
    if (added.changes === 1) riskDays.add(detection, day, dest)
    else advance.run(count, first, last, detection, day, dest, hour, id)
  }

  return {
    add: (stack: Stack, hour: number, sum: Sum) => void gathered.push({ stack, hour, sum }),
    flush: () => {
      for (const each of gathered.sort(inOrder)) write(each)
      gathered = []
      riskDays.flush()
    },
    forget: () => {
      gathered = []
      riskDays.forget()
    },
  }
}
