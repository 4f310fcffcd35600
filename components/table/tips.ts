import { codes } from '#lib/asr/codes.ts'
import { ruleText } from '#lib/text/rule.ts'
import { exactTimeText } from '#lib/text/time.ts'
import { auditedBlock, codeText, isAuditedBlock } from './cells/code-cell.tsx'

/** One line of the tooltip of a table: the column, its complete value, and what to know about it. */
export type TipLine = { name: string; text: string; note?: string }

/** The fields of a row that mean more than their text. */
export type TipRow = {
  EventCode?: number
  ID?: string | null
  ASR_ID?: string | null
  ASR_Rule?: string | null
  firstTime?: number
  lastTime?: number
  _time?: number
}
type Given = {
  row: TipRow
  column: string
  /** The text of its value; null if there is none. */
  text: string | null
  isCut: boolean
  tz: string
  detection: string | null
  /** Whether both times are in the column lastTime. */
  isSpan: boolean
}

/** Returns what a cell says on hover and focus: what it shows shortened, or else what is cut; null if there is nothing to add. */
export function tipOf({ row, column, text, isCut, tz, detection, isSpan }: Given): TipLine | null {
  const { EventCode, ID, ASR_ID, ASR_Rule, firstTime, lastTime, _time } = row
  const id = ID ?? ASR_ID ?? null
  const hasId = id !== null && id !== 'NULL'
  if (column === 'EventCode' && EventCode !== undefined) {
    const note = isAuditedBlock(detection, EventCode) ? auditedBlock : codes[EventCode]?.meaning
    return { name: column, text: codeText(EventCode), note }
  }
  if (column === 'ASR_Rule' && hasId) {
    const isKnown = ASR_Rule !== null && ASR_Rule !== undefined && ASR_Rule !== 'NULL'
    return {
      name: column,
      text: ruleText(id, ASR_Rule),
      note: isKnown ? id : `${id}: no rule of the lookup has this GUID`,
    }
  }
  if ((column === 'ID' || column === 'ASR_ID') && hasId) return { name: column, text: id }
  if (column === 'lastTime' && isSpan && firstTime !== undefined && lastTime !== undefined)
    return { name: 'firstTime – lastTime', text: `${exactTimeText(firstTime, tz)} – ${exactTimeText(lastTime, tz)}` }
  const time = { firstTime, lastTime, _time }[column]
  if (time !== undefined) return { name: column, text: exactTimeText(time, tz) }
  return isCut && text !== null ? { name: column, text } : null
}
