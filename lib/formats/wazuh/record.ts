import type { LoggedField } from '#lib/asr/event.ts'
import { at, firstText, flatten, isObject, type JsonObject } from '#lib/formats/json/value.ts'
import { messageBody } from '#lib/formats/message.ts'
import { windowsName } from '#lib/formats/names.ts'
import type { ReadOptions } from '#lib/formats/outcome.ts'
import { type Body, judgeShape, type Shape } from '#lib/formats/shape.ts'
import { readStamp } from '#lib/formats/times/stamp.ts'
import type { Verdict } from '#lib/formats/verdict.ts'

/** The Windows part of an alert, or null if it has none. */
const windowsPart = (object: JsonObject): JsonObject | null => {
  const win = at(object, 'data', 'win') ?? at(object, 'win')
  return isObject(win) && isObject(win.system) ? win : null
}

/** Whether an object is an alert of Wazuh, of Windows or not. */
export const isWazuh = (object: JsonObject): boolean =>
  windowsPart(object) !== null ||
  (isObject(object.agent) && at(object, 'rule', 'id') !== undefined && 'timestamp' in object)

/** A value in which every backslash and quote has a backslash before it, as Wazuh's agent leaves them. */
const escaped = /^(?:[^\\]|\\["\\])*$/

/** Takes the second escape off all values of a record, unless one of them shows that there is none. */
function unescapeAll(fields: LoggedField[]): LoggedField[] {
  if (!fields.every(([, value]) => escaped.test(value))) return fields
  return fields.map(([name, value]) => [name, value.replace(/\\(["\\])/g, '$1')])
}

function body(object: JsonObject, win: JsonObject, EventCode: number): Body {
  const { eventdata, ...rest } = win
  const outer = isObject(object.data) ? { ...object, data: null } : { ...object, win: null }
  const fields = flatten(rest)
  const System = [...fields.filter(([name]) => name !== 'system.message'), ...flatten(outer)]
  const data = isObject(eventdata) ? unescapeAll(flatten(eventdata)) : []
  const message = fields.find(([name]) => name === 'system.message')?.[1].replace(/^"|"$/g, '') ?? ''
  if (data.length === 0) return messageBody(EventCode, System, message)
  const EventData = data.map(([name, value]): LoggedField => [windowsName(EventCode, name), value])
  return { sections: { System, EventData, RenderingInfo: [['Message', message]] } }
}

const wazuhShape = (object: JsonObject, win: JsonObject): Shape => ({
  claims: {
    channel: firstText(win, 'system.channel'),
    eventCode: firstText(win, 'system.eventID'),
    dest: firstText(win, 'system.computer'),
    recordId: firstText(win, 'system.eventRecordID'),
    time: firstText(win, 'system.systemTime'),
  },
  readTime: readStamp,
  body: (EventCode) => body(object, win, EventCode),
})

/**
 * Judges an alert of Wazuh; one that is not of Windows is counted by its rule. Names begin with a small letter there
 * (`iD`, `process Name`), fields without value are missing, and backslashes are doubled. Source: wazuh/wazuh
 * `winevtchannel` decoder.
 */
export function readWazuh(object: JsonObject, options: ReadOptions): Verdict {
  const win = windowsPart(object)
  if (win) return judgeShape(wazuhShape(object, win), options)
  return { kind: 'other', code: `Wazuh/${firstText(object, 'rule.id')?.slice(0, 100)}` }
}
