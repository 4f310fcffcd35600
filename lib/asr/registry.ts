import { isBroadExclusion } from './exclusion.ts'
import { isGuid, normaliseGuid } from './guid.ts'
import { type RegistryValue, readValue, ruleOfValue } from './registry-value.ts'

/**
 * What one 5007 event changed: a rule's state, the exclusions of a rule or of all rules, or a policy switch. Grain: one
 * rule. Everything here is a function of Old Value, New Value and ASR_ID, so a stack of the registry detections, which
 * groups by these, never mixes two meanings.
 *
 * "Disabled" has two meanings, and a row may have one without the other. `disabled` is ours, for complete mode and risk;
 * `faithfulDisabled` is Splunk's, for faithful mode. A store keeps a row under ASR Rule Disabled if it has either, with
 * `disabled` and `faithful` next to it: complete mode shows the rows with `disabled`, faithful mode those with `faithful`,
 * since a row under ASR Rule Disabled that Splunk's registry search returns is also one its disabled search returns.
 */
export type RegistryChange = {
  /** The rule; null for a setting of all rules. */
  ASR_ID: string | null
  Old_Registry_Value: string | null
  New_Registry_Value: string | null
  /** The excluded paths that were added and those that were removed, each sorted. */
  added: readonly string[]
  removed: readonly string[]
  /**
   * All of these paths, sorted and separated by `|`; null if there is none. Windows allows no `|` in a path, but a log may
   * have one: whoever needs the single paths uses `added` and `removed`.
   */
  exclusion: string | null
  /** A rule that was on is off, or the policy switch of all rules was turned off: then ASR_ID is null. */
  disabled: boolean
  /** Protection was lowered without being disabled, a policy switch was turned off, or a broad exclusion was added. */
  weakened: boolean
  /** Splunk's registry search returns it: both values exist, each with a state it knows, the rule as `Rules\<guid> =`. */
  faithful: boolean
  /** Splunk's disabled search returns it: as `faithful`, and the new state is Disabled, whatever the old state was. */
  faithfulDisabled: boolean
}

/** ASR_Rule of a change that is `disabled` and has no ASR_ID. */
export const allRules = 'All rules'

/** States of a rule. Source: learn.microsoft.com attack-surface-reduction-rules-overview. */
const stateNames: Record<number, string> = { 0: 'Disabled', 1: 'Block', 2: 'Audit', 5: 'Not configured', 6: 'Warn' }
/** States in which a rule does something. */
const isOn = (state: string | null): boolean => state === 'Block' || state === 'Audit' || state === 'Warn'
const isOff = (state: string | null): boolean => state === null || state === 'Disabled' || state === 'Not configured'
/** The states Splunk's `case()` knows; any other is null there and drops the row. */
const splunkState = /0x([0126])$/
const splunkRule = /Rules\\[A-Fa-f0-9-]+\s*=/

/** The name of a state logged as `0x1` (DWORD) or `1` (the string value of a group policy); null if there is none. */
export function stateName(content: string | null): string | null {
  const text = content?.trim() ?? ''
  if (text === '') return null
  const number = /^0x[0-9a-f]{1,8}$/i.test(text) || /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  return stateNames[number] ?? `Unknown (${text})`
}

const noChange: RegistryChange = {
  ASR_ID: null,
  Old_Registry_Value: null,
  New_Registry_Value: null,
  added: [],
  removed: [],
  exclusion: null,
  disabled: false,
  weakened: false,
  faithful: false,
  faithfulDisabled: false,
}

const stateChange = (ASR_ID: string, before: string | null, after: string | null): RegistryChange => ({
  ...noChange,
  ASR_ID,
  Old_Registry_Value: before,
  New_Registry_Value: after,
  disabled: isOn(before) && isOff(after),
  weakened: before === 'Block' && (after === 'Audit' || after === 'Warn'),
})

/** A change of one rule. Splunk reads the states from the ends of the values and the rule from New Value, whatever else they are. */
function ruleChange(rule: string, oldValue: string | null, newValue: string | null): RegistryChange {
  const [before, after] = [splunkState.exec(oldValue ?? ''), splunkState.exec(newValue ?? '')]
  const faithful = before !== null && after !== null && splunkRule.test(newValue ?? '')
  const [old, now] = [before?.[0], after?.[0]].map((state, side) =>
    stateName(faithful ? (state ?? null) : (readValue(side === 0 ? oldValue : newValue)?.content ?? null)),
  )
  const change = stateChange(rule, old ?? null, now ?? null)
  return { ...change, faithful, faithfulDisabled: faithful && change.New_Registry_Value === 'Disabled' }
}

type Paths = ReadonlySet<string>

/** The paths of a list with this separator. */
const pathsIn = (text: string, separator: string): Paths =>
  new Set(
    text
      .split(separator)
      .map((path) => path.trim())
      .filter((path) => path !== ''),
  )

