import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isTimeZone } from '#lib/asr/zone.ts'
import type { FileEnding, FileIngest } from '#lib/ingest/files.ts'
import { openFilesByServer } from '#lib/ingest/files-by-server.ts'
import { continuityText, receiptText } from '#lib/ingest/receipt-text.ts'
import { readOnlyProblem } from '#lib/ingest/writable.ts'
import { levelProblem, log } from '#lib/log/log.ts'
import { printable, printableText } from '#lib/log/printable.ts'
import { databaseFile, dataFolder } from '#lib/store/settings.ts'
import { openFilesHere } from './files-here.ts'
import { hereOrByServer } from './here.ts'

const help = `npm run ingest -- FILE… [--tz ZONE] [--dest HOST]

Reads Defender logs from disk into the database in DATA_DIR (default ./data). If the server is running, it is sent the
files over its local socket.

  --tz ZONE   zone of local times that carry none (Splunk WinEventLog text): an IANA name, default UTC
  --dest HOST the host of a log that names none, such as the CSV of Event Viewer
  --help      this text

Exit codes: 0 all read, 1 a file, or a log of an archive, could not be read or the data folder is in use by another command, 2 wrong arguments.
`

function fail(message: string): never {
  process.stderr.write(`${printableText(message)}\n\n${help}`)
  process.exit(2)
}

function readArguments() {
  try {
    const options = {
      tz: { type: 'string', default: 'UTC' },
      dest: { type: 'string' },
      help: { type: 'boolean', default: false },
    } as const
    return parseArgs({ allowPositionals: true, options })
  } catch (error) {
    return fail((error as Error).message)
  }
}

const { values, positionals } = readArguments()
if (values.help) {
  process.stdout.write(help)
  process.exit(0)
}
if (positionals.length === 0) fail('Name at least one file.')
if (!isTimeZone(values.tz)) {
  fail(`--tz ${printable(values.tz)} is not an IANA time zone. Give one such as UTC or Europe/Berlin.`)
}

function stop(message: string): never {
  process.stderr.write(`${printableText(message)}\n`)
  process.exit(1)
}

/** Opens the store through the server if one is running, else in this process. @throws if another command is running. */
const openFiles = (): Promise<FileIngest> =>
  hereOrByServer(async (release) => {
    const here = await openFilesHere(databaseFile(), dataFolder())
    return { ...here, close: async () => void (await here.close().finally(release)) }
  }, openFilesByServer)

// npm runs scripts in the project's folder; the files were named relative to the user's folder.
const from = process.env.INIT_CWD ?? process.cwd()
const badLevel = levelProblem()
if (badLevel !== null) stop(badLevel)
const readOnly = readOnlyProblem(dataFolder(), databaseFile())
if (readOnly !== null) stop(readOnly)
const files = await openFiles().catch((error: Error) => stop(error.message))
let failed = false

function readFile(given: string): { id: string; ending: Promise<FileEnding> } {
  const path = resolve(from, given)
  const found = statSync(path, { throwIfNoEntry: false })
  const id = randomUUID()
  if (found === undefined)
    return { id, ending: Promise.resolve({ state: 'failed', message: 'there is no such file.' }) }
  const size = found.isFile() ? found.size : null
  const file = { id, path, name: basename(path), size, tz: values.tz, ...(values.dest ? { dest: values.dest } : {}) }
  const ending = files.read(file).catch((error: Error) => ({ state: 'failed' as const, message: error.message }))
  return { id, ending }
}

function print(given: string, ending: FileEnding): void {
  const file = printable(given)
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  if (ending.state === 'done') {
    process.stdout.write(`${file}: ${receiptText(ending.receipt)}\n`)
    if (ending.dests.length > 0) process.stdout.write(`  ${continuityText(ending.dests)}\n`)
    for (const { name, error } of ending.failedLogs) {
      process.stderr.write(`${file}: ${printable(name)} in it could not be read: ${printable(error ?? '')}\n`)
      failed = true
    }
  } else {
    process.stderr.write(`${file}: ${printable(ending.message)}\n`)
    failed = true
  }
}

const underWay: { given: string; id: string; ending: Promise<FileEnding> }[] = []

async function printFirst(): Promise<void> {
  const first = underWay.shift()
  if (first === undefined) return
  const showing = setInterval(() => void show(first.id), 1000)
  print(first.given, await first.ending.finally(() => clearInterval(showing)))
}

for (const given of positionals) {
  underWay.push({ given, ...readFile(given) })
  if (underWay.length >= files.atOnce) await printFirst()
}
while (underWay.length > 0) await printFirst()
await files.close()
process.exitCode = failed ? 1 : 0

async function show(id: string): Promise<void> {
  if (!process.stderr.isTTY) return
  const progress = await files.progress(id).catch((error) => {
    log.debug('The progress of an upload could not be read.', { upload: id, error })
    return null
  })
  if (progress === null) return
  const share = progress.bytes ? Math.floor((100 * progress.bytesRead) / progress.bytes) : 0
  process.stderr.write(`\r\x1b[K${share} %  ${progress.records} records`)
}
