import type { TextKind } from '../forms/rule.ts'
import { type HintKey, hints, hintsOfMask } from './hints.ts'
import { findingsIn, textHints } from './text-hints.ts'

/** The fields that hints are about, and what they contain. */
export const hintFields = {
  Process_Name: 'path',
  Path: 'path',
  Parent_Commandline: 'command',
  Target_Commandline: 'command',
} as const satisfies Record<string, TextKind>
export type HintField = keyof typeof hintFields
const fieldNames = Object.keys(hintFields) as HintField[]

export type Hinted = { ID: string | null; EventCode: number } & Record<HintField, string | null>

/** One hint about one field, and why. */
export type Hint = { hint: HintKey; field: HintField; reason: string }

/** Rules that give a hint its meaning: untrusted programs on USB, and LSASS (`asr_rules.csv`). */
export const usbRule = 'B2B3F03D-6A65-4F7B-A9C7-1C7EF74A9BA4'
export const lsassRule = '9E6C4E1F-7D60-472F-BA1A-A39EF669E4B2'

const { removable, swappedRoles } = hints

/** Which hints of a field's own mask hold for an event of this rule, given the masks of Process_Name and Path. */
function held(ID: string | null, field: HintField, masks: Record<HintField, number>): number {
  let mask = masks[field]
  if (ID !== usbRule) mask &= ~removable.bit
  const isSwapped = ID === lsassRule && field === 'Process_Name' && (masks.Path & swappedRoles.bit) === 0
  return isSwapped ? mask : mask & ~swappedRoles.bit
}

/**
 * Returns the mask of all hints of an event from those of its texts (`textHints`, 0 for a missing one). It needs the rule, as an
 * upper-case GUID without braces.
 */
export function hintsOfMasks(ID: string | null, masks: Record<HintField, number>): number {
  return fieldNames.reduce((mask, field) => mask | held(ID, field, masks), 0)
}

/** Returns the hints of an event or a stack, by field, each once for a field with the first reason. */
export function hintsOf({ ID, ...fields }: Hinted): Hint[] {
  const masks = Object.fromEntries(
    fieldNames.map((field) => [field, fields[field] === null ? 0 : textHints(hintFields[field], fields[field])]),
  ) as Record<HintField, number>
  return fieldNames.flatMap((field) => {
    const found = findingsIn(hintFields[field], fields[field] ?? '')
    return hintsOfMask(held(ID, field, masks)).flatMap((hint) => {
      const reason = found.find((each) => each.hint === hint)?.reason
      return reason === undefined ? [] : [{ hint, field, reason }]
    })
  })
}
