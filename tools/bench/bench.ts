import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchEvtx } from './evtx.ts'
import { benchFormats } from './formats.ts'
import { benchIngest } from './ingest.ts'
import { machineLine } from './machine.ts'
import { benchMemory } from './memory.ts'
import { type Options, type Part, parseOptions, usage } from './options.ts'
import { benchPages } from './pages.ts'
import { benchScale } from './scale.ts'
import { benchScreens } from './screens.ts'
import { benchStacks } from './stacks.ts'
import { benchSync } from './sync.ts'

const bench: Record<Part, (folder: string, options: Options) => Promise<string>> = {
  ingest: benchIngest,
  formats: benchFormats,
  pages: benchPages,
  screens: benchScreens,
  memory: benchMemory,
  evtx: benchEvtx,
  sync: benchSync,
  stacks: benchStacks,
  scale: benchScale,
}

function optionsOf(args: string[]): Options {
  try {
    const options = parseOptions(args)
    if (options !== null) return options
    process.stdout.write(usage)
    process.exit(0)
  } catch (error) {
    process.stderr.write(`bench: ${(error as Error).message}\n`)
    process.exit(2)
  }
}

const options = optionsOf(process.argv.slice(2))
const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'asr-hunt-bench-'))
mkdirSync(folder, { recursive: true })
try {
  process.stdout.write(`${machineLine()}\n`)
  for (const part of options.only) process.stdout.write(`\n${await bench[part](folder, options)}\n`)
} finally {
  if (options.folder === null) rmSync(folder, { recursive: true })
}