/** What changed between two sets of excluded paths; null if nothing did. */
function exclusionChange(ASR_ID: string | null, before: Paths, after: Paths): RegistryChange | null {
  const added = [...after].filter((path) => !before.has(path)).sort()
  const removed = [...before].filter((path) => !after.has(path)).sort()
  if (added.length + removed.length === 0) return null
  const exclusion = [...added, ...removed].sort().join('|')
  return { ...noChange, ASR_ID, added, removed, exclusion, weakened: added.some(isBroadExclusion) }
}

/** `guid=1|{guid}=2` as a map from rule to what follows the first `=`. Entries without a GUID or `=` are skipped; the last of a rule counts. */
function entriesOf(text: string): Map<string, string> {
  const entries = text.split('|').flatMap((part) => {
    const at = part.indexOf('=')
    const id = at === -1 ? '' : normaliseGuid(part.slice(0, at))
    return isGuid(id) ? [[id, part.slice(at + 1).trim()] as const] : []
  })
  return new Map(entries)
}

// biome-ignore lint/plugin: it is never filled.
const noPaths: Paths = new Set()

/** One change for each rule whose entry differs; one without a rule if none does. */
function listChanges(
  before: string,
  after: string,
  changeOf: (id: string, before: string | undefined, after: string | undefined) => RegistryChange | null,
): RegistryChange[] {
  const [old, now] = [entriesOf(before), entriesOf(after)]
  const ids = [...new Set([...old.keys(), ...now.keys()])].sort()
  const changes = ids.flatMap((id) => changeOf(id, old.get(id), now.get(id)) ?? [])
  return changes.length === 0 ? [noChange] : changes
}

const exclusionOfEntry = (id: string, before = '', after = ''): RegistryChange | null =>
  exclusionChange(id, pathsIn(before, '>'), pathsIn(after, '>'))

const isZero = (text: string): boolean => /^(?:0x)?0*$/i.test(text.trim())
const isNumber = (text: string): boolean => /^(?:0x[0-9a-f]+|\d+)$/i.test(text.trim())
/** The policy switch that turns all rules on; the others say whether exclusions apply. */
const rulesSwitch = 'exploitguard_asr_rules'

/**
 * Reads what a 5007 event changed about ASR; empty if neither value is about ASR (most 5007 events are housekeeping).
 * Sources: 5007 texts in the corpus; Defender CSP (`ASRRules`); ESCU 6a1b6cbe and 429d611b for what Splunk would show.
 */
export function readChanges(oldValue: string | null, newValue: string | null): RegistryChange[] {
  const [before, after] = [readValue(oldValue), readValue(newValue)]
  const named = after ?? before
  if (named === null || [before, after].every((value) => value === null || value.setting === 'none')) return []
  const { setting, subject } = named
  /** The values of both sides, as far as they are of the same setting: another one says nothing about this. */
  const same = (value: RegistryValue | null): RegistryValue | null => (value?.setting === setting ? value : null)
  const contents = [same(before)?.content ?? '', same(after)?.content ?? ''] as const
  switch (setting) {
    case 'rule':
      return [ruleChange(subject, oldValue, newValue)]
    case 'rules':
      return listChanges(...contents, (id, old, now) =>
        old === now ? null : stateChange(id, stateName(old ?? null), stateName(now ?? null)),
      )
    case 'rules-exclusions':
      return listChanges(...contents, exclusionOfEntry)
    case 'rule-exclusions': {
      const [old, now] = [before, after].map((value) => {
        const isSame = value?.setting === setting && value.subject === subject
        return isSame ? value.content : ''
      })
      return [exclusionOfEntry(subject, old, now) ?? { ...noChange, ASR_ID: subject }]
    }
    case 'exclusions': {
      const [old, now] = contents.map((content) => pathsIn(content, '|'))
      return [exclusionChange(null, old ?? noPaths, now ?? noPaths) ?? noChange]
    }
    case 'exclusion': {
      const [old, now] = [same(before), same(after)].map((value) => {
        const isThere = value !== null && value.subject !== '' && !(value.isDefault && value.content === '')
        return isThere ? new Set([value.subject]) : noPaths
      })
      return [exclusionChange(null, old ?? noPaths, now ?? noPaths) ?? noChange]
    }
    case 'switch': {
      const [old, now] = [before, after].map((value) => (value?.subject === subject ? value.content : ''))
      const isTurnedOff = subject === rulesSwitch && isNumber(old ?? '') && !isZero(old ?? '') && isZero(now ?? '')
      return [{ ...noChange, disabled: isTurnedOff, weakened: isTurnedOff }]
    }
    case 'other':
      return [noChange]
    case 'none':
      // New Value is about something else, so nothing is known about the setting in Old Value but its rule.
      return [{ ...noChange, ASR_ID: ruleOfValue(oldValue) }]
  }
}
