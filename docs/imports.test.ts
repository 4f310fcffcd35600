import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '..')

/**
 * Which folders the files of a folder may import, besides their own: imports point down. Test files and what only they use
 * (`testing*.ts`) may import anything.
 */
const below: Record<string, readonly string[]> = {
  'lib/process': [],
  'lib/log': ['lib/process'],
  'lib/thread': ['lib/log', 'lib/process'],
  'lib/containers': ['lib/process'],
  'lib/asr': ['db/lookup'],
  'lib/model': ['lib/asr', 'lib/hunting'],
  'lib/text': ['lib/asr', 'lib/model'],
  'lib/params': ['db/lookup', 'lib/asr', 'lib/model', 'lib/hunting', 'lib/text'],
  'lib/hunting': ['db/lookup', 'lib/asr'],
  'lib/hunting/copy': ['db/lookup', 'lib/asr', 'lib/hunting', 'lib/text'],
  'lib/formats': ['db/lookup', 'lib/asr', 'lib/model'],
  'lib/continuity': ['lib/asr', 'lib/model', 'lib/formats'],
  'lib/store': [
    'lib/asr',
    'lib/model',
    'lib/hunting',
    'lib/params',
    'lib/text',
    'lib/log',
    'lib/process',
    'lib/thread',
  ],
  'lib/store/sqlite': [
    ...[
      'db/lookup',
      'lib/asr',
      'lib/model',
      'lib/hunting',
      'lib/params',
      'lib/text',
      'lib/log',
      'lib/process',
      'lib/thread',
      'lib/store',
    ],
  ],
  // It counts for tests what SQLite answers about events.
  'lib/store/memory': ['lib/asr', 'lib/model', 'lib/hunting', 'lib/params', 'lib/store'],
  'lib/ingest': [
    ...[
      'lib/asr',
      'lib/model',
      'lib/params',
      'lib/containers',
      'lib/formats',
      'lib/continuity',
      'lib/store',
      'lib/log',
      'lib/process',
    ],
    'lib/thread',
  ],
  'lib/query': ['lib/asr', 'lib/model', 'lib/hunting', 'lib/text', 'lib/params', 'lib/continuity', 'lib/store'],
  'lib/access': ['lib/asr', 'lib/model', 'lib/ingest', 'lib/store', 'lib/log', 'lib/process', 'lib/thread'],
  'lib/http': [
    ...[
      'lib/access',
      'lib/asr',
      'lib/model',
      'lib/hunting/copy',
      'lib/hunting',
      'lib/text',
      'lib/params',
      'lib/query',
      'lib/ingest',
      'lib/store',
    ],
    ...['lib/log', 'lib/process', 'lib/thread'],
  ],
  components: [
    ...['db/lookup', 'lib/asr', 'lib/model', 'lib/hunting', 'lib/hunting/copy', 'lib/text', 'lib/params', 'lib/query'],
  ],
  app: [
    ...[
      'components',
      'lib/access',
      'lib/asr',
      'lib/model',
      'lib/hunting',
      'lib/text',
      'lib/params',
      'lib/query',
      'lib/http',
    ],
    ...['lib/ingest', 'lib/log', 'lib/process'],
  ],
}

/** Single files that may import more, and why. */
const exceptions: Record<string, string> = {
  // Each opens the store: the state of this process, and what starts a thread with a store of its own.
  'lib/store/open.ts': 'lib/store/sqlite',
  'lib/store/health.ts': 'lib/store/sqlite',
  'lib/ingest/ingest-thread.ts': 'lib/store/sqlite',
  'lib/access/uploads.ts': 'lib/store/sqlite',
  // The sample fleet is made by the simulator.
  'app/api/v1/sample/route.ts': 'tools/simulate',
}

