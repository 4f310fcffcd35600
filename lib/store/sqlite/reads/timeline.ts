import { dayLength, hourLength, hoursOfDay } from '#lib/asr/hours.ts'
import type { TimelinePoint } from '#lib/model/rows.ts'
import type { TimelineQuestion } from '#lib/store/reads.ts'
import type { Sql } from '../sql.ts'
import { startOf } from '../sql-hours.ts'
import { all, type Condition, inRange } from './condition.ts'
import { byMode } from './counts.ts'
import { stacksAsked } from './found.ts'
import { inStacks } from './members.ts'
import { ruleHours } from './rule-hours.ts'
import { type Columns, eventColumns, eventTexts, fieldsWhere, whereOf } from './where.ts'

const byRule: Columns = { ID: 'rule_id', EventCode: '"EventCode"', feature: '"EventCode"' }

/** From the hours of rules. */
function ofHours(question: TimelineQuestion): Condition {
  const hours = ruleHours(question.range)
  const where = fieldsWhere(question, byRule)
  const time = `${startOf('hour', question.bucket === 'hour' ? 1 : hoursOfDay)} * ${hourLength}`
  return {
    sql: `SELECT ${time} AS time, ${byMode('"EventCode"', 'count')} FROM (${hours.sql}) h WHERE ${where.sql} GROUP BY 1 ORDER BY 1`,
    values: [...hours.values, ...where.values],
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
