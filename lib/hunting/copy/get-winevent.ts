import { defenderChannel } from '#lib/asr/channel.ts'
import { planOf } from './plan.ts'
import type { Copied, Selection } from './selection.ts'
import type { Group, Term } from './term.ts'
import type { Text } from './text.ts'
import { xpathProblem, xpathText, xpathXml } from './xpath-text.ts'

const either = (terms: readonly string[]): string => (terms.length === 1 ? (terms[0] ?? '') : `(${terms.join(' or ')})`)

/** An ID is compared as it is logged: rules in upper case, policies in lower case. */
const spellings = ({ column, texts }: Term): Text[] =>
  texts.flatMap((text) =>
    column === 'ID' && text.kind === 'equals' && text.value !== text.value.toLowerCase()
      ? [text, { ...text, value: text.value.toLowerCase() }]
      : [text],
  )

const dataTerm = (term: Term): string =>
  either(term.names.flatMap((name) => spellings(term).map((text) => xpathText(`Data[@Name='${name}']`, text))))

const xpath = (system: readonly string[], data: string | null): string =>
  `*[System[${system.join(' and ')}]${data === null ? '' : ` and EventData[${data}]`}]`

/** The time is cut to milliseconds, so that the end includes the millisecond. */
function timeTerm({ from, to }: Selection): string[] {
  const bounds = [
    ...(from === null ? [] : [`@SystemTime>='${new Date(from).toISOString()}'`]),
    ...(to === null ? [] : [`@SystemTime<'${new Date(to + 1).toISOString()}'`]),
  ]
  return bounds.length === 0 ? [] : [`TimeCreated[${bounds.join(' and ')}]`]
}

/** A query of one group. XPath of Windows has no not(), so events that have a field they must not have are suppressed. */
function queryOf({ codes, terms }: Group, id: number, hosts: readonly Text[], time: readonly string[]): string[] {
  const code = either(codes.map((each) => `EventID=${each}`))
  const found = terms.filter(({ fits }) => fits === 'any').map(dataTerm)
  const unwanted = terms.filter(({ fits }) => fits === 'none').map(dataTerm)
  const system = [code, ...hosts.map((host) => xpathText('Computer', host)), ...time]
  const select = xpath(system, found.length === 0 ? null : found.join(' and '))
  const element = (name: string, path: string) => `    <${name} Path="${defenderChannel}">${xpathXml(path)}</${name}>`
  return [
    `  <Query Id="${id}" Path="${defenderChannel}">`,
    element('Select', select),
    ...(unwanted.length === 0 ? [] : [element('Suppress', xpath([code], unwanted.join(' or ')))]),
    '  </Query>',
  ]
}

/** Why a group cannot be asked for: the first text that XPath cannot express. */
const problemOf = ({ terms }: Group): string | null =>
  terms.flatMap(({ column, names, texts }) => texts.flatMap((text) => xpathProblem(column, names, text) ?? [])).at(0) ??
  null

/**
 * Returns a PowerShell command that reads the events of a selection from the log of a Windows machine. Its filter compares complete
 * values only. Sources: learn.microsoft.com, Consuming Events, XPath 1.0 limitations; MS-EVEN6 2.2.16, Filter.
 */
export function copyGetWinEvent(selection: Selection): Copied {
  const plan = planOf(selection)
  if ('refused' in plan) return plan
  const refused = plan.hosts.map((host) => xpathProblem('dest', ['Computer'], host)).find((problem) => problem !== null)
  if (refused !== undefined) return { refused }
  const problems = plan.groups.map(problemOf)
  const groups = plan.groups.filter((_, at) => problems[at] === null)
  if (groups.length === 0) return { refused: problems[0] ?? '' }
  const notes = plan.groups.flatMap(({ codes }, at) =>
    problems[at] === null ? [] : [`${codes.join(', ')} left out. ${problems[at]}`],
  )
  const time = timeTerm(selection)
  return {
    text: [
      ...[...plan.leftOut, ...notes].map((note) => `# ${note}`),
      // A here-string ends only at a quote in the first column, and no line below begins with a logged text.
      "Get-WinEvent -FilterXml @'",
      '<QueryList>',
      ...groups.flatMap((group, id) => queryOf(group, id, plan.hosts, time)),
      '</QueryList>',
      "'@",
    ].join('\n'),
  }
}
