import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { must } from './run.js'

/** What a build is made of. */
const sources = [
  'app',
  'components',
  'lib',
  'public',
  'package-lock.json',
  'next.config.js',
  'tsconfig.json',
  'postcss.config.mjs',
]
const isSource = (name) => !name.endsWith('.test.ts') && !name.endsWith('.md')

function* filesUnder(path) {
  if (!existsSync(path)) return
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const file = join(path, entry.name)
    if (entry.isDirectory()) yield* filesUnder(file)
    else if (isSource(entry.name)) yield file
  }
}

function digestOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths) {
    const files = existsSync(path) && !path.includes('.') ? [...filesUnder(path)] : [path]
    for (const file of files)
      if (existsSync(file)) hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')

/** The oldest Node that can run npm and this script; the program itself runs on the Node it brings. */
const leastNode = 20

function checkNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= leastNode) return
  process.stderr.write(`Node ${process.versions.node} is too old to set this up: install Node ${leastNode} or newer.\n`)
  process.exit(1)
}

/** Installs and builds what is missing or out of date, and says so. The project brings its own Node 24. */
export async function setUp({ build }) {
  checkNode()
  const installed = 'node_modules/.asr-hunt'
  const wanted = `${digestOf(['package.json', 'package-lock.json'])} ${process.platform} ${process.arch}`
  if (read(installed) !== wanted) {
    await must('Installing packages …', 'npm', ['ci', '--include=dev', '--no-audit', '--no-fund'])
    writeFileSync(installed, wanted)
  }
  await checkOwnNode()
  if (!build) return
  const folder = process.env.NEXT_DIST_DIR ?? '.next'
  const built = join(folder, 'asr-hunt-build')
  const source = digestOf(sources)
  if (read(built) === source && existsSync(join(folder, 'BUILD_ID'))) return
  await must('Building …', 'next', ['build'], { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' })
  mkdirSync(folder, { recursive: true })
  writeFileSync(built, source)
}

async function checkOwnNode() {
  const check =
    'if (Number(process.versions.node.split(".")[0]) < 24) process.exit(1); import("better-sqlite3").then(({ default: D }) => new D(":memory:"))'
  const { run } = await import('./run.js')
  if ((await run('node', ['-e', check])) === 0) return
  process.stderr.write(
    `The Node 24 that the project brings does not run on ${process.platform} ${process.arch}.\n` +
      'Supported: Linux (glibc or musl), macOS and Windows, each on x64 and arm64. If the install was cut off, delete node_modules and start again.\n',
  )
  process.exit(1)
}
