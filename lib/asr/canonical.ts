import type { LoggedEvent, LoggedField } from './event.ts'
import { normaliseGuid } from './guid.ts'
import { ruleOfValue } from './registry-value.ts'
import { templates } from './templates.ts'

export { ruleOfValue } from './registry-value.ts'

/** The fields the detections count by, read from any template by its own names. Absent or empty is null. */
export type Canonical = {
  ID: string | null
  Process_Name: string | null
  Path: string | null
  Parent_Commandline: string | null
  Target_Commandline: string | null
  User: string | null
  Old_Value: string | null
  New_Value: string | null
  /** Versions of the security intelligence and of the engine. */
  Signature_Version: string | null
  Engine_Version: string | null
}

/** The Data names, in lower case, that a template has for a canonical field. Source: provider manifest. */
const rule = {
  ID: 'id',
  Process_Name: 'process name',
  Path: 'path',
  Parent_Commandline: 'parent commandline',
  Target_Commandline: 'target commandline',
  User: 'user',
}
const network = { ID: 'id', Process_Name: 'process name', Path: 'destination', User: 'user' }
const override = { ID: 'id', Process_Name: 'process name', Path: 'path', User: 'user' }
const policy = { ID: 'id', Process_Name: 'process', Path: 'target', User: 'user' }
const dlp = { ID: 'policy rule id', Process_Name: 'process', Path: 'target', User: 'user sid' }
const configuration = { Old_Value: 'old value', New_Value: 'new value' }

const names: Record<number, Partial<Record<keyof Canonical, string>>> = {
  1121: rule,
  1122: rule,
  1125: network,
  1126: network,
  1129: override,
  1131: policy,
  1132: policy,
  1133: dlp,
  1134: dlp,
  5007: configuration,
}

/** The Data names of versions, in lower case. The first is from before the renaming of 2020, and of 1131 to 1134. */
const versions: readonly (readonly [string, keyof Canonical])[] = [
  ['signature version', 'Signature_Version'],
  ['security intelligence version', 'Signature_Version'],
  ['engine version', 'Engine_Version'],
]

/** Whether the template of an EventCode has a field under the field's own name, as Splunk's `stats … by` needs it. */
export const isOwnField = (EventCode: number, field: string): boolean =>
  (names[EventCode] as Record<string, string> | undefined)?.[field] === field.toLowerCase().replaceAll('_', ' ')

/** The Data name, as Windows writes it, that the template of an EventCode has for a canonical field; null if it has none. */
export const dataName = (EventCode: number, field: keyof Canonical): string | null =>
  templates[EventCode]?.find((name) => name.toLowerCase() === names[EventCode]?.[field]) ?? null

/**
 * Canonical fields by Data name in lower case, and also by each name of the template as Windows writes it; null for a name
 * of the template that is not a canonical field.
 */
type Lookup = ReadonlyMap<string, keyof Canonical | null>

const lookups = new Map<number, Lookup>(
  Object.entries(names).map(([code, fields]) => {
    const own = Object.entries(fields).map(([field, name]) => [name, field as keyof Canonical] as const)
    const lower = new Map([...own, ...versions])
    const template = (templates[Number(code)] ?? []).map(
      (name) => [name, lower.get(name.toLowerCase()) ?? null] as const,
    )
    return [Number(code), new Map([...template, ...lower])]
  }),
)

/** The canonical field that a Data name of the template of an EventCode has, as Windows or Splunk writes it; null if none. */
export function fieldOfData(EventCode: number, name: string): keyof Canonical | null {
  const lookup = lookups.get(EventCode)
  const own = lookup?.get(name)
  return own === undefined ? (lookup?.get(name.toLowerCase()) ?? null) : own
}

/**
 * Reads the canonical fields of one event by the Data names of its template, without regard to case. If a field
 * occurs twice (a header `User=` and a message `User:`), the event's own data counts, not the header.
 */
export function canonicalFields(event: LoggedEvent): Canonical {
  const canonical: Canonical = {
    ID: null,
    Process_Name: null,
    Path: null,
    Parent_Commandline: null,
    Target_Commandline: null,
    User: null,
    Old_Value: null,
    New_Value: null,
    Signature_Version: null,
    Engine_Version: null,
  }
  const fields = lookups.get(event.EventCode)
  const { EventData, UserData, Message } = event.sections
  if (fields !== undefined) for (const section of [EventData, UserData, Message]) readInto(canonical, section, fields)
  if (canonical.ID !== null) canonical.ID = normaliseGuid(canonical.ID) || null
  if (event.EventCode === 5007) canonical.ID = ruleOfValue(canonical.New_Value) ?? ruleOfValue(canonical.Old_Value)
  return canonical
}

function readInto(canonical: Canonical, section: LoggedField[] | undefined, fields: Lookup): void {
  if (section === undefined) return
  for (const [name, value] of section) {
    if (value === '') continue
    let field = fields.get(name)
    if (field === undefined) field = fields.get(name.toLowerCase())
    if (field) canonical[field] ??= value
  }
}
