import { existsSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { printable } from '#lib/log/printable.ts'
import { databaseFile } from '#lib/store/settings.ts'
import { freeSpace } from '#lib/store/space.ts'
import type { BackupApi } from '#lib/store/sqlite/backup-thread.ts'
import { checkLog } from '#lib/store/sqlite/log-record.ts'
import { checkFile } from '#lib/store/sqlite/migrate.ts'
import { replaceFile } from '#lib/store/sync.ts'
import { bytesText } from '#lib/text/bytes.ts'
import { callThread } from '#lib/thread/rpc.ts'
import { spawnThread } from '#lib/thread/spawn.ts'
import { readCommand, showProgress, stop } from './command.ts'

const help = `npm run backup -- FILE

Writes a copy of the database in DATA_DIR (default ./data) to FILE, checks the copy and syncs it to disk. The server can be
running; the copy is one state of the data. FILE must not exist. A file copied with cp is not a backup.

  --help      this text

Exit codes: 0 the backup is complete, 1 it could not be written, 2 wrong arguments.
`

const target = readCommand(help, true)
// Another backup to the same name, or a file of the user, keeps its own.
const part = `${target}.part-${process.pid}`
const removePart = () =>
  ['', '-journal', '-wal', '-shm'].forEach((each) => void rmSync(`${part}${each}`, { force: true }))

/** @throws what stops a backup before it is begun. */
function checkBefore(file: string): void {
  if (!existsSync(file)) throw new Error(`There is no database ${file}. Set DATA_DIR to the folder of the data.`)
  if (existsSync(target)) throw new Error(`${target} exists. Name another file, or remove it.`)
  if (!existsSync(dirname(target))) throw new Error(`There is no folder ${dirname(target)}.`)
  checkFile(file)
}

async function backUp(file: string): Promise<string> {
  checkBefore(file)
  const warning = checkLog(file)
  if (warning !== null) process.stderr.write(`${warning}\n`)
  const worker = spawnThread('lib/store/sqlite/backup-thread.ts', 'backup', null)
  const thread = callThread<BackupApi>(worker, 'backup')
  try {
    const size = await thread.call('sizeOf', file)
    const free = freeSpace(dirname(target))
    if (size > free)
      throw new Error(`The backup needs ${bytesText(size)} in ${dirname(target)}; ${bytesText(free)} are free.`)
    removePart()
    const copied = () => statSync(part, { throwIfNoEntry: false })?.size ?? 0
    const showing = setInterval(() => showProgress(`copying: ${bytesText(copied())} of ${bytesText(size)} …`), 1000)
    await thread.call('copyDatabase', file, part).finally(() => clearInterval(showing))
    showProgress('checking the copy …')
    const problems = await thread.call('checkCopy', part)
    if (problems.length > 0) throw new Error(`The copy is not sound: ${problems.join('; ')}. Run npm run check.`)
    const { uploads, events } = await thread.call('contentOf', part)
    if (existsSync(target)) throw new Error(`${target} was made by another program meanwhile.`)
    replaceFile(part, target)
    return `${target}: ${events} events of ${uploads} uploads, ${bytesText(statSync(target).size)}.`
  } finally {
    showProgress('')
    removePart()
    await worker.terminate()
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    removePart()
    process.kill(process.pid, signal)
  })
}
try {
  process.stdout.write(`${printable(await backUp(databaseFile()))}\n`)
} catch (error) {
  stop(printable((error as Error).message))
}
