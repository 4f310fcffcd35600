import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

/** Words that the texts and names of the project must not contain, each with what to write instead. */
const banned: [pattern: RegExp, instead: string][] = [
  [/\b(un)?told\b/, 'known, unknown, reported, detected'],
  [/\btells\b/, 'says, shows, reports'],
  [/\bunread\b/, 'not parsed, not read yet'],
  [/\bunlooked\b/, 'not checked'],
  [/\banew\b/, 'again'],
  [/\bbeside\b/, 'next to, besides'],
  [/\b(stands|stood|lies|bears)\b/, 'is, has'],
  [/(?<!there )\bis no (?!space\b|longer\b|more\b|other\b)/, 'is not a'],
  [/\b(whole|wholly)\b(?! (numbers?|seconds?|minutes?|hours?|days?|pages?|word)\b)/, 'complete, all of'],
  [/\b(desks?|doors?|houses?|rooms|a log's way)\b/, 'module, interface, queue'],
  [/\b(null|undefined|false|also|only|except|but) where (it|they|there|none|nothing)\b/, 'if'],
  [/\bcould not be made\b/, 'could not be loaded'],
]

/** Texts that contain such a word for a reason. */
const allowed: [path: RegExp, text: RegExp, reason: string][] = [
  [
    /^(db\/sqlite\/migrations\/005|lib\/store\/sqlite\/(released|migrate)\.test)/,
    /\b(unread|unlooked)\b|'whole'/g,
    'names of before the migration that renames them',
  ],
  [/^CHANGELOG/, /\(was\s+`\w+`\)|`whole`/g, 'says what was renamed'],
]

/** Files that are not checked: released migrations must not change, records of decisions and found mutants are history. */
const skipped = /^(db\/sqlite\/migrations\/00[1-4]|docs\/decisions\/|docs\/words\.test\.ts|tools\/fuzz\/seeds\/)/

const inReach = ['lib', 'bin', 'tools', 'db', 'docs', 'app', 'components', 'README.md', 'CHANGELOG.md']
const files = execFileSync('git', ['ls-files', '--', ...inReach], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => /\.(js|tsx?|sql|md)$/.test(path) && !skipped.test(path))

/** Names in camel case or with underscores are checked word by word. */
const wordsOf = (text: string): string =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()

/** What of a file is checked: of the changelog only what is not released yet. */
function textOf(path: string): string {
  const text = readFileSync(path, 'utf8')
  return path === 'CHANGELOG.md' ? text.slice(0, text.indexOf('\n## [0.')) : text
}

function findingsIn(path: string, text: string): string[] {
  const some = allowed.reduce((rest, [of, part]) => (of.test(path) ? rest.replaceAll(part, '') : rest), text)
  return wordsOf(some)
    .split('\n')
    .flatMap((line, index) =>
      banned.flatMap(([pattern, instead]) => {
        const found = pattern.exec(line)?.[0]
        return found === undefined ? [] : [`${path}:${index + 1}: "${found.trim()}", better: ${instead}`]
      }),
    )
}

test('no text or name contains a word that is not plain English', () => {
  assert.ok(files.length > 500, `${files.length} files`)
  const findings = files.flatMap((path) => findingsIn(path, textOf(path)))
  assert.deepEqual(findings, [])
})

test('each of these words is found, in a comment, a text, a name and across cases', () => {
  const lines = [
    '// It is told by its name.',
    'const isUntold = true',
    'SELECT max(is_untold)',
    'The receipt Tells more.',
    'unread: 0',
    'addUnlooked()',
    'Made anew.',
    'beside it',
    'where it stands',
    'This is no time.',
    'the whole log',
    'readWhole()',
    'openDesk()',
    'two rooms',
    'null where there is none',
    '<p>This screen could not be made</p>',
  ]
  for (const line of lines) assert.equal(findingsIn('lib/x.ts', line).length, 1, line)
  const fine = ['There is no such file.', 'It is no longer there.', 'a whole number', 'isNoSpace(error)', 'where it is']
  for (const line of fine) assert.deepEqual(findingsIn('lib/x.ts', line), [], line)
})
