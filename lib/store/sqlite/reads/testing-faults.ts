import { isName, isQuery, isSign, isWord, keywords, type Node, parsed, shown, split } from './testing-nodes.ts'

/** Words that other databases do not take for a name, among those that are written small here. */
const reserved = new Set(
  `all analyze and any array as asc both case cast check collate column constraint create current_time default desc distinct do
  else end except fetch for foreign from grant group having in intersect into join lateral leading left like limit natural not
  null offset on only or order placing primary references right select session_user some table then to trailing union unique user
  using when where window with`.split(/\s+/),
)
const aggregates = new Set(['avg', 'count', 'group_concat', 'json_group_object', 'max', 'min', 'sum', 'total'])

/** The nodes after a keyword, up to the next clause. */
function clause(core: readonly Node[], ...start: string[]): Node[] {
  const at = core.findIndex((_, index) => start.every((word, further) => isWord(core[index + further], word)))
  if (at < 0) return []
  const rest = core.slice(at + start.length)
  const end = rest.findIndex((node) => isWord(node, 'FROM', 'WHERE', 'GROUP', 'HAVING', 'WINDOW', 'ORDER', 'LIMIT'))
  return end < 0 ? rest : rest.slice(0, end)
}

/** Without `AS name` at its end. */
const unnamed = (item: readonly Node[]): Node[] => (isWord(item.at(-2), 'AS') ? item.slice(0, -2) : [...item])

/** Whether a function is called at a place that gathers the rows of a group, and how many nodes the call has. */
function aggregateAt(nodes: readonly Node[], at: number): number {
  const [name, group] = [nodes[at], nodes[at + 1]]
  if (name?.kind !== 'word' || !aggregates.has(name.text) || group?.kind !== 'group') return 0
  const length = isWord(nodes[at + 2], 'FILTER') ? 4 : 2
  return isWord(nodes[at + length], 'OVER') ? 0 : length
}

const hasAggregate = (nodes: readonly Node[]): boolean =>
  nodes.some(
    (node, at) => aggregateAt(nodes, at) > 0 || (node.kind === 'group' && !isQuery(node) && hasAggregate(node.nodes)),
  )

/** The columns that are read outside aggregates and sub-queries, without their tables. */
function bareColumns(nodes: readonly Node[]): string[] {
  const found: string[] = []
  for (let at = 0; at < nodes.length; at += 1) {
    const [node, next] = [nodes[at], nodes[at + 1]]
    const aggregate = aggregateAt(nodes, at)
    if (aggregate > 0) at += aggregate - 1
    else if (node?.kind === 'group') found.push(...(isQuery(node) ? [] : bareColumns(node.nodes)))
    else if (isName(node) && isSign(next, '.')) continue
    else if (isName(node) && next?.kind !== 'group' && !['true', 'false'].includes(node.text)) found.push(node.text)
    else if (isSign(node, '*') && (at === 0 || isSign(nodes[at - 1], '.'))) found.push('*')
  }
  return found
}

/** Whether nodes compare, outside `CASE … END` and parentheses: what they are is true or false. */
function isCondition(nodes: readonly Node[]): boolean {
  if (nodes.length === 1 && isWord(nodes[0], 'true', 'false')) return true
  let cases = 0
  for (const node of nodes) {
    if (isWord(node, 'CASE')) cases += 1
    else if (isWord(node, 'END')) cases -= 1
    else if (cases > 0) continue
    else if (isSign(node, '=', '<', '>') || (node.kind === 'sign' && /^(<>|<=|>=)$/.test(node.text))) return true
    else if (isWord(node, 'AND', 'BETWEEN', 'EXISTS', 'IN', 'IS', 'LIKE', 'NOT', 'OR')) return true
  }
  return false
}

/** What is wrong with one SELECT, without its sub-queries. */
function faultsOfSelect(core: readonly Node[]): string[] {
  const faults: string[] = []
  const items = split(clause(core, 'SELECT'), (node) => isSign(node, ',')).map((item) =>
    isWord(item[0], 'DISTINCT') ? item.slice(1) : item,
  )
  for (const item of items) {
    if (isCondition(unnamed(item))) faults.push(`a condition is selected as a number: ${shown(item)}`)
  }
  const from = clause(core, 'FROM')
  for (const [index, node] of from.entries()) {
    const before = from[index - 1]
    const isTable = before === undefined || isSign(before, ',') || isWord(before, 'JOIN')
    if (node.kind === 'group' && isTable && !isName(from[index + 1]))
      faults.push(`a table has no name: ${shown([node])}`)
  }
  const grouped = split(clause(core, 'GROUP', 'BY'), (node) => isSign(node, ','))
  const [having, order] = [clause(core, 'HAVING'), clause(core, 'ORDER', 'BY')]
  if (grouped[0]?.length === 0 && !hasAggregate(items.flat())) return faults
  const places = grouped.map(shown)
  const columns = new Set(grouped.flatMap((each) => (isName(each.at(-1)) ? bareColumns(each) : [])))
  const names = items.flatMap((item) => (isWord(item.at(-2), 'AS') ? shown(item.slice(-1)) : []))
  const isGrouped = (item: readonly Node[], index: number) =>
    places.includes(shown(unnamed(item))) || places.includes(String(index + 1))
  const bare = items
    .filter((item, index) => !isGrouped(item, index))
    .flatMap((item) => bareColumns(unnamed(item)))
    .concat(bareColumns(having))
    .filter((column) => !columns.has(column))
    .concat(bareColumns(order).filter((column) => !columns.has(column) && !names.includes(column)))
  return [...faults, ...bare.map((column) => `${column} is not grouped: ${shown(core)}`)]
}

function faultsOfNodes(nodes: readonly Node[]): string[] {
  const faults = split(nodes, (node) => isWord(node, 'UNION')).flatMap((part) => {
    const start = part.findIndex((node) => isWord(node, 'SELECT'))
    return start < 0 ? [] : faultsOfSelect(part.slice(start))
  })
  for (const [index, node] of nodes.entries()) {
    const before = nodes[index - 1]
    if (node.kind === 'word' && /[A-Z]/.test(node.text) && !keywords.has(node.text))
      faults.push(`${node.text} is not quoted`)
    if (node.kind === 'word' && reserved.has(node.text)) faults.push(`${node.text} is a keyword and not quoted`)
    if (node.kind !== 'group') continue
    if (isWord(before, 'IN') && node.nodes.length === 0) faults.push('IN has an empty list')
    const isNumber =
      isWord(before, ...aggregates) || [before, nodes[index + 1]].some((each) => isSign(each, '+', '-', '*', '/'))
    if (isNumber && isCondition(node.nodes) && !isQuery(node)) faults.push(`a condition is a number: ${shown([node])}`)
    faults.push(...faultsOfNodes(node.nodes))
  }
  return faults
}

/**
 * Returns what another database would refuse or answer differently in a statement: names with capitals and keywords without
 * quotes, columns that are neither grouped nor aggregated, sub-queries without a name, empty lists, conditions as numbers, and
 * JSON functions on anything but the codes of a receipt.
 */
export function faultsOf(sql: string): string[] {
  const faults = faultsOfNodes(parsed(sql))
  if (/\bjson_/.test(sql) && !sql.includes('other_codes')) faults.push('JSON is read although a column would do')
  return faults
}
