import { defenderChannel, otherCode } from '#lib/asr/channel.ts'
import type { LoggedField } from '#lib/asr/event.ts'
import { ruleOfAction } from '#lib/formats/defender-hunting/rule-of-action.ts'
import { firstText, flatten, isObject, type Json, type JsonObject, parseJson, textOf } from '#lib/formats/json/value.ts'
import type { ReadOptions } from '#lib/formats/outcome.ts'
import { judgeShape } from '#lib/formats/shape.ts'
import { readEnglish } from '#lib/formats/times/english.ts'
import { readStamp } from '#lib/formats/times/stamp.ts'
import type { Verdict } from '#lib/formats/verdict.ts'

export const isHunting = (object: JsonObject): boolean => 'ActionType' in object && 'DeviceName' in object

/** ActionTypes and the events behind them. Microsoft's table has 1121 and 1122 the wrong way round. */
const actions: [RegExp, number][] = [
  [/^(Asr\w+)Blocked$/, 1121],
  [/^(Asr\w+)Audited$/, 1122],
  [/^(Asr\w+)WarnBypassed$/, 1129],
  [/^ExploitGuardNetworkProtectionAudited$/, 1125],
  [/^ExploitGuardNetworkProtectionBlocked$/, 1126],
]

type Action = { stem: string; EventCode: number }

function readAction(type: string): Action | null {
  for (const [shape, EventCode] of actions) {
    const match = shape.exec(type)
    if (match) return { stem: match[1] ?? '', EventCode }
  }
  return null
}

/** `RuleId` of AdditionalFields, which is JSON within the export, in whichever case it is written. */
function ruleId(fields: Json | undefined): string | null {
  try {
    const object = typeof fields === 'string' ? parseJson(fields) : (fields ?? null)
    if (!isObject(object)) return null
    const key = Object.keys(object).find((name) => name.toLowerCase() === 'ruleid')
    return (key !== undefined && textOf(object[key])) || null
  } catch {
    // Not JSON: the record is kept without its rule.
    return null
  }
}

/** Folder and file as one path: the folder has the file's name in it already, or not. */
function pathOf(folder: string | undefined, file: string | undefined): string {
  if (!folder || !file) return folder ?? file ?? ''
  const isComplete = folder.toLowerCase().endsWith(`\\${file.toLowerCase()}`)
  return isComplete ? folder : `${folder.replace(/\\$/, '')}\\${file}`
}

function userOf(object: JsonObject): string {
  for (const prefix of ['', 'InitiatingProcess']) {
    const name = firstText(object, `${prefix}AccountName`)
    const domain = firstText(object, `${prefix}AccountDomain`)
    if (name !== undefined) return domain === undefined ? name : `${domain}\\${name}`
  }
  return ''
}

/** The Data of the Windows event, as far as the row has them. */
function eventData(object: JsonObject, { stem, EventCode }: Action): LoggedField[] {
  const text = (name: string) => firstText(object, name) ?? ''
  const acting = pathOf(
    firstText(object, 'InitiatingProcessFolderPath'),
    firstText(object, 'InitiatingProcessFileName'),
  )
  const path = pathOf(firstText(object, 'FolderPath'), firstText(object, 'FileName'))
  const isNetwork = EventCode === 1125 || EventCode === 1126
  const own: LoggedField[] = isNetwork
    ? [['Destination', text('RemoteUrl') || text('RemoteIP')]]
    : [
        ['ID', ruleId(object.AdditionalFields) ?? ruleOfAction(stem) ?? ''],
        ['Path', path],
        ['Target Commandline', text('ProcessCommandLine')],
        ['Parent Commandline', text('InitiatingProcessCommandLine')],
      ]
  return [...own, ['User', userOf(object)], ['Process Name', acting]]
}

const readTime = (text: string, tz: string): number | null => readStamp(text) ?? readEnglish(text, tz)

/**
 * Judges a row of the table DeviceEvents (advanced hunting in the Defender portal, or Sentinel). The portal keeps one
 * event for a process and an hour. Source: learn.microsoft.com advanced-hunting-deviceevents-table; the schema
 * reference in the portal for AdditionalFields.
 */
export function readHunting(
  object: JsonObject,
  options: ReadOptions,
  clock: (text: string, tz: string) => number | null = readTime,
): Verdict {
  const type = firstText(object, 'ActionType') ?? ''
  const action = readAction(type)
  if (!action && type !== '') return { kind: 'other', code: otherCode('DeviceEvents', type.slice(0, 100)) }
  const utc = firstText(object, 'Timestamp [UTC]', 'TimeGenerated [UTC]')
  const claims = {
    channel: defenderChannel,
    eventCode: action ? String(action.EventCode) : undefined,
    dest: firstText(object, 'DeviceName'),
    recordId: undefined,
    time: utc ?? firstText(object, 'Timestamp', 'TimeGenerated'),
  }
  const body = () => ({
    sections: { System: flatten(object), EventData: action ? eventData(object, action) : [] },
  })
  return judgeShape({ claims, readTime: (text) => clock(text, utc === undefined ? options.tz : 'UTC'), body }, options)
}
