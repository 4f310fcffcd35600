import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { must, run } from './run.js'

/** What a build is made of. */
const sources = [
  'app',
  'components',
  'db',
  'lib',
  'public',
  // The sample fleet is made by the simulator.
  'tools/simulate',
  'package.json',
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

/** Installs and builds what is missing or out of date, and says so. The project brings its own Node 24. */
export async function setUp({ build }) {
  const installed = 'node_modules/.asr-hunt'
  const wanted = `${digestOf(['package-lock.json'])} ${process.platform} ${process.arch}`
  if (read(installed) !== wanted) {
    await must('Installing packages …', 'npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
    writeFileSync(installed, wanted)
  }
  await checkOwnNode()
  if (!build) return
  const folder = process.env.NEXT_DIST_DIR ?? '.next'
  const built = join(folder, 'asr-hunt-build')
  const source = digestOf(sources)
  if (read(built) === source && existsSync(join(folder, 'BUILD_ID'))) return
  // A build that failed or was cut off can leave a cache that spoils every later one.
  if (read(built) === '') rmSync(join(folder, 'cache'), { recursive: true, force: true })
  rmSync(built, { force: true })
  await must('Building …', 'next', ['build'], { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' })
  mkdirSync(folder, { recursive: true })
  writeFileSync(built, source)
}

async function checkOwnNode() {
  if ((await run('node', ['bin/check-own-node.js'])) === 0) return
  process.stderr.write(
    `The Node 24 that the project brings does not run here (${process.platform} ${process.arch}).\n` +
      'Supported: Linux, macOS and Windows, each on x64 and arm64. If the install was cut off, or npm is set to\n' +
      'ignore-scripts, delete node_modules and start again without it; a Node 24 or newer of your own does as well.\n',
  )
  process.exit(1)
}
