import { isGuid, normaliseGuid, ruleOfValue } from './canonical.ts'

/** What one 5007 event changed: a rule's state, or an exclusion (then both states are null). Grain: one rule. */
export type RegistryChange = {
  ASR_ID: string | null
  Old_Registry_Value: string | null
  New_Registry_Value: string | null
  /** A rule switched off: set to Disabled, or its value removed. */
  disabled: boolean
  /** Splunk's registry search would return it: both values there, each a state it knows, the rule as `Rules\<guid> =`. */
  faithful: boolean
}

/** States of a rule. Source: learn.microsoft.com attack-surface-reduction-rules-overview. */
const stateNames: Record<number, string> = { 0: 'Disabled', 1: 'Block', 2: 'Audit', 5: 'Not configured', 6: 'Warn' }
/** The states Splunk's `case()` knows; any other is null there and drops the row. */
const splunkState = /0x([0126])$/
const splunkRule = /Rules\\[A-Fa-f0-9-]+\s*=/

const exploitGuard = /\\Windows Defender Exploit Guard\\ASR\\|\\ExploitGuard_ASR_/i
const policyManager = '\\policy manager\\'
const policyList = /\\ASRRules$/i
const exclusionList = /\\ASROnlyPerRuleExclusions$/i

/** Whether a value name is one of ASR's: local, of a group policy, or anywhere under Policy Manager. */
function touchesAsr(name: string): boolean {
  if (exploitGuard.test(name)) return true
  const lower = name.toLowerCase()
  const at = lower.indexOf(policyManager)
  return at !== -1 && lower.indexOf('\\asr', at + policyManager.length - 1) !== -1
}

type Value = { name: string; content: string }

/** Splits `<registry path>\<value name> = <content>` at the last ` = `: paths hold `=` and blanks too. */
function splitValue(text: string | null): Value | null {
  if (text === null) return null
  const at = text.lastIndexOf(' = ')
  if (at !== -1) return { name: text.slice(0, at), content: text.slice(at + 3) }
  return text.endsWith(' =') ? { name: text.slice(0, -2), content: '' } : { name: text, content: '' }
}

/** The name of a state logged as `0x1` (DWORD) or `1` (the string value of a group policy); null where none is there. */
export function stateName(content: string | null): string | null {
  const text = content?.trim() ?? ''
  if (text === '') return null
  const number = /^0x[0-9a-f]{1,8}$/i.test(text) || /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  return stateNames[number] ?? `Unknown (${text})`
}

/** `guid=1|{guid}=2` as a map from rule to what follows the `=`. What is no GUID is passed over. */
function policyEntries(value: Value | null): Map<string, string> {
  const entries = (value?.content ?? '').split('|').flatMap((part) => {
    const at = part.indexOf('=')
    const id = normaliseGuid(at === -1 ? part : part.slice(0, at))
    return isGuid(id) ? [[id, at === -1 ? '' : part.slice(at + 1)] as const] : []
  })
  return new Map(entries)
}

const change = (id: string | null, before: string | null, after: string | null, faithful = false): RegistryChange => ({
  ASR_ID: id,
  Old_Registry_Value: before,
  New_Registry_Value: after,
  disabled: id !== null && (after === 'Disabled' || (after === null && before !== null)),
  faithful,
})

/** One change for each rule whose entry differs, as Policy Manager writes all of them into one value. */
function policyChanges(before: Value | null, after: Value | null, isState: boolean): RegistryChange[] {
  const old = policyEntries(before)
  const now = policyEntries(after)
  const changed = [...new Set([...old.keys(), ...now.keys()])].filter((id) => old.get(id) !== now.get(id))
  if (changed.length === 0) return [change(null, null, null)]
  const state = (text: string | undefined) => (isState ? stateName(text ?? null) : null)
  return changed.sort().map((id) => change(id, state(old.get(id)), state(now.get(id))))
}

/**
 * Reads what a 5007 event changed about ASR; empty where it is about something else (most are housekeeping).
 * Sources: 5007 texts in the corpus; Defender CSP (`ASRRules`); ESCU 6a1b6cbe and 429d611b for what Splunk would show.
 */
export function readChanges(oldValue: string | null, newValue: string | null): RegistryChange[] {
  const before = splitValue(oldValue)
  const after = splitValue(newValue)
  const name = after?.name ?? before?.name ?? ''
  if (![before?.name, after?.name].some((each) => each !== undefined && touchesAsr(each))) return []
  if (policyList.test(name)) return policyChanges(before, after, true)
  if (exclusionList.test(name)) return policyChanges(before, after, false)
  const id = ruleOfValue(newValue) ?? ruleOfValue(oldValue)
  if (id === null || !/\\Rules\\/i.test(name)) return [change(id, null, null)]
  const faithful =
    splunkState.test(oldValue ?? '') && splunkState.test(newValue ?? '') && splunkRule.test(newValue ?? '')
  return [change(id, stateName(before?.content ?? null), stateName(after?.content ?? null), faithful)]
}
