import { detections } from '#lib/asr/detections.ts'
import { dayOfHour, hourLength, hourOf } from '#lib/asr/hours.ts'
import type { Connection } from './database.ts'
import { addTime, emptySum, type Sum } from './sum.ts'

/** An event that leaves a stack. */
export type Member = { stack: number; time: number }
/** An event that leaves the totals by rule. */
export type Counted = { dest: number; EventCode: number; rule: number; time: number }

type StackRow = {
  detection: number
  dest: number
  fleet: number
  faithful: number
  count: number
  first: number
  last: number
}
type Span = { first: number | null; last: number | null }

const sumsBy = <Key>(): { of: (key: Key) => Sum; all: Map<Key, Sum> } => {
  const all = new Map<Key, Sum>()
  return {
    all,
    of: (key) => {
      const known = all.get(key)
      if (known !== undefined) return known
      const sum = emptySum()
      all.set(key, sum)
      return sum
    },
  }
}

/** A whole second of the identity index, which truncates towards zero. */
const secondOf = (time: number): number => Math.trunc(time / 1000)
/** Whether taking times away can have moved the ends of a span. */
const touchesEnd = (taken: Sum, span: { first: number; last: number }): boolean =>
  taken.first === span.first || taken.last === span.last

/**
 * Takes events out of stacks and totals, so that every count and span is that of the remaining events; only
 * the spans of fleet stacks may stay too wide until `stale_fleet` is worked off. Call it in a transaction, after the
 * events have been deleted or given their new stacks.
 */
