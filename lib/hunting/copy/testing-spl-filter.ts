import { splMatches } from './testing-spl.ts'

/** A row of a search: its fields as Splunk has them, numbers as text. */
type Row = Readonly<Record<string, string>>
type Test = (row: Row) => boolean

const token = /\s*("(?:[^"\\]|\\[\s\S])*"|!=|[()=,|*]|[\w.-]+)/y
const unquoted = (text: string): string => text.slice(1, -1).replace(/\\([\s\S])/g, '$1')

/** Reads tokens one after the other. */
class Tokens {
  #rest: string[] = []
  constructor(text: string) {
    token.lastIndex = 0
    for (let at = 0; at < text.length; at = token.lastIndex) {
      const [, found] = token.exec(text) ?? []
      if (found === undefined) throw new Error(`Not read from ${text.slice(at, at + 40)}`)
      this.#rest.push(found)
    }
  }
  get next(): string | undefined {
    return this.#rest[0]
  }
  take(wanted?: string): string {
    const taken = this.#rest.shift()
    if (taken === undefined || (wanted !== undefined && taken !== wanted))
      throw new Error(`${wanted ?? 'something'} is missing before ${taken} ${this.#rest.join(' ')}`)
    return taken
  }
  has(wanted: string): boolean {
    if (this.next !== wanted) return false
    this.take()
    return true
  }
}

/** `*` is any text, and case does not matter. */
const searched = (written: string): ((value: string) => boolean) => {
  const parts = unquoted(written).split('*')
  const pattern = parts.map((part) => part.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')).join('.*')
  return (value) => new RegExp(`^(?:${pattern})$`, 'isu').test(value)
}

/** A comparison of the search command: a field, `=` or `IN`, and what it is compared with. */
function compared(tokens: Tokens): Test {
  const field = tokens.take()
  if (tokens.has('IN')) {
    tokens.take('(')
    const values = [tokens.take()]
    while (tokens.has(',')) values.push(tokens.take())
    tokens.take(')')
    return (row) => values.includes(row[field] ?? '')
  }
  tokens.take('=')
  const value = tokens.take()
  if (value === '*') return (row) => (row[field] ?? '') !== ''
  if (!value.startsWith('"')) return (row) => row[field] === value
  const fits = searched(value)
  return (row) => row[field] !== undefined && fits(row[field])
}

/** `coalesce(field, "")` as an expression of `where`. */
function coalesced(tokens: Tokens): (row: Row) => string {
  for (const part of ['coalesce', '(']) tokens.take(part)
  const field = tokens.take()
  for (const part of [',', '""', ')']) tokens.take(part)
  return (row) => row[field] ?? ''
}

function expressed(tokens: Tokens): Test {
  if (tokens.next === 'coalesce') {
    const value = coalesced(tokens)
    for (const part of ['!=', '""']) tokens.take(part)
    return (row) => value(row) !== ''
  }
  if (!tokens.has('match')) return compared(tokens)
  tokens.take('(')
  const value = coalesced(tokens)
  tokens.take(',')
  const regex = unquoted(tokens.take())
  tokens.take(')')
  return (row) => splMatches(regex, value(row))
}

const all =
  (tests: readonly Test[]): Test =>
  (row) =>
    tests.every((test) => test(row))

/** Alternatives of conditions; between these, `where` has AND and `search` has nothing. */
function alternatives(tokens: Tokens, isSearch: boolean): Test {
  const tests: Test[] = []
  do {
    const terms = [condition(tokens, isSearch)]
    while (isSearch ? tokens.next !== undefined && !['OR', ')', '|'].includes(tokens.next) : tokens.has('AND'))
      terms.push(condition(tokens, isSearch))
    tests.push(all(terms))
  } while (tokens.has('OR'))
  return (row) => tests.some((test) => test(row))
}

function condition(tokens: Tokens, isSearch: boolean): Test {
  if (tokens.has('NOT')) {
    const test = condition(tokens, isSearch)
    return (row) => !test(row)
  }
  if (!tokens.has('(')) return isSearch ? compared(tokens) : expressed(tokens)
  const test = alternatives(tokens, isSearch)
  tokens.take(')')
  return test
}

/** Returns whether a row passes the definition of a `_filter` macro: `search` and `where`, one after the other, as Splunk reads them. */
export function splFilter(definition: string): Test {
  if (definition === 'search *') return () => true
  const tokens = new Tokens(definition)
  const commands: Test[] = []
  do {
    const command = tokens.take()
    if (command !== 'search' && command !== 'where') throw new Error(`Not a command of a filter: ${command}`)
    commands.push(alternatives(tokens, command === 'search'))
  } while (tokens.has('|'))
  if (tokens.next !== undefined) throw new Error(`Left over: ${tokens.next}`)
  return all(commands)
}
