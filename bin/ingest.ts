import { randomUUID } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isTimeZone } from '#lib/asr/zone.ts'
import { openDesk } from '#lib/ingest/desk.ts'
import { continuityText, receiptText } from '#lib/ingest/receipt-text.ts'
import { selectContinuity } from '#lib/query/continuity.ts'
import { selectUpload } from '#lib/query/uploads.ts'
import { databaseFile, dataFolder } from '#lib/store/settings.ts'
import { openSqliteStore, openSqliteWriter } from '#lib/store/sqlite/store.ts'

const help = `npm run ingest -- FILE… [--tz ZONE] [--dest HOST]

Reads Defender logs from disk into the database in DATA_DIR (default ./data), also while the server runs.

  --tz ZONE   zone of local times that carry none (Splunk WinEventLog text): an IANA name, default UTC
  --dest HOST the host of a log that names none, such as the CSV of Event Viewer
  --help      this text

Exit codes: 0 all read, 1 a file could not be read, 2 wrong arguments.
`

function fail(message: string): never {
  process.stderr.write(`${message}\n\n${help}`)
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
if (!isTimeZone(values.tz)) fail(`--tz ${values.tz} is no IANA time zone. Give one such as UTC or Europe/Berlin.`)

// npm runs scripts in the project's folder; the files were named from where the user stands.
const from = process.env.INIT_CWD ?? process.cwd()
const writer = openSqliteWriter(databaseFile(), dataFolder())
const desk = openDesk(writer)
await desk.recover()
const store = openSqliteStore(databaseFile())
/** More dests than an upload is looked at for. */
const everyDest = 100_000
let failed = false

for (const file of positionals) {
  const path = resolve(from, file)
  const size = statSync(path, { throwIfNoEntry: false })?.size
  if (size === undefined) {
    process.stderr.write(`${file}: there is no such file.\n`)
    failed = true
    continue
  }
  const id = randomUUID()
  await desk.begin({
    id,
    name: basename(path),
    tz: values.tz,
    bytes: size,
    ...(values.dest ? { dest: values.dest } : {}),
  })
  const sent = send(id, path)
  const showing = setInterval(() => void show(id), 1000)
  const ending = await sent
  clearInterval(showing)
  const receipt = await selectUpload(store, id)
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  if (ending?.state === 'done' && receipt !== null) {
    process.stdout.write(`${file}: ${receiptText(receipt)}\n`)
    const { rows } = await selectContinuity(store, id, { dest: null, offset: 0, limit: everyDest })
    if (rows.length > 0) process.stdout.write(`  ${continuityText(rows)}\n`)
  } else {
    process.stderr.write(`${file}: ${ending?.state === 'done' ? 'no receipt' : ending?.message}\n`)
    failed = true
  }
}
await store.close()
await writer.close()
process.exitCode = failed ? 1 : 0

async function send(id: string, path: string) {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) await desk.push(id, chunk)
  } catch (error) {
    return desk.breakOff(id, `${path} could not be read to its end: ${(error as Error).message}`)
  }
  return desk.end(id)
}

async function show(id: string): Promise<void> {
  const receipt = await selectUpload(store, id)
  if (receipt === null || !process.stderr.isTTY) return
  const share = receipt.bytes ? Math.floor((100 * receipt.bytesRead) / receipt.bytes) : 0
  process.stderr.write(`\r\x1b[K${share} %  ${receipt.records} records`)
}
