import { guidText, normaliseGuid } from './guid.ts'

/**
 * The ASR settings a registry value can be of, by the form of its name. `rule`: `…\ASR\Rules\<guid> = 0x1`. `rules`:
 * `…\Policy Manager\ASRRules = guid=1|guid=2`. `exclusion`: `…\ASROnlyExclusions\<path> = 0x0`. `exclusions`:
 * `…\ASROnlyExclusions = path|path`. `rule-exclusions`: `…\ASROnlyPerRuleExclusions\<guid> = path>path`.
 * `rules-exclusions`: `…\ASROnlyPerRuleExclusions = guid=path>path|guid=path`. `switch`: `…\ExploitGuard_ASR_* = 0x1`.
 * `other`: any other value of ASR. `none`: a value that is not about ASR.
 */
export type Setting =
  | 'rule'
  | 'rules'
  | 'exclusion'
  | 'exclusions'
  | 'rule-exclusions'
  | 'rules-exclusions'
  | 'switch'
  | 'other'
  | 'none'

export type RegistryValue = {
  setting: Setting
  /** The rule, excluded path or switch in the value name; '' if its form has none. */
  subject: string
  content: string
  /** The value is a default (`Default\…`): the setting is not in the registry. */
  isDefault: boolean
}

const exploitGuard = /\\Windows Defender Exploit Guard\\ASR\\|\\ExploitGuard_ASR_|^Default\\ASR\\/i
const policyManager = /\\Policy Manager\\/i
const asrName = /\\ASR/i
/** What no registry key of ASR contains: the name or the content of another value, or Defender's antivirus exclusions. */
const notInKey = /[:%]| =|\\Exclusions\\/i

/** A value name of a known form, from the key of ASR on. A name that is not a path must be followed by ` =` or the end. */
const ends = '(?= *(?: =|$))'
const nameForm = new RegExp(
  [
    `\\\\ASR\\\\Rules\\\\\\{*(?<rule>${guidText})\\}*${ends}`,
    `\\\\ASROnlyPerRuleExclusions\\\\\\{*(?<ruleExclusions>${guidText})\\}*${ends}`,
    `\\\\(?<list>ASRRules|ASROnlyExclusions|ASROnlyPerRuleExclusions)${ends}`,
    `\\\\(?<policySwitch>ExploitGuard_ASR_\\w+)${ends}`,
    '\\\\ASROnlyExclusions\\\\(?<path>)',
  ].join('|'),
  'i',
)
const lists: Record<string, Setting> = {
  asrrules: 'rules',
  asronlyexclusions: 'exclusions',
  asronlyperruleexclusions: 'rules-exclusions',
}

/** The place where the key or value name of ASR begins in a registry value; -1 if the value is not about ASR. */
function asrPlace(text: string): number {
  const guard = exploitGuard.exec(text)?.index ?? Number.POSITIVE_INFINITY
  const manager = policyManager.exec(text)
  const managed = manager === null ? manager : manager.index + manager[0].length - 1
  const named = managed === null ? null : asrName.exec(text.slice(managed))
  const place = Math.min(guard, managed === null || named === null ? guard : managed + named.index)
  return place === Number.POSITIVE_INFINITY || notInKey.test(text.slice(0, place)) ? -1 : place
}

const afterEquals = (text: string): string => text.replace(/^ *= ?/, '')

/** Splits `<name> = 0x0` of a name that may contain ` = `: only a number or nothing counts as content after the last one. */
function splitAtNumber(text: string): { name: string; content: string } {
  const at = text.lastIndexOf(' =')
  const content = at === -1 ? '' : afterEquals(text.slice(at)).trim()
  return at !== -1 && /^(?:0x[0-9a-f]*|\d*)$/i.test(content)
    ? { name: text.slice(0, at).trim(), content }
    : { name: text.trim(), content: '' }
}

/**
 * Reads `<registry path>\<value name> = <content>` by the form of its value name, since paths and contents may contain
 * ` = ` too; null if there is no value.
 */
export function readValue(text: string | null): RegistryValue | null {
  if (text === null || text === '') return null
  const isDefault = /^Default\\/i.test(text)
  const place = asrPlace(text)
  if (place === -1) return { setting: 'none', subject: '', content: splitAtNumber(text).content, isDefault }
  const rest = text.slice(place)
  const found = nameForm.exec(rest)
  if (found === null || / =|:/.test(rest.slice(0, found.index)))
    return { setting: 'other', subject: '', content: splitAtNumber(text).content, isDefault }
  const { rule, ruleExclusions, list, policySwitch } = found.groups ?? {}
  const tail = rest.slice(found.index + found[0].length).replace(/^[ }]*(?= =|$)/, '')
  const content = afterEquals(tail)
  if (rule !== undefined) return { setting: 'rule', subject: normaliseGuid(rule), content, isDefault }
  if (ruleExclusions !== undefined)
    return { setting: 'rule-exclusions', subject: normaliseGuid(ruleExclusions), content, isDefault }
  if (list !== undefined) return { setting: lists[list.toLowerCase()] ?? 'other', subject: '', content, isDefault }
  if (policySwitch !== undefined) return { setting: 'switch', subject: policySwitch.toLowerCase(), content, isDefault }
  const { name, content: number } = splitAtNumber(rest.slice(found.index + found[0].length))
  return { setting: 'exclusion', subject: name, content: number, isDefault }
}

/** The rule GUID in the value name of a 5007 value such as `…\ASR\Rules\<guid> = 0x1`; null if it names no rule. */
export function ruleOfValue(text: string | null): string | null {
  const value = readValue(text)
  return value?.setting === 'rule' || value?.setting === 'rule-exclusions' ? value.subject : null
}
