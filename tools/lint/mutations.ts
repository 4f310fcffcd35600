import { loadBindings, parse } from 'next/dist/build/swc/index.js'

await loadBindings()

type Node = { type: string } & Record<string, unknown>

const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string'

/** The nodes in a part of the tree, that part first. What `into` refuses is not entered. */
function* nodesIn(part: unknown, into: (node: Node) => boolean = () => true): Generator<Node> {
  if (typeof part !== 'object' || part === null) return
  if (isNode(part)) {
    yield part
    if (!into(part)) return
  }
  for (const child of Object.values(part)) yield* nodesIn(child, into)
}

const functions = [
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassMethod',
  'MethodProperty',
]
const isFunction = ({ type }: Node): boolean => functions.includes(type)

/** The names that patterns declare; a default value in one counts too. */
const namesIn = (patterns: unknown): string[] =>
  [...nodesIn(patterns, ({ type }) => type !== 'TsTypeAnnotation')].flatMap(({ type, value }) =>
    type === 'Identifier' ? [value as string] : [],
  )

/** The names that a function declares: its parameters, and variables anywhere in it. */
const declaredIn = (node: Node): string[] => [
  ...namesIn(node.params),
  ...[...nodesIn(node.body)].flatMap(({ type, id, param }) =>
    type === 'VariableDeclarator' ? namesIn(id) : type === 'CatchClause' ? namesIn(param) : [],
  ),
]

const mutators =
  'set add delete clear push pop shift unshift splice sort reverse fill copyWithin append enterWith'.split(' ')

/** What an expression changes, if it changes an object or a collection: the node that has it. */
function changedBy(node: Node): unknown {
  if (node.type === 'AssignmentExpression') return memberOf(node.left)
  if (node.type === 'UpdateExpression') return memberOf(node.argument)
  if (node.type === 'UnaryExpression' && node.operator === 'delete') return memberOf(node.argument)
  if (node.type !== 'CallExpression' || !isNode(node.callee)) return null
  const { object, property } = node.callee as Node & { object?: Node; property?: Node }
  if (object?.value === 'Object' && ['assign', 'defineProperty'].includes(String(property?.value)))
    return (node.arguments as { expression: Node }[])[0]?.expression
  return mutators.includes(String(property?.value)) ? object : null
}

const memberOf = (node: unknown): unknown => (isNode(node) && node.type === 'MemberExpression' ? node.object : null)

/** The name that a chain of members begins with; null if it begins with something else. */
function rootOf(node: unknown): string | null {
  if (!isNode(node)) return null
  if (node.type === 'Identifier') return node.value as string
  return rootOf(node.type === 'MemberExpression' ? node.object : node.expression)
}

/** The names of a module's constants, and of what it imports of other modules of this project. State of `shared()` is left out. */
function namesOf(body: Node[]): string[] {
  return body.flatMap((item) => {
    if (item.type === 'ImportDeclaration') {
      const { value } = item.source as { value: string }
      const specifiers = item.specifiers as { local: { value: string } }[]
      return /^[#.]/.test(value) ? specifiers.map(({ local }) => local.value) : []
    }
    const declaration = (item.type === 'ExportDeclaration' ? item.declaration : item) as Node
    if (declaration.type !== 'VariableDeclaration') return []
    const kept = (declaration.declarations as { id: Node; init: Node | null }[]).filter(
      ({ init }) => (init?.callee as Node | undefined)?.value !== 'shared',
    )
    return kept.flatMap(({ id }) => namesIn(id))
  })
}

/**
 * The constants of a module, and of the modules that it imports, that a function of it changes: such a constant is state.
 * What the module fills while it is loaded is not.
 */
export async function mutatedIn(source: string, filename: string): Promise<string[]> {
  const { body } = (await parse(source, { filename })) as { body: Node[] }
  const found = new Set<string>()
  const visit = (part: unknown, names: readonly string[], inFunction: boolean): void => {
    if (typeof part !== 'object' || part === null) return
    if (!isNode(part)) {
      for (const child of Object.values(part)) visit(child, names, inFunction)
      return
    }
    const root = inFunction ? rootOf(changedBy(part)) : null
    if (root !== null && names.includes(root)) found.add(root)
    const own = isFunction(part) ? declaredIn(part) : []
    const left = own.length === 0 ? names : names.filter((name) => !own.includes(name))
    for (const child of Object.values(part)) visit(child, left, inFunction || isFunction(part))
  }
  visit(body, namesOf(body), false)
  return [...found]
}
