import { sigmaText } from './sigma-text.ts'
import type { Group, Term } from './term.ts'
import type { Text } from './text.ts'
import { yamlText } from './yaml-text.ts'

/** Sigma's field of a Data name: without its blanks (Sigma specification 2.1.0, Field Usage). */
export const sigmaField = (name: string): string => name.replaceAll(' ', '')

/** One line of a map, and its key. */
type Line = { key: string; text: string }

const lineOf = (name: string, text: Text): Line => {
  const { modifier, value } = sigmaText(text)
  const key = `${sigmaField(name)}${modifier}`
  return { key, text: `${key}: ${yamlText(value)}` }
}

/** A search identifier: its name, and the lines of its map or of its list of maps. */
export type Identifier = { name: string; lines: string[] }

/** A list of maps, of which one must fit. */
const anyOf = (name: string, lines: readonly string[]): Identifier => ({
  name,
  lines: lines.map((line) => `- ${line}`),
})

/** A field that was not logged: most tools store it as null, some as an empty text. */
const missing = (field: string, name: string): Identifier => anyOf(name, [`${field}: null`, `${field}: ''`])

/** A group as search identifiers, and the condition over them. `name` is that of its first. */
export function detectionOf(
  { codes, terms }: Group,
  hosts: readonly Text[],
  name: string,
): { identifiers: Identifier[]; condition: string } {
  const codeLines = codes.length === 1 ? [`EventID: ${codes[0]}`] : ['EventID:', ...codes.map((code) => `  - ${code}`)]
  const main: Identifier = { name, lines: codeLines }
  const keys = new Set<string>()
  const identifiers = [main]
  const conditions = [name]
  const add = (identifier: Identifier, negation = ''): void => {
    identifiers.push(identifier)
    conditions.push(`${negation}${identifier.name}`)
  }
  /** The field goes into the map of the group; one that is there already needs a map of its own. */
  const demand = (line: Line): void => {
    if (keys.has(line.key)) add({ name: `${name}_and_${identifiers.length}`, lines: [line.text] })
    else main.lines.push(line.text)
    keys.add(line.key)
  }
  for (const host of hosts) demand(lineOf('Computer', host))
  for (const { names, fits, texts, isMissing } of terms.map(withMissing)) {
    const lines = names.flatMap((each) => texts.map((text) => lineOf(each, text)))
    const [only] = lines
    if (isMissing) for (const each of names) add(missing(sigmaField(each), `${name}_no_${sigmaField(each)}`))
    else if (fits === 'any' && lines.length === 1 && only !== undefined) demand(only)
    else {
      const texts = lines.map(({ text }) => text)
      add(anyOf(`${name}_${fits}_${identifiers.length}`, texts), fits === 'any' ? '' : 'not ')
    }
  }
  return { identifiers, condition: conditions.join(' and ') }
}

const withMissing = (term: Term): Term & { isMissing: boolean } => ({
  ...term,
  isMissing:
    term.fits === 'none' && term.names.length > 0 && term.texts.every((text) => sigmaText(text).value === '?*'),
})
