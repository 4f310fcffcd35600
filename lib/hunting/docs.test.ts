import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { formRules } from './forms/rules.ts'
import { hintNames, hints } from './hints/hints.ts'

const file = join(import.meta.dirname, '../../docs/hunting.md')

/** A cell of a Markdown table as code, if there is any text. */
const code = (text: string): string => `\`${text.replaceAll('|', '\\|').replaceAll('\0', '␀')}\``

/** A table with columns as wide as their longest cell, as the formatter of the docs writes it. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? '')].length))) ?? []
  const line = (row: readonly string[], fill = ' ') =>
    `| ${row.map((cell, column) => cell + fill.repeat((widths[column] ?? 0) - [...cell].length)).join(' | ')} |`
  const [head = [], ...body] = rows
  return [
    line(head),
    line(
      head.map(() => ''),
      '-',
    ),
    ...body.map((row) => line(row)),
  ].join('\n')
}

const parts: Record<string, string> = {
  forms: table([
    ['rule', 'covers', 'example', 'normalised'],
    ...formRules.map(({ name, covers, kinds, examples: [[logged, form] = ['', '']] }) => [
      name,
      kinds.includes('path') ? covers : `in command lines: ${covers}`,
      code(logged),
      code(form),
    ]),
  ]),
  hints: table([
    ['hint', 'name', 'says that'],
    ...hintNames.map((key) => [code(key), hints[key].name, hints[key].says]),
  ]),
}

// UPDATE_DOCS=1 node --test lib/hunting/docs.test.ts writes the tables.
const update = process.env.UPDATE_DOCS === '1'

for (const [name, expected] of Object.entries(parts))
  test(`the table of ${name} in docs/hunting.md is that of the data`, () => {
    const text = readFileSync(file, 'utf8')
    const pattern = new RegExp(`(<!-- ${name}: [^>]* -->\n)([^]*?)(<!-- /${name} -->)`)
    const found = pattern.exec(text)
    assert.ok(found, `docs/hunting.md has no part ${name}`)
    if (update)
      writeFileSync(
        file,
        text.replace(pattern, (_, start, __, end) => `${start}\n${expected}\n\n${end}`),
      )
    else assert.equal(found[2]?.trim(), expected)
  })
