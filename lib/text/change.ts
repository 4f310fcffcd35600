import { type RegistryChange, readChanges } from '#lib/asr/registry.ts'
import { readValue } from '#lib/asr/registry-value.ts'

/** What a configuration change is about, for sums of several. */
export type ChangeKind = 'exclusion' | 'rule' | 'switch' | 'setting'

/** A configuration change in words, in two parts: `Exclusion added` and `C:\Users\Public`. Both may contain logged text. */
export type ChangeSentence = { kind: ChangeKind; what: string; how: string }

/** The registry values of a 5007, as logged. */
export type ChangedValues = { Old_Value?: string | null; New_Value?: string | null }
/** A row of a registry detection, in which the text NULL is a missing value, or that text as logged. */
export type ChangedRow = ChangedValues & {
  ASR_ID: string
  Old_Registry_Value?: string
  New_Registry_Value?: string
  Exclusion?: string | null
}
type NameRule = (id: string) => string

const given = (value: string | null | undefined): string | null => value || null
const isNull = (value: string | null | undefined): boolean => given(value) === null || value === 'NULL'

/** The sentence in one text: `Exclusion added: C:\Users\Public`. */
export const sentenceText = ({ what, how }: ChangeSentence): string => (how === '' ? what : `${what}: ${how}`)

/** Returns what a 5007 changed, one sentence for each rule, from its two registry values. There is always at least one. */
export function changeSentences({ Old_Value, New_Value }: ChangedValues, nameRule: NameRule): ChangeSentence[] {
  const [before, after] = [given(Old_Value), given(New_Value)]
  const changes = readChanges(before, after)
  if (changes.length === 0) return [settingSentence(before, after)]
  return changes.map((change) => sentenceOf(change, before, after, nameRule))
}

/** Returns what a row of a registry detection changed: the one change of its 5007 events that it is about. */
export function rowSentence(row: ChangedRow, nameRule: NameRule): ChangeSentence {
  const readings = [row.Old_Value, row.New_Value].map((value) => (isNull(value) ? [null, 'NULL'] : [value ?? null]))
  const [olds = [], news = []] = readings
  const changeOf = (before: string | null, after: string | null) =>
    readChanges(before, after).find((change) => isOfRow(change, row))
  for (const before of olds)
    for (const after of news) {
      const change = changeOf(before, after)
      if (change !== undefined) return sentenceOf(change, before, after, nameRule)
    }
  return settingSentence(olds[0] ?? null, news[0] ?? null)
}

const isOfRow = (change: RegistryChange, row: ChangedRow): boolean =>
  (change.ASR_ID ?? 'NULL') === row.ASR_ID &&
  (change.Old_Registry_Value ?? 'NULL') === row.Old_Registry_Value &&
  (change.New_Registry_Value ?? 'NULL') === row.New_Registry_Value &&
  change.exclusion === (row.Exclusion ?? null)

function sentenceOf(change: RegistryChange, before: string | null, after: string | null, name: NameRule) {
  const { ASR_ID, Old_Registry_Value: old, New_Registry_Value: now, exclusion } = change
  if (exclusion !== null) return exclusionSentence(change, name)
  if (ASR_ID === null || (old === null && now === null)) return settingSentence(before, after)
  return { kind: 'rule' as const, what: name(ASR_ID), how: `${old ?? 'not set'} → ${now ?? 'removed'}` }
}

function exclusionSentence({ ASR_ID, added, removed }: RegistryChange, name: NameRule) {
  const noun = added.length + removed.length === 1 ? 'Exclusion' : 'Exclusions'
  const scope = ASR_ID === null ? '' : ` for ${name(ASR_ID)}`
  const verb = removed.length === 0 ? 'added' : added.length === 0 ? 'removed' : 'changed'
  const how =
    verb === 'changed' ? `${added.join(', ')} added, ${removed.join(', ')} removed` : [...added, ...removed].join(', ')
  return { kind: 'exclusion' as const, what: `${noun} ${verb}${scope}`, how }
}

/** The key of Defender, which every setting has in common, and the mark of a default. */
const commonKey = /^(?:(?:HKLM|HKEY_LOCAL_MACHINE)\\SOFTWARE\\(?:Policies\\)?Microsoft\\Windows Defender\\|Default\\)/i

/** The start of a value whose name is an excluded path. */
const exclusionKey = /^[^=:]*\\(?:Exclusions\\\w+|ASROnlyExclusions)\\/i

