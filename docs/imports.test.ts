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
  'lib/model': ['lib/asr'],
  'lib/text': ['lib/asr', 'lib/model'],
  'lib/params': ['db/lookup', 'lib/asr', 'lib/model'],
  'lib/formats': ['lib/asr', 'lib/model'],
  'lib/continuity': ['lib/asr', 'lib/model', 'lib/formats'],
  'lib/store': ['lib/asr', 'lib/model', 'lib/params', 'lib/text', 'lib/log', 'lib/process', 'lib/thread'],
  'lib/store/sqlite': [
    ...[
      'db/lookup',
      'lib/asr',
      'lib/model',
      'lib/params',
      'lib/text',
      'lib/log',
      'lib/process',
      'lib/thread',
      'lib/store',
    ],
  ],
  // It counts for tests what SQLite answers about events.
  'lib/store/memory': ['lib/asr', 'lib/model', 'lib/params', 'lib/store'],
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
  'lib/query': ['lib/asr', 'lib/model', 'lib/params', 'lib/continuity', 'lib/store'],
  'lib/access': ['lib/asr', 'lib/model', 'lib/ingest', 'lib/store', 'lib/log', 'lib/process', 'lib/thread'],
  'lib/http': [
    ...['lib/access', 'lib/asr', 'lib/model', 'lib/text', 'lib/params', 'lib/query', 'lib/ingest', 'lib/store'],
    ...['lib/log', 'lib/process', 'lib/thread'],
  ],
  components: ['lib/asr', 'lib/model', 'lib/text', 'lib/params', 'lib/query'],
  app: [
    ...['components', 'lib/access', 'lib/asr', 'lib/model', 'lib/text', 'lib/params', 'lib/query', 'lib/http'],
    ...['lib/ingest', 'lib/log', 'lib/process'],
  ],
}

/** Single files that may import more, and why. */
const exceptions: Record<string, string> = {
  // Each opens the store: the state of this process, and what starts a thread with a store of its own.
  'lib/store/open.ts': 'lib/store/sqlite',
  'lib/store/health.ts': 'lib/store/sqlite',
  'lib/ingest/desk-thread.ts': 'lib/store/sqlite',
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

/** The files of ours that a file imports. */
function importsOf(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8')
  const named = [...text.matchAll(/^(?:import|export) (?:[^'"]*? from )?'([^']+)'/gm)].map(([, name = '']) => name)
  return named.flatMap((name) =>
    name.startsWith('#') ? [name.slice(1)] : name.startsWith('.') ? [join(dirname(path), name)] : [],
  )
}

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
