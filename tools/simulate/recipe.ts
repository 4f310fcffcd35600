import { defenderChannel } from '#lib/asr/channel.ts'
import { templates } from '#lib/asr/templates.ts'
import type { SimulatedEvent } from './event.ts'
import { isoTicks } from './iso-time.ts'
import { otherTemplates } from './other-templates.ts'
import { type RuleName, ruleIds } from './rules.ts'
import { type Context, type FillText, makeCompiler } from './text.ts'
import { usualValues } from './usual-values.ts'

/** How to make one kind of event: its Data names, and a function for the value of each. */
export type Recipe = { code: number; names: readonly string[]; fills: FillText[] }

/** The Data names of any event code the simulator writes. */
export function dataNames(code: number): readonly string[] {
  const names = templates[code] ?? otherTemplates[code]
  if (!names) throw new Error(`event code ${code} has no template`)
  return names
}

/** Compiles the fields of a source or a step; a field it does not name gets its usual value. */
export function makeRecipe(code: number, fields: Record<string, string>, rule?: RuleName): Recipe {
  const names = dataNames(code)
  const unknown = Object.keys(fields).filter((name) => !names.includes(name))
  // A block and an audit share their fields; only an override, which logs fewer, may leave some out.
  if (unknown.length > 0 && code !== 1129) throw new Error(`event ${code} has no field "${unknown.join('", "')}"`)
  const compile = makeCompiler()
  const fills = names.map((name) => {
    if (name === 'ID' && rule) return compile(ruleIds[rule].toUpperCase())
    return compile(fields[name] ?? usualValues[name] ?? '')
  })
  if (rule === 'lsass') swapRolesOnOldPlatforms(names, fills)
  return { code, names, fills }
}

/** Platforms of 2019 log lsass.exe as Path and the program that opened it as Process Name; today it is the other way round. */
function swapRolesOnOldPlatforms(names: readonly string[], fills: FillText[]): void {
  const path = names.indexOf('Path')
  const processName = names.indexOf('Process Name')
  const fillPath = fills[path]
  const fillProcess = fills[processName]
  if (!fillPath || !fillProcess) return
  const isOld = (context: Context) => context.dest.platform.oldRoles
  fills[path] = (context, chosen) => (isOld(context) ? fillProcess : fillPath)(context, chosen)
  fills[processName] = (context, chosen) => (isOld(context) ? fillPath : fillProcess)(context, chosen)
}

const warningCodes = new Set([1116, 1121, 1126])

/** Makes the event and counts up the EventRecordID of its host. */
export function cook({ code, names, fills }: Recipe, context: Context): SimulatedEvent {
  const chosen: string[] = []
  const values: string[] = []
  for (const fill of fills) values.push(fill(context, chosen))
  return logRecord(code, names, values, context)
}

const overrideNames = dataNames(1129)
const overridden = overrideNames.map((name) => dataNames(1121).indexOf(name))

/** The 1129 of a user who allows what the 1121 before had blocked: it takes its values over. */
export function overrideOf(blocked: SimulatedEvent, context: Context): SimulatedEvent {
  const values = overridden.map((index) => blocked.values[index] ?? '')
  return logRecord(1129, overrideNames, values, context)
}

function logRecord(code: number, names: readonly string[], values: string[], context: Context): SimulatedEvent {
  const { dest, time, random } = context
  dest.recordId++
  const isCorrelated = code in templates && code !== 5007 && random.next() < 0.7
  return {
    EventCode: code,
    level: warningCodes.has(code) ? 3 : 4,
    channel: defenderChannel,
    dest: dest.name,
    time: Math.floor(time),
    systemTime: isoTicks(time),
    recordId: dest.recordId,
    activityId: isCorrelated ? `{${random.guid()}}` : '',
    processId: dest.processId,
    threadId: 4 * (200 + random.int(4000)),
    userId: 'S-1-5-18',
    names,
    values,
  }
}
