import { dayLength, hourLength, hourOf, hoursOfDay } from '#lib/asr/hours.ts'
import type { TimelinePoint } from '#lib/model/rows.ts'
import type { TimelineQuestion } from '#lib/store/reads.ts'
import type { Sql } from '../sql.ts'
import { startOf } from '../sql-hours.ts'
import { all, type Condition, inRange } from './condition.ts'
import { byMode } from './counts.ts'
import { stacksAsked } from './found.ts'
import { inStacks } from './members.ts'
import { type Columns, eventColumns, eventTexts, fieldsWhere, whereOf } from './where.ts'

const byRule: Columns = { ID: 'rule_id', EventCode: '"EventCode"', feature: '"EventCode"' }

/** From the hours of rules, for a range of whole hours. */
function ofHours(question: TimelineQuestion): Condition {
  const { from, to } = question.range
  const where = all([
    fieldsWhere(question, byRule),
    inRange('hour', { from: from === null ? null : hourOf(from), to: to === null ? null : hourOf(to) }),
  ])
  const time = `${startOf('hour', question.bucket === 'hour' ? 1 : hoursOfDay)} * ${hourLength}`
  return {
    sql: `SELECT ${time} AS time, ${byMode('"EventCode"', 'count')} FROM hour_rule WHERE ${where.sql} GROUP BY 1 ORDER BY 1`,
    values: where.values,
  }
}

/** From the events themselves. */
function ofEvents(question: TimelineQuestion): Condition {
  const stacks = stacksAsked(question.found)
  const where = all([
    whereOf(question, eventColumns, eventTexts),
    inRange('time', question.range),
    ...(stacks === null ? [] : [inStacks('id', stacks)]),
  ])
  const time = startOf('time', question.bucket === 'hour' ? hourLength : dayLength)
  return {
    sql: `SELECT ${time} AS time, ${byMode('"EventCode"', '1')} FROM event WHERE ${where.sql} GROUP BY 1 ORDER BY 1`,
    values: where.values,
  }
}

/** Events by mode in each hour or day that has one. */
export function timeline(sql: Sql, question: TimelineQuestion): Promise<TimelinePoint[]> {
  const asked = question.source === 'hours' ? ofHours(question) : ofEvents(question)
  return sql.all<TimelinePoint>(asked.sql, asked.values)
}
