import { planOf } from './plan.ts'
import type { Copied, Selection } from './selection.ts'
import { either, isSearchable, splTerm, splText } from './spl-text.ts'
import type { Group } from './term.ts'

/** A time as Splunk's search has it: seconds since 1970 UTC. */
const seconds = (time: number): string => (time / 1000).toFixed(3)

const codeList = (codes: readonly number[]): string =>
  codes.length === 1 ? `EventCode=${codes[0]}` : `EventCode IN (${codes.join(', ')})`

const inSearch = ({ codes, terms }: Group): string =>
  [codeList(codes), ...terms.map((term) => splTerm(term, 'search'))].join(' ')

const inWhere = ({ terms }: Group): string[] => terms.map((term) => splTerm(term, 'where'))

const withCode = (group: Group): string => {
  const anyCode = either(group.codes.map((code) => `EventCode=${code}`))
  return `(${[anyCode, ...inWhere(group)].join(' AND ')})`
}

/**
 * Returns a search over the macro of Splunk's analytic story that finds the events of a selection. Fields are those that Splunk
 * extracts for each EventCode. A value that the search command cannot contain is compared in `where`, by a regular expression.
 */
export function copySpl(selection: Selection): Copied {
  const plan = planOf(selection)
  if ('refused' in plan) return plan
  const { hosts, groups, leftOut } = plan
  const isPlain = [...hosts, ...groups.flatMap(({ terms }) => terms.flatMap(({ texts }) => texts))].every(isSearchable)
  const { from, to } = selection
  const base = [
    '`ms_defender`',
    ...(from === null ? [] : [`earliest=${seconds(from)}`]),
    // Splunk's end is not part of the range, and times are cut to milliseconds.
    ...(to === null ? [] : [`latest=${seconds(to + 1)}`]),
  ]
  const notes = leftOut.map((note) => `\`\`\`${note}\`\`\`\n`).join('')
  const hostTerms = (by: 'search' | 'where') => hosts.map((host) => either(splText(['host'], host, by)))
  if (isPlain) {
    const alternatives = groups.map(inSearch)
    const [only = ''] = alternatives
    const any = alternatives.length === 1 ? only : `(${alternatives.map((each) => `(${each})`).join(' OR ')})`
    return { text: `${notes}${[...base, ...hostTerms('search'), any].join(' ')}` }
  }
  const [first, ...more] = groups
  // The search already asks for the codes of a single group.
  const any = first !== undefined && more.length === 0 ? inWhere(first) : [`(${groups.map(withCode).join(' OR ')})`]
  const where = [...hostTerms('where'), ...any].join(' AND ')
  const all = codeList(groups.flatMap(({ codes }) => codes))
  return { text: `${notes}${[...base, all].join(' ')}\n| where ${where}` }
}