export function openSubtraction(db: Connection) {
  const stackRow = db.prepare<[number], StackRow>(
    `SELECT s.detection, s.dest_id AS dest, s.fleet_id AS fleet, s.faithful, t.count, t.first_time AS first, t.last_time AS last
     FROM stack s JOIN stack_total t ON t.detection = s.detection AND t.id = s.id WHERE s.id = ?`,
  )
  const risky = new Set(db.prepare<[], number>('SELECT id FROM detection WHERE risk_score > 0').pluck().all())
  const ofDest = (ends: string, order: string) =>
    db
      .prepare<unknown[], number>(
        `SELECT time FROM event WHERE dest_id = ? AND time / 1000 ${ends} ? AND (stack_id = ? OR audit_id = ?)
         ORDER BY time / 1000 ${order}, time ${order} LIMIT 1`,
      )
      .pluck()
  const [firstMember, lastMember] = [ofDest('>=', 'ASC'), ofDest('<=', 'DESC')]
  const changeSpan = db.prepare<[number, number, number], Span>(
    `SELECT min(e.time) AS first, max(e.time) AS last FROM event_change c CROSS JOIN event e ON e.id = c.event_id
     WHERE c.stack_id = ? AND e.time BETWEEN ? AND ?`,
  )
  const span = db.prepare<unknown[], Span>(
    `SELECT min(time) AS first, max(time) AS last FROM event WHERE dest_id = ? AND time / 1000 BETWEEN ? AND ?
     AND time BETWEEN ? AND ? AND (stack_id = ? OR audit_id = ?)`,
  )
  const hourRow = db.prepare<unknown[], { count: number; first: number; last: number }>(
    `SELECT count, first_time AS first, last_time AS last FROM stack_hour
     WHERE detection = ? AND day = ? AND dest_id = ? AND hour = ? AND stack_id = ?`,
  )
  const setHour = db.prepare(
    `UPDATE stack_hour SET count = ?, first_time = ?, last_time = ?
     WHERE detection = ? AND day = ? AND dest_id = ? AND hour = ? AND stack_id = ?`,
  )
  const dropHour = db.prepare(
    'DELETE FROM stack_hour WHERE detection = ? AND day = ? AND dest_id = ? AND hour = ? AND stack_id = ?',
  )
  const takeRisk = db.prepare('UPDATE dest_day SET events = events - 1 WHERE detection = ? AND day = ? AND dest_id = ?')
  const dropRisk = db.prepare('DELETE FROM dest_day WHERE detection = ? AND day = ? AND dest_id = ? AND events = 0')
  const setTotal = db.prepare(
    'UPDATE stack_total SET count = ?, first_time = ?, last_time = ? WHERE detection = ? AND id = ?',
  )
  const dropTotal = db.prepare('DELETE FROM stack_total WHERE detection = ? AND id = ?')
  const dropStack = db.prepare('DELETE FROM stack WHERE id = ?')
  const onDest = db.prepare('SELECT 1 FROM stack WHERE dest_id = ? AND fleet_id = ? LIMIT 1')
  const takeFleet = db.prepare<[number, number, number], Span & { count: number }>(
    `UPDATE fleet SET dests = dests - ?, count = count - ? WHERE id = ?
     RETURNING count, first_time AS first, last_time AS last`,
  )
  const dropFleet = db.prepare('DELETE FROM fleet WHERE id = ?')
  const markFleet = db.prepare('INSERT OR REPLACE INTO stale_fleet (id) VALUES (?)')
  const isStale = db.prepare('SELECT 1 FROM stale_fleet WHERE id = ?')
  const unmarkFleet = db.prepare('DELETE FROM stale_fleet WHERE id = ?')
  const takeSums = db.prepare(
    'UPDATE detection_total SET stacks = stacks - ?, events = events - ? WHERE detection = ? AND faithful = ?',
  )
  const dropSums = db.prepare('DELETE FROM detection_total WHERE stacks = 0')
  const takeHourRule = db.prepare(
    'UPDATE hour_rule SET count = count - ? WHERE hour = ? AND EventCode = ? AND rule_id = ?',
  )
  const dropHourRule = db.prepare(
    'DELETE FROM hour_rule WHERE hour = ? AND EventCode = ? AND rule_id = ? AND count = 0',
  )
  const destRule = db.prepare<[number, number, number], { count: number; first: number; last: number }>(
    `SELECT count, first_time AS first, last_time AS last FROM dest_rule WHERE dest_id = ? AND EventCode = ? AND rule_id = ?`,
  )
  const setDestRule = db.prepare(
    `UPDATE dest_rule SET count = ?, first_time = ?, last_time = ? WHERE dest_id = ? AND EventCode = ? AND rule_id = ?`,
  )
  const dropDestRule = db.prepare('DELETE FROM dest_rule WHERE dest_id = ? AND EventCode = ? AND rule_id = ?')
  const ofRule = (ends: string, order: string) =>
    db
      .prepare<unknown[], number>(
        `SELECT time FROM event WHERE dest_id = ? AND time / 1000 ${ends} ? AND EventCode = ? AND rule_id = ?
         ORDER BY time / 1000 ${order}, time ${order} LIMIT 1`,
      )
      .pluck()
  const [firstOfRule, lastOfRule] = [ofRule('>=', 'ASC'), ofRule('<=', 'DESC')]

  const isChange = (detection: number): boolean => detections.registry.numbers.includes(detection)

  function subtractHour(id: number, row: StackRow, hour: number, taken: Sum): void {
    const day = dayOfHour(hour)
    const at = [row.detection, day, row.dest, hour, id]
    const before = hourRow.get(...at)
    if (before === undefined) throw new Error(`Stack ${id} has no row for the hour ${hour}.`)
    const count = before.count - taken.count
    if (count > 0) {
      const [from, to] = [hour * hourLength, (hour + 1) * hourLength - 1]
      const rest: Span = !touchesEnd(taken, before)
        ? before
        : ((isChange(row.detection)
            ? changeSpan.get(id, from, to)
            : span.get(row.dest, secondOf(from), secondOf(to), from, to, id, id)) as Span)
      setHour.run(count, rest.first, rest.last, ...at)
      return
    }
    dropHour.run(...at)
    if (!risky.has(row.detection) || row.faithful === 2) return
    takeRisk.run(row.detection, day, row.dest)
    dropRisk.run(row.detection, day, row.dest)
  }

  function restOf(id: number, { detection, dest, first, last }: StackRow): Span {
    if (isChange(detection)) return changeSpan.get(id, first, last) as Span
    return {
      first: firstMember.get(dest, secondOf(first), id, id) ?? null,
      last: lastMember.get(dest, secondOf(last), id, id) ?? null,
    }
  }

  function subtractStack(id: number, row: StackRow, taken: Sum): void {
    const count = row.count - taken.count
    let dests = 0
    if (count > 0) {
      const rest = touchesEnd(taken, row) ? restOf(id, row) : row
      setTotal.run(count, rest.first, rest.last, row.detection, id)
    } else {
      dropTotal.run(row.detection, id)
      dropStack.run(id)
      if (row.fleet !== 0 && onDest.get(row.dest, row.fleet) === undefined) dests = 1
    }
    takeSums.run(count > 0 ? 0 : 1, taken.count, row.detection, row.faithful)
    if (row.fleet === 0) return
    const fleet = takeFleet.get(dests, taken.count, row.fleet)
    if (fleet?.count === 0) {
      dropFleet.run(row.fleet)
      unmarkFleet.run(row.fleet)
    } else if (fleet?.first === taken.first || fleet?.last === taken.last || isStale.get(row.fleet) !== undefined) {
      // What was found of its new span so far may be what is taken now: it begins again.
      markFleet.run(row.fleet)
    }
  }

  function subtractRules(events: Iterable<Counted>): void {
    const hours = sumsBy<string>()
    const dests = sumsBy<string>()
    for (const { dest, EventCode, rule, time } of events) {
      addTime(hours.of(`${hourOf(time)} ${EventCode} ${rule}`), time)
      addTime(dests.of(`${dest} ${EventCode} ${rule}`), time)
    }
    for (const [key, { count }] of hours.all) {
      const at = key.split(' ').map(Number)
      takeHourRule.run(count, ...at)
      dropHourRule.run(...at)
    }
    for (const [key, taken] of dests.all) {
      const at = key.split(' ').map(Number) as [number, number, number]
      const [dest, ...rule] = at
      const before = destRule.get(...at)
      if (before === undefined) throw new Error(`Host ${dest} has no total for ${rule.join(' ')}.`)
      const count = before.count - taken.count
      if (count === 0) dropDestRule.run(...at)
      else if (!touchesEnd(taken, before)) setDestRule.run(count, before.first, before.last, ...at)
      else {
        const first = firstOfRule.get(dest, secondOf(before.first), ...rule)
        const last = lastOfRule.get(dest, secondOf(before.last), ...rule)
        setDestRule.run(count, first, last, ...at)
      }
    }
  }

  return {
    /** Takes events out of the totals by rule. */
    rules: subtractRules,
    /** Takes events out of stacks. */
    stacks: (members: Iterable<Member>): void => {
      const taken = sumsBy<number>()
      const hours = new Map<number, ReturnType<typeof sumsBy<number>>>()
      for (const { stack, time } of members) {
        addTime(taken.of(stack), time)
        let of = hours.get(stack)
        if (of === undefined) {
          of = sumsBy<number>()
          hours.set(stack, of)
        }
        addTime(of.of(hourOf(time)), time)
      }
      for (const [id, sum] of taken.all) {
        const row = stackRow.get(id)
        if (row === undefined) throw new Error(`There is no stack ${id}.`)
        for (const [hour, part] of hours.get(id)?.all ?? []) subtractHour(id, row, hour, part)
        subtractStack(id, row, sum)
      }
      dropSums.run()
    },
  }
}