/** A registry value as the name of its setting and its content; null if there is none. */
function readSetting(text: string | null): { name: string; content: string } | null {
  if (text === null) return null
  // Only an excluded path may contain ` =`; then only a number or nothing at the end is content. Any content may contain ` =`.
  const [first, last] = [text.indexOf(' ='), text.lastIndexOf(' =')]
  const hasNumber = /^ = ?(?:0x[0-9a-f]+|\d+)?$/i.test(text.slice(last))
  const at = !exclusionKey.test(text) ? first : hasNumber ? last : -1
  const [name, content] = at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 2).trim()]
  const isDefault = /^Default\\/i.test(name)
  return { name: name.replace(commonKey, ''), content: `${content || 'empty'}${isDefault ? ' (default)' : ''}` }
}

/** Names of settings that have plain words. `$1` is the rest of the name. */
const words: [RegExp, ChangeKind, string][] = [
  [/^(?:.*\\)?ExploitGuard_ASR_Rules$/i, 'switch', 'Policy switch of all ASR rules'],
  [/^(?:.*\\)?ExploitGuard_ASR_(\w+)$/i, 'switch', 'ASR policy switch $1'],
  [/^Real-Time Protection\\(.+)$/i, 'setting', 'Real-time setting $1'],
  [/^(DisableRealtimeMonitoring)$/i, 'setting', 'Real-time setting $1'],
]
const antivirusExclusion = /^Exclusions\\(?:Paths|Extensions|Processes|IpAddresses|TemporaryPaths)\\(.+)$/is
const lists = ['rules', 'exclusions', 'rules-exclusions', 'rule-exclusions', 'exclusion']

/** A change of one setting by its name; nothing of its meaning is known. */
function settingSentence(before: string | null, after: string | null): ChangeSentence {
  const [old, now] = [readSetting(before), readSetting(after)]
  const name = now?.name ?? old?.name
  if (name === undefined) return { kind: 'setting', what: 'Configuration changed', how: 'its values were not logged' }
  const excluded = antivirusExclusion.exec(name)?.[1]
  if (excluded !== undefined && (old === null || now === null))
    return { kind: 'exclusion', what: `Antivirus exclusion ${now === null ? 'removed' : 'added'}`, how: excluded }
  const setting = readValue(after ?? before)?.setting ?? 'none'
  if (lists.includes(setting) && old?.name === now?.name)
    return { kind: 'setting', what: `Setting ${name}`, how: 'written again, nothing changed' }
  const [form, kind, text] = words.find(([pattern]) => pattern.test(name)) ?? [/^(.*)$/s, 'setting', 'Setting $1']
  if (old !== null && now !== null && old.name !== now.name)
    return { kind: 'setting', what: 'Settings', how: `${old.name}: ${old.content} → ${now.name}: ${now.content}` }
  return { kind, what: name.replace(form, text), how: `${old?.content ?? 'not set'} → ${now?.content ?? 'removed'}` }
}

const nouns: Record<ChangeKind, [one: string, many: string]> = {
  exclusion: ['exclusion', 'exclusions'],
  rule: ['rule', 'rules'],
  switch: ['policy switch', 'policy switches'],
  setting: ['other setting', 'other settings'],
}

/** How many of the sentences have each key, the most frequent first. */
function tally(sentences: readonly ChangeSentence[], key: (sentence: ChangeSentence) => string): [string, number][] {
  const counts = Map.groupBy(sentences, key)
  return [...counts].map(([name, of]): [string, number] => [name, of.length]).sort(([, a], [, b]) => b - a)
}

/** Returns several changes in one sentence: their own if they are all the same, else how many there are of each kind. */
export function sumOfChanges(sentences: readonly ChangeSentence[]): ChangeSentence {
  const [first] = sentences
  if (first === undefined) return settingSentence(null, null)
  const texts = new Set(sentences.map(sentenceText))
  if (texts.size === 1) return first
  const kinds = new Set(sentences.map(({ kind }) => kind))
  const parts =
    kinds.size === 1
      ? tally(sentences, first.kind === 'setting' ? ({ what }) => what.replace(/^Setting /, '') : sentenceText).map(
          ([text, count]) => (count === 1 ? text : `${text} (${count})`),
        )
      : (Object.keys(nouns) as ChangeKind[]).flatMap((kind) => {
          const count = sentences.filter((sentence) => sentence.kind === kind).length
          return count === 0 ? [] : [`${count} ${nouns[kind][count === 1 ? 0 : 1]}`]
        })
  const what = `${sentences.length} configuration changes`
  return { kind: first.kind, what, how: parts.join(kinds.size === 1 ? '; ' : ', ') }
}

/**
 * The sentence of changes that were not looked at one by one. Counts in sentences have no thin spaces, which the screen would mark as
 * hidden characters of a log.
 */
export const unparsedChanges = (count: number): ChangeSentence => ({
  kind: 'setting',
  what: count === 1 ? 'Configuration change' : `${count} configuration changes`,
  how: 'open to see which',
})
