import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { mutatedIn } from './mutations.ts'

const root = join(import.meta.dirname, '../..')

test('a constant that a function changes is found, whatever it was made from', async () => {
  const change = (made: string, changed: string) =>
    mutatedIn(`export const kept = ${made}\nexport function f(key: string) { ${changed} }`, 'a.ts')
  for (const [made, changed] of [
    ["new Map([['a', 1]])", 'kept.set(key, 2)'],
    ['new Set([1])', 'if (key) kept.add(2)'],
    ['new Set([1])', 'const add = () => kept.delete(1); return add'],
    ['[1]', 'kept.push(2)'],
    ['[1, 2].map(Number)', 'kept.sort()'],
    ['[1]', 'kept[0] = 2'],
    ['{ a: 1 }', 'kept.a += 1'],
    ['{ a: { b: 1 } }', 'kept.a.b++'],
    ['{ a: [1] } as { a: number[] }', '(kept as { a: number[] }).a.push(1)'],
    ['{ a: [1] } as { a?: number[] }', 'kept.a!.push(1)'],
    ['{}', 'delete kept[key]'],
    ['{}', 'Object.assign(kept, { key })'],
    ['makeOne()', 'kept.last = key'],
  ] as const)
    assert.deepEqual(await change(made, changed), ['kept'], `${made}; ${changed}`)
})

test('a constant of another module that is changed is found', async () => {
  assert.deepEqual(await mutatedIn("import { kept } from './b.ts'\nexport const f = () => kept.push(1)", 'a.ts'), [
    'kept',
  ])
  assert.deepEqual(
    await mutatedIn("import * as all from '#lib/b.ts'\nexport const f = () => all.kept.clear()", 'a.ts'),
    ['all'],
  )
})

test('what is read, copied, of the function itself, filled while the module is loaded, or shared is not found', async () => {
  for (const source of [
    "const kept = new Map([['a', 1]])\nexport const f = (key: string) => kept.get(key)",
    'const kept = [2, 1]\nexport const f = () => [...kept].sort().concat(kept.toSorted())',
    'const kept = [1]\nexport function f() { const kept: number[] = []; kept.push(1); return kept }',
    'const kept = [1]\nexport function f(kept: number[]) { kept.push(1) }',
    'const kept = [1]\nexport function f(all: number[][]) { for (const kept of all) kept.push(1) }',
    'const kept: string[] = []\nfor (const each of [1, 2]) kept.push(String(each))',
    "const kept = shared('name', () => ({ last: 0 }))\nexport function f() { kept.last = 1 }",
    "import { nextTick } from 'node:process'\nexport function f() { nextTick.name = '' }",
  ])
    assert.deepEqual(await mutatedIn(source, 'a.ts'), [], source)
})

test('no function of lib or app changes a constant of a module, but for the caches that say so', async () => {
  const files = globSync('{lib,app}/**/*.{ts,tsx}', { cwd: root }).filter(
    (path) => !/\.test\.tsx?$|\/testing[^/]*$/.test(path),
  )
  assert.ok(files.length > 300, `${files.length} files`)
  const wrong: string[] = []
  for (const path of files) {
    const source = readFileSync(join(root, path), 'utf8')
    for (const name of await mutatedIn(source, path)) {
      const isCache = new RegExp(`// biome-ignore lint/plugin: a cache [^\\n]+\\n(export )?const ${name}\\b`).test(
        source,
      )
      if (!isCache) wrong.push(`${path}: ${name}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('the lint rule refuses variables and empty collections of a module, exported and annotated too', () => {
  const folder = mkdtempSync(join(tmpdir(), 'asr-hunt-test-'))
  try {
    const plugins = [join(import.meta.dirname, 'module-state.grit')]
    writeFileSync(join(folder, 'biome.json'), JSON.stringify({ linter: { rules: { preset: 'none' } }, plugins }))
    const lines = [
      'let a = 1',
      'export let b = 1',
      'const c = new Map()',
      'export const d: Map<string, number> = new Map<string, number>()',
      'const e = new WeakMap()',
      'const f = globalThis as { x?: string }',
      "const g = new Map([['a', 1]])",
      'const h = (): number => { let i = 1; const j = new Set(); return i + j.size }',
      'export const k = 1',
    ]
    writeFileSync(join(folder, 'a.ts'), lines.join('\n'))
    const biome = join(root, 'node_modules/.bin/biome')
    const { stdout } = spawnSync(biome, ['lint', '--reporter=json', 'a.ts'], { cwd: folder, encoding: 'utf8' })
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: { category: string; location: { start: { line: number } } }[]
    }
    const found = diagnostics.filter(({ category }) => category === 'plugin').map(({ location }) => location.start.line)
    assert.deepEqual(found.sort(), [1, 2, 3, 4, 5, 6])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
