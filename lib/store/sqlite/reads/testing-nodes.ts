/** A word, text, number or sign of a statement; or what is in a pair of parentheses. */
export type Node = { kind: 'word' | 'quoted' | 'text' | 'number' | 'sign'; text: string } | Group
type Group = { kind: 'group'; nodes: Node[] }

const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Za-z_]\w*|\d+(?:\.\d+)?|<>|<=|>=|\|\||\S/g

const kindOf = (text: string): Exclude<Node['kind'], 'group'> => {
  if (text.startsWith("'")) return 'text'
  if (text.startsWith('"')) return 'quoted'
  if (/^[A-Za-z_]/.test(text)) return 'word'
  return /^\d/.test(text) ? 'number' : 'sign'
}

/** The nodes of a statement. */
export function parsed(sql: string): Node[] {
  const open: Node[][] = [[]]
  for (const [text] of sql.matchAll(token)) {
    const nodes = open.at(-1) ?? []
    if (text === '(') open.push([])
    else if (text === ')') {
      open.pop()
      open.at(-1)?.push({ kind: 'group', nodes })
    } else nodes.push({ kind: kindOf(text), text })
  }
  const [nodes] = open
  if (open.length !== 1 || nodes === undefined) throw new Error(`Parentheses do not match: ${sql}`)
  return nodes
}

/** Keywords that the statements contain, all in capitals. Any other word with a capital is a name. */
export const keywords = new Set(
  `ALL AND AS ASC BETWEEN BY CASE CAST CROSS DESC DISTINCT ELSE END ESCAPE EXISTS FILTER FROM FULL GROUP HAVING IN INTEGER IS
  JOIN LEFT LIKE LIMIT MATERIALIZED NOT NULL OFFSET ON OR ORDER OVER PARTITION SELECT THEN UNION VALUES WHEN WHERE WINDOW WITH`.split(
    /\s+/,
  ),
)
export const isWord = (node: Node | undefined, ...texts: string[]): boolean =>
  node?.kind === 'word' && texts.includes(node.text)
export const isSign = (node: Node | undefined, ...texts: string[]): boolean =>
  node?.kind === 'sign' && texts.includes(node.text)
export const isName = (node: Node | undefined): node is Exclude<Node, Group> =>
  node?.kind === 'quoted' || (node?.kind === 'word' && !keywords.has(node.text))
export const isQuery = (node: Node | undefined): boolean =>
  node?.kind === 'group' && isWord(node.nodes[0], 'SELECT', 'WITH')
export const shown = (nodes: readonly Node[]): string =>
  nodes.map((node) => (node.kind === 'group' ? `(${shown(node.nodes)})` : node.text)).join(' ')

/** Nodes between those that end a part. */
export function split(nodes: readonly Node[], isEnd: (node: Node) => boolean): Node[][] {
  const parts: Node[][] = [[]]
  for (const node of nodes) {
    if (isEnd(node)) parts.push([])
    else parts.at(-1)?.push(node)
  }
  return parts
}
