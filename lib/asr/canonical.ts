import type { LoggedEvent, LoggedField } from './event.ts'

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
}

/** The Data names, in lower case, that stand for a canonical field in a template. Source: provider manifest. */
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

const inverted = new Map<number, Map<string, keyof Canonical>>(
  Object.entries(names).map(([code, fields]) => [
    Number(code),
    new Map(Object.entries(fields).map(([field, name]) => [name, field as keyof Canonical])),
  ]),
)

const guidText = '[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}'
const guid = new RegExp(`^${guidText}$`)

/** A rule GUID as every table spells it: no braces, no blanks around it, upper case. */
export const normaliseGuid = (text: string): string => text.replace(/[{}]/g, '').trim().toUpperCase()

const ruleInValueName = new RegExp(`\\\\ASR\\\\(?:Rules|ASROnlyPerRuleExclusions)\\\\\\{?(${guidText})\\}? *$`, 'i')

/** The rule GUID in the value name of a 5007 value such as `…\ASR\Rules\<guid> = 0x1`, or null where it names no rule. */
export function ruleOfValue(value: string | null): string | null {
  if (value === null) return null
  const split = value.lastIndexOf(' = ')
  const found = ruleInValueName.exec(split === -1 ? value.replace(/ =$/, '') : value.slice(0, split))?.[1]
  return found === undefined ? null : normaliseGuid(found)
}

/**
 * Reads the canonical fields of one event by the Data names of its template, without regard to case. Where a field
 * stands twice (a header `User=` and a message `User:`), the event's own data counts, not the header.
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
  }
  const fields = inverted.get(event.EventCode)
  const { EventData, UserData, Message } = event.sections
  if (fields !== undefined) for (const section of [EventData, UserData, Message]) readInto(canonical, section, fields)
  if (canonical.ID !== null) canonical.ID = normaliseGuid(canonical.ID) || null
  if (event.EventCode === 5007) canonical.ID = ruleOfValue(canonical.New_Value) ?? ruleOfValue(canonical.Old_Value)
  return canonical
}

function readInto(
  canonical: Canonical,
  section: LoggedField[] | undefined,
  fields: Map<string, keyof Canonical>,
): void {
  for (const [name, value] of section ?? []) {
    const field = value === '' ? undefined : (fields.get(name) ?? fields.get(name.toLowerCase()))
    if (field !== undefined) canonical[field] ??= value
  }
}

/** Whether a text is a GUID without braces. */
export const isGuid = (text: string): boolean => guid.test(text)
