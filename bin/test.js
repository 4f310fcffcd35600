// Runs on whatever Node the user has, before anything is installed: plain JavaScript, Node's own modules only.

import './check-node.js'

const { makeSureOfBrowser } = await import('./browser.js')
const { makeSureOfNginx } = await import('./nginx.js')
const { run, runAndRead } = await import('./run.js')
const { setUp } = await import('./set-up.js')

const help = `npm test
npm run test:all

Installs what is missing, builds, makes sure of a browser, then runs lint, types, unit tests and browser tests.
It stops at the first of them that fails. The last line says how many tests passed, failed and were skipped.
npm run test:all also runs the browser tests that take minutes: faults, restarts, large uploads, slow
senders, and of every page its end, its size and its accessibility.

Settings (environment variables):
  CHROME_PATH  the Chromium or Chrome to test in; by default one that is installed, else one is downloaded
  ALL_TESTS    if set, npm run test:e2e also runs the slow specs

One part alone, once this has run: npm run lint, typecheck, test:unit or test:e2e.
`

/** A stage that takes longer than these milliseconds hangs. The test runners then say which test it was. */
const longest = 50 * 60_000

/** Of each test runner's closing words: what they count. */
const words = {
  passed: ['pass', 'passed'],
  'passed the second time only': ['flaky'],
  failed: ['fail', 'cancelled', 'failed', 'interrupted', 'timedOut'],
  skipped: ['skipped', 'todo', 'did not run'],
}
const sums = Object.fromEntries(Object.keys(words).map((word) => [word, 0]))

// Node's runner closes with lines such as "ℹ pass 12", Playwright with "  12 passed (3.4s)".
const closing = /^(?:[ℹ#] ([a-z]+) (\d+)| {2}(\d+) ([a-z][a-zA-Z ]*?)(?: \(.*\))?)$/gm
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with an escape character.
const colours = /\x1b\[[\d;]*m/g

/** Adds up what a test runner printed; returns how many tests it counted. */
function addUp(printed) {
  let counted = 0
  for (const [, nodeWord, nodeCount, count, word] of printed.replace(colours, '').matchAll(closing)) {
    const name = Object.keys(words).find((sum) => words[sum].includes(nodeWord ?? word))
    if (name === undefined) continue
    sums[name] += Number(nodeCount ?? count)
    counted += Number(nodeCount ?? count)
  }
  return counted
}

const isAll = process.argv.includes('--all')
if (isAll) process.env.ALL_TESTS = '1'

const script = (name) => run('npm', ['run', '--silent', name])

async function tests(name) {
  const { code, printed } = await runAndRead('npm', ['run', '--silent', name], longest)
  if (addUp(printed) > 0 || code !== 0) return code
  process.stderr.write(`npm run ${name} ran no test.\n`)
  return 1
}

const stages = [
  { title: 'Lint', go: () => script('lint') },
  { title: 'Types', go: () => script('typecheck') },
  { title: 'Unit tests', go: () => tests('test:unit') },
  { title: 'Browser tests', go: () => tests('test:e2e') },
]

/** Runs every stage until one fails; returns the exit code. */
async function main() {
  for (const { title, go } of stages) {
    const started = Date.now()
    process.stdout.write(`\n== ${title}\n`)
    const code = await go()
    const seconds = ((Date.now() - started) / 1000).toFixed(1)
    if (code !== 0) {
      process.stdout.write(
        `\n${title} failed (exit code ${code}) after ${seconds} s. What comes after it was not run.\n`,
      )
      return code
    }
    process.stdout.write(`${title}: fine after ${seconds} s\n`)
  }
  return 0
}

if (process.argv.includes('--help')) {
  process.stdout.write(help)
  process.exit(0)
}
process.on('exit', () => {
  const counted = Object.entries(sums).map(([word, count]) => `${count} ${word}`)
  if (!isAll) process.stdout.write('\nSlow browser tests were skipped: npm run test:all runs them too.\n')
  process.stdout.write(`\n${counted.join(', ')}\n`)
})
await setUp({ build: true })
if (isAll) await makeSureOfNginx()
process.exitCode = (await makeSureOfBrowser()) === undefined ? 1 : await main()
