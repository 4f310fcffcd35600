import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { test } from 'node:test'
import { sortColumns } from '#lib/params/columns.ts'
import packageJson from '../package.json' with { type: 'json' }

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file).replaceAll('\\', '/'))

const pages = ['README.md', ...filesUnder('docs').filter((file) => file.endsWith('.md'))]
const docs = pages.map((file) => readFileSync(file, 'utf8')).join('\n')
const sources = [...filesUnder('lib'), ...filesUnder('bin'), ...filesUnder('app'), 'next.config.js'].filter(
  (file) => /\.(js|tsx?)$/.test(file) && !file.endsWith('.test.ts'),
)

/** A name is in the docs as a word of its own: `EXPORT` does not mention `PORT`. */
const isDocumented = (name: string): boolean => {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\w/-])${literal}(?![\\w/-])`).test(docs)
}

function expectDocumented(what: string, names: string[]): void {
  assert.ok(names.length > 0, `no ${what} was found at all`)
  const missing = [...new Set(names)].filter((name) => !isDocumented(name))
  assert.deepEqual(missing, [], `${what} that neither README.md nor docs/*.md mentions`)
}

test('every view is in the docs', () => {
  expectDocumented(
    'views',
    filesUnder('db/sqlite/views').map((file) => basename(file, '.sql')),
  )
})

/** The address of a route by its file: groups such as `(frame)` are not in it, `[dest]` is written as it is or `{dest}`. */
const addressOf = (file: string): string => {
  const parts = dirname(file).split('/').slice(1)
  return `/${parts.filter((part) => !/^\(.*\)$/.test(part)).join('/')}`
}

test('every screen is in the docs', () => {
  const screens = filesUnder('app').filter((file) => file.endsWith('/page.tsx'))
  // What is not an address of its own leads to the not-found screen.
  expectDocumented(
    'screens',
    screens.map(addressOf).filter((address) => !address.includes('[...')),
  )
})

test('every route of the API is in the docs', () => {
  const routes = filesUnder('app/api').filter((file) => file.endsWith('/route.ts'))
  const further = sources.flatMap((file) => readFileSync(file, 'utf8').match(/(?<=Path = ')\/api\/[^']+/g) ?? [])
  // One route serves every table: each has an address of its own.
  const single = routes.map(addressOf).filter((address) => !/\[(table|\.\.\..*)\]/.test(address))
  const braces = (address: string) => address.replaceAll('[', '{').replaceAll(']', '}')
  expectDocumented('routes', [...single.map(braces), ...further])
  // The rows of api.md leave out what the first address of a row has before.
  const tables = Object.keys(sortColumns).filter((table) => !isDocumented(`/api/v1/${table}`))
  expectDocumented('tables of the API', ['/stacking', ...tables.map((table) => `/${table}`)])
})

test('every setting is in the docs', () => {
  const names = sources.flatMap((file) => readFileSync(file, 'utf8').match(/(?<=process\.env\.)[A-Z_]+/g) ?? [])
  // Of the system, of Node, and what one process of ours passes to another.
  const others = ['NODE_ENV', 'NO_COLOR', 'PATH', 'HOME', 'LOCALAPPDATA', 'INIT_CWD', 'ASR_HUNT_PROCESS']
  expectDocumented(
    'settings',
    ['PORT', 'HOST', ...names].filter((name) => !others.includes(name)),
  )
})

test('every npm command is in the docs', () => {
  const scripts = Object.keys(packageJson.scripts)
  const short = ['start', 'test']
  const isCommandDocumented = (name: string) =>
    short.includes(name) ? isDocumented(`npm ${name}`) : isDocumented(`npm run ${name}`) || isDocumented(`\`${name}\``)
  const missing = scripts.filter((name) => !isCommandDocumented(name) && !docs.includes(`npm run --silent ${name}`))
  assert.deepEqual(missing, [], 'npm commands that neither README.md nor docs/*.md mentions')
})

test('every link between the docs leads to a file', () => {
  const links = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = '']) => ({
      page,
      target,
    })),
  )
  assert.deepEqual(
    links.filter(({ page, target }) => !existsSync(join(dirname(page), target))),
    [],
  )
})

test('every test that the docs name is there', () => {
  const named = pages.flatMap(
    (page) => readFileSync(page, 'utf8').match(/(?<=`)[\w.-]+\/[\w./-]+\.(?:test|spec)\.tsx?(?=`)/g) ?? [],
  )
  assert.ok(named.length > 30, `${named.length} tests`)
  assert.deepEqual(
    named.filter((path) => !existsSync(join(import.meta.dirname, '..', path))),
    [],
  )
})
