import type { Connection } from './database.ts'
import type { Stack } from './stacks.ts'

type Sum = { keys: number[]; count: number; first: number; last: number }

const hourLength = 3_600_000
export const hourOf = (time: number): number => Math.floor(time / hourLength)

/** Sums of one batch, by key. */
function openSums() {
  const sums = new Map<string, Sum>()
  return {
    add: (time: number, keys: number[]) => {
      const text = keys.join(' ')
      const sum = sums.get(text)
      if (sum === undefined) sums.set(text, { keys, count: 1, first: time, last: time })
      else {
        sum.count += 1
        if (time < sum.first) sum.first = time
        if (time > sum.last) sum.last = time
      }
    },
    take: (): Sum[] => {
      const taken = [...sums.values()]
      sums.clear()
      return taken
    },
  }
}

/** The running totals and rollups of a batch: gathered while its events are stored, written in the same transaction. */
export type Totals = {
  addEvent: (time: number, dest: number, code: number, rule: number) => void
  addToStack: (time: number, dest: number, code: number, stack: Stack) => void
  flush: () => void
}

export function openTotals(db: Connection): Totals {
  const stacks = openSums()
  const fleets = openSums()
  const stackHours = openSums()
  const hourRules = openSums()
  const destRules = openSums()
  const setStack = db.prepare(
    'UPDATE stack SET first_time = min(first_time, ?), last_time = max(last_time, ?), count = count + ? WHERE id = ?',
  )
  const setFleet = db.prepare(
    'UPDATE fleet SET first_time = min(first_time, ?), last_time = max(last_time, ?), count = count + ? WHERE id = ?',
  )
  const setStackHour = db.prepare(
    `INSERT INTO stack_hour (detection, hour, stack_id, dest_id, EventCode, count, first_time, last_time)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count, first_time = min(first_time, excluded.first_time),
       last_time = max(last_time, excluded.last_time)`,
  )
  const setHourRule = db.prepare(
    `INSERT INTO hour_rule (hour, EventCode, rule_id, count) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
  )
  const setDestRule = db.prepare(
    `INSERT INTO dest_rule (dest_id, EventCode, rule_id, count, first_time, last_time) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count, first_time = min(first_time, excluded.first_time),
       last_time = max(last_time, excluded.last_time)`,
  )
  return {
    addEvent: (time, dest, code, rule) => {
      hourRules.add(time, [hourOf(time), code, rule])
      destRules.add(time, [dest, code, rule])
    },
    addToStack: (time, dest, code, { id, detection, fleet }) => {
      stacks.add(time, [id])
      if (fleet !== 0) fleets.add(time, [fleet])
      stackHours.add(time, [detection, hourOf(time), id, dest, code])
    },
    flush: () => {
      for (const { keys, count, first, last } of stacks.take()) setStack.run(first, last, count, keys[0])
      for (const { keys, count, first, last } of fleets.take()) setFleet.run(first, last, count, keys[0])
      for (const { keys, count, first, last } of stackHours.take()) setStackHour.run(...keys, count, first, last)
      for (const { keys, count } of hourRules.take()) setHourRule.run(...keys, count)
      for (const { keys, count, first, last } of destRules.take()) setDestRule.run(...keys, count, first, last)
    },
  }
}
