import { actionOfCode, actionsOfRule, type Kind, type KqlColumn, kqlColumns, pathFunction } from './kql-columns.ts'
import { kqlString, kqlText } from './kql-text.ts'
import { planOf } from './plan.ts'
import type { Copied, Selection } from './selection.ts'
import type { Group, Term } from './term.ts'
import type { Text } from './text.ts'

/** An alternative of the query, or why DeviceEvents cannot have it. */
type Alternative = { conditions: string[]; columns: KqlColumn[] } | { without: string }

const either = (terms: readonly string[]): string => (terms.length === 1 ? (terms[0] ?? '') : `(${terms.join(' or ')})`)

/** The rules that are asked for by complete IDs of which each has ActionTypes; null if the ActionTypes do not say the rule. */
function ruleActions({ column, fits, texts }: Term): string[] | null {
  if (column !== 'ID' || fits === 'none') return null
  const actions = texts.map((text) => (text.kind === 'equals' ? actionsOfRule(text.value) : []))
  return actions.every((some) => some.length > 0) ? actions.flat() : null
}

function actionCondition(kind: Kind, codes: readonly number[], stems: readonly string[] | null): string {
  const actions = codes.flatMap((code) => actionOfCode[code]?.action ?? [])
  if (kind === 'rule' && stems === null)
    return `ActionType matches regex ${kqlString(`^Asr\\w+(${actions.join('|')})$`)}`
  const all = stems === null ? actions : stems.flatMap((stem) => actions.map((action) => stem + action))
  return `ActionType in (${all.map((action) => `"${action}"`).join(', ')})`
}

function alternativeOf(kind: Kind, { codes, terms }: Group): Alternative {
  const byAction = kind === 'rule' ? terms.find((term) => ruleActions(term) !== null) : undefined
  const conditions = [actionCondition(kind, codes, byAction === undefined ? null : ruleActions(byAction))]
  const columns: KqlColumn[] = []
  for (const term of terms) {
    if (term === byAction) continue
    const column = kqlColumns[kind][term.column]
    if (column === undefined) return { without: term.column }
    const found = either(term.texts.map((text) => kqlText(column.name, text)))
    // A missing field is one without any text: the opposite of isnotempty.
    conditions.push(term.fits === 'any' ? found : `isempty(${column.name})`)
    columns.push(column)
  }
  return { conditions, columns }
}

/** Each group as rows of rules and of network protection, with the EventCodes that are neither. */
function byKind(groups: readonly Group[]): { kinds: { kind: Kind; group: Group }[]; others: number[] } {
  const kinds = groups.flatMap((group) =>
    (['rule', 'network'] as const).flatMap((kind) => {
      const codes = group.codes.filter((code) => actionOfCode[code]?.kind === kind)
      return codes.length === 0 ? [] : [{ kind, group: { ...group, codes } }]
    }),
  )
  return { kinds, others: groups.flatMap(({ codes }) => codes.filter((code) => actionOfCode[code] === undefined)) }
}

/** DeviceName has the domain of a host that is in one, which the log may lack. */
const hostCondition = (host: Text): string => {
  const own = kqlText('DeviceName', host)
  if (host.kind !== 'equals' || host.value.includes('.')) return own
  return `(${own} or DeviceName startswith ${kqlString(`${host.value}.`)})`
}

const instant = (time: number): string => `datetime(${new Date(time).toISOString()})`

/**
 * Returns a query over the table DeviceEvents of advanced hunting that finds the rows of the events of a selection. Configuration
 * changes and the events of other policies are not in this table: they are left out, and a comment says so.
 */
export function copyKql(selection: Selection): Copied {
  const plan = planOf(selection)
  if ('refused' in plan) return plan
  const { kinds, others } = byKind(plan.groups)
  const notes = others.length === 0 ? [] : [`DeviceEvents has no rows for ${others.join(', ')}.`]
  const alternatives: { conditions: string[]; columns: KqlColumn[] }[] = []
  for (const { kind, group } of kinds) {
    const alternative = alternativeOf(kind, group)
    if ('conditions' in alternative) alternatives.push(alternative)
    else notes.push(`DeviceEvents has no ${alternative.without} for ${group.codes.join(', ')}.`)
  }
  if (alternatives.length === 0) return { refused: notes.join(' ') }
  const { from, to } = selection
  const columns = new Map(
    alternatives.flatMap((each) => each.columns.map(({ name, expression }) => [name, expression])),
  )
  const [only, ...more] = alternatives.map(({ conditions }) => conditions)
  const where =
    more.length === 0 ? (only ?? []) : [[only ?? [], ...more].map((all) => `(${all.join(' and ')})`).join('\n    or ')]
  return {
    text: [
      ...notes.map((note) => `// ${note}`),
      ...([...columns.values()].some((expression) => expression.startsWith('pathOf(')) ? [pathFunction] : []),
      'DeviceEvents',
      ...(from === null ? [] : [`| where Timestamp >= ${instant(from)}`]),
      // Times are cut to milliseconds.
      ...(to === null ? [] : [`| where Timestamp < ${instant(to + 1)}`]),
      ...plan.hosts.map((host) => `| where ${hostCondition(host)}`),
      ...Array.from(columns, ([name, expression]) => `| extend ${name} = ${expression}`),
      ...where.map((condition) => `| where ${condition}`),
    ].join('\n'),
  }
}
