import { dayOfHour } from '#lib/asr/hours.ts'
import type { Connection } from './database.ts'
import { openRiskDays } from './risk-days.ts'
import type { Stack } from './stacks.ts'
import type { Sum } from './sum.ts'

type StackHour = { stack: Stack; hour: number; place: number; sum: Sum }

/** Detection, day and dest in one number, in the order of the table. */
const placeOf = ({ detection, dest }: Stack['fields'], day: number): number =>
  (detection * 4_000_000 + 2_000_000 + day) * 2 ** 24 + dest

/** The order of the table: neighbouring rows are written one after the other. */
const inOrder = (a: StackHour, b: StackHour): number => a.place - b.place || a.hour - b.hour || a.stack.id - b.stack.id

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

  function write({ stack: { id, fields }, hour, sum }: StackHour): void {
    const { detection, dest, EventCode, rule, faithful } = fields
    const day = dayOfHour(hour)
    const { count, first, last } = sum
    const added = add.run(detection, day, dest, hour, id, EventCode, rule, faithful, count, first, last)
    if (added.changes === 1 && faithful !== 2) riskDays.add(detection, day, dest)
    if (added.changes === 1) return
    advance.run(count, first, last, detection, day, dest, hour, id)
  }

  return {
    add: (stack: Stack, hour: number, sum: Sum) =>
      void gathered.push({ stack, hour, place: placeOf(stack.fields, dayOfHour(hour)), sum }),
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
