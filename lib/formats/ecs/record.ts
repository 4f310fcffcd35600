import type { LoggedField } from '#lib/asr/event.ts'
import { at, firstText, flatten, isObject, type JsonObject, textOf } from '#lib/formats/json/value.ts'
import { messageBody } from '#lib/formats/message.ts'
import { windowsName } from '#lib/formats/names.ts'
import type { ReadOptions } from '#lib/formats/outcome.ts'
import { readRaw } from '#lib/formats/raw.ts'
import { type Body, judgeShape, type Shape } from '#lib/formats/shape.ts'
import { readCulture } from '#lib/formats/times/culture.ts'
import { readEnglish } from '#lib/formats/times/english.ts'
import { readStamp } from '#lib/formats/times/stamp.ts'
import type { Verdict } from '#lib/formats/verdict.ts'

/** Whether an object is a document of Winlogbeat, Elastic Agent or another Beat. */
export const isEcs = (object: JsonObject): boolean =>
  isObject(object.winlog) || ('@timestamp' in object && ['event', 'ecs', 'agent'].some((key) => isObject(object[key])))

/** What Kibana writes into a cell that has no value. */
const isNothing = (text: string): boolean => text === '-' || text === '(null)'

function eventData(object: JsonObject, EventCode: number): LoggedField[] {
  const data = at(object, 'winlog', 'event_data') ?? at(object, 'winlog', 'user_data')
  if (!isObject(data)) return []
  return flatten(data)
    .filter(([, value]) => !isNothing(value))
    .map(([name, value]) => [windowsName(EventCode, name), value])
}

function body(object: JsonObject, EventCode: number): Body {
  const { message, ...rest } = object
  const System = flatten(rest).filter(([name]) => !/^winlog\.(?:event|user)_data\./.test(name))
  const EventData = eventData(object, EventCode)
  const text = textOf(message) ?? ''
  if (EventData.length === 0) return messageBody(EventCode, System, text)
  return { sections: { System, EventData, ...(text === '' ? {} : { RenderingInfo: [['Message', text]] }) } }
}

/** A time as Elasticsearch has it, or as Kibana shows it in the zone it was set to. */
function readTime(text: string, tz: string): number | null {
  const culture = readStamp(text) ?? readEnglish(text, tz) ?? readCulture(text, tz, null)
  return culture === 'ambiguous' ? null : culture
}

/** Source: elastic/beats winlogbeat field reference; blanks in Data names are `_` there. */
const ecsShape = (object: JsonObject, tz: string): Shape => ({
  claims: {
    channel: firstText(object, 'winlog.channel'),
    eventCode: firstText(object, 'winlog.event_id', 'event.code'),
    dest: firstText(object, 'winlog.computer_name', 'host.hostname', 'host.name'),
    recordId: firstText(object, 'winlog.record_id'),
    time: firstText(object, '@timestamp'),
  },
  readTime: (text) => readTime(text, tz),
  body: (EventCode) => body(object, EventCode),
})

/** Judges a document of Elasticsearch: by the original event if it was kept, else by its fields; what is not of Windows is counted. */
export function readEcs(object: JsonObject, options: ReadOptions): Verdict {
  const original = textOf(at(object, 'event', 'original'))
  if (original !== undefined && /^\s*<Event[\s>]/.test(original)) {
    const verdict = readRaw('xml', original, options)
    if (verdict.kind !== 'reject') return verdict
  }
  if (isObject(object.winlog)) return judgeShape(ecsShape(object, options.tz), options)
  return {
    kind: 'other',
    code: `Elastic/${firstText(object, 'event.dataset', 'event.module', 'agent.type')?.slice(0, 100)}`,
  }
}