/** Files that open the store. Everything else is given `reads` and `writes`. */
const openers = [/^lib\/access\//, /^lib\/store\//, /^bin\//, /^tools\//]

const files = globSync('{app,components,lib}/**/*.{ts,tsx}', { cwd: root }).filter(
  (path) => !/\.test\.tsx?$/.test(path) && !/\/testing[^/]*$/.test(path),
)

const folderOf = (path: string): string => {
  const parts = dirname(path).split('/')
  const known = [3, 2, 1].map((length) => parts.slice(0, length).join('/'))
  return (
    known.find((folder) => Object.hasOwn(below, folder)) ??
    known.find((folder) => folder.includes('/')) ??
    parts[0] ??
    ''
  )
}

/** What names another file: an import, also a dynamic one or that of a type, a thread that is started, a path next to the file. */
const ways = [
  /^(?:import|export) (?:[^'"`]*? from )?(['"`])(.+?)\1/gm,
  /\bimport\(\s*(?:\/\*.*?\*\/\s*)*(['"`])(.+?)\1/g,
  /\bspawnThread\(\s*(['"`])(.+?)\1/g,
  /\bnew URL\(\s*(['"`])(.+?)\1,\s*import\.meta\.url/g,
]

/** The files of ours that the text of a file names. */
function filesNamed(text: string, path: string): string[] {
  return ways
    .flatMap((way) => [...text.matchAll(way)].map(([, , name = '']) => name))
    .flatMap((name) => {
      if (name.startsWith('#')) return [name.slice(1)]
      if (name.startsWith('.')) return [join(dirname(path), name)]
      return name.startsWith('lib/') ? [name] : []
    })
}

/** The files of ours that a file imports. */
const importsOf = (path: string): string[] => filesNamed(readFileSync(join(root, path), 'utf8'), path)

test('every way to import a file is seen', () => {
  const named = (text: string) => filesNamed(text, 'lib/query/a.ts')
  for (const text of [
    "import { b } from '#lib/store/b.ts'",
    'import { b } from "#lib/store/b.ts"',
    "import type {\n  A,\n  B,\n} from '#lib/store/b.ts'",
    "import '#lib/store/b.ts'",
    "export { b } from '../store/b.ts'",
    "export const f = async () => (await import('#lib/store/b.ts')).b",
    "const b = import(\n  /* turbopackIgnore: true */ '../store/b.ts',\n)",
    'const b = import(`../store/b.ts`)',
    "type B = import('../store/b.ts').B",
    "spawnThread('lib/store/b.ts', 'b', {})",
    "const b = new URL('../store/b.ts', import.meta.url)",
  ])
    assert.deepEqual(named(text), ['lib/store/b.ts'], text)
  for (const text of [
    "import { b } from 'node:b'",
    "const b = import('node:b')",
    "// it was imported from '#lib/store/b.ts'",
  ])
    assert.deepEqual(named(text), [], text)
})

test('imports point down', () => {
  const wrong = files.flatMap((path) => {
    const own = folderOf(path)
    const allowed = below[own]
    assert.ok(allowed, `${path} is in no folder of the table`)
    return importsOf(path)
      .filter((each) => {
        const folder = folderOf(each)
        return (
          folder !== own &&
          !allowed.includes(folder) &&
          exceptions[path] !== folder &&
          !each.endsWith('.css') &&
          each !== 'package.json'
        )
      })
      .map((each) => `${path} imports ${each}`)
  })
  assert.deepEqual(wrong, [])
})

test('the table has no folder twice in a circle, and no exception that is not needed', () => {
  const seen = new Set<string>()
  const visit = (folder: string, path: string[]): void => {
    assert.ok(!path.includes(folder), `${[...path, folder].join(' → ')} is a circle`)
    if (seen.has(folder)) return
    for (const next of below[folder] ?? []) visit(next, [...path, folder])
    seen.add(folder)
  }
  for (const folder of Object.keys(below)) visit(folder, [])
  for (const [path, folder] of Object.entries(exceptions))
    assert.ok(
      importsOf(path).some((each) => folderOf(each) === folder),
      path,
    )
})

test('only lib/access and the entry points open the store', () => {
  const opened = files.filter((path) => importsOf(path).some((each) => each === 'lib/store/open.ts'))
  assert.deepEqual(
    opened.filter((path) => !openers.some((opener) => opener.test(path))),
    [],
  )
})

test('no SQL is left outside the store', () => {
  const wrong = globSync('{app,components,lib/query,lib/http,lib/access,lib/params,lib/model}/**/*.{ts,tsx}', {
    cwd: root,
  })
  assert.deepEqual(
    wrong.filter((path) => /\b(SELECT|JOIN)\b/.test(readFileSync(join(root, path), 'utf8'))),
    [],
  )
})
