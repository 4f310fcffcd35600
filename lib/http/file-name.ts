import { isStartOfDay } from '#lib/asr/hours.ts'
import type { Params, TableName } from '#lib/params/params.ts'
import type { Range } from '#lib/store/reads.ts'

/** A time in UTC with no character that a file system refuses: a date if the time is the start or end of a day. */
function textOf(time: number, isDayEnd: boolean): string {
  const text = new Date(time).toISOString().replace('+', '')
  const [date = '', clock = ''] = text.split('T')
  return isDayEnd ? date : `${date}T${clock.replace(/:|\..*/g, '')}Z`
}

function rangeText({ from, to }: Range): string {
  const first = from === null ? null : textOf(from, isStartOfDay(from))
  const last = to === null ? null : textOf(to, isStartOfDay(to + 1))
  if (first !== null && last !== null) return first === last ? first : `${first}--${last}`
  if (first !== null) return `since-${first}`
  return last === null ? 'all-time' : `until-${last}`
}

/**
 * The name of an export without its ending: table, range and the moment of the request, such as
 * `asr-audit_2026-11-19--2026-11-26_20261127T000500Z`. Nothing of it comes from a log.
 */
export function fileName(table: TableName, { mode }: Pick<Params, 'mode'>, range: Range, now: number): string {
  const moment = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')
  return `asr-${table}${mode === 'faithful' ? '-faithful' : ''}_${rangeText(range)}_${moment}`
}
