import { existsSync } from 'node:fs'
import { printable } from '#lib/log/printable.ts'
import { takeLock } from '#lib/store/lock.ts'
import { databaseFile, dataFolder } from '#lib/store/settings.ts'
import { keptFile, restore } from '#lib/store/sqlite/restore.ts'
import { isoText } from '#lib/text/time.ts'
import { readCommand, showProgress, stop } from './command.ts'

const help = `npm run restore -- FILE

Checks the backup FILE completely and puts it in the place of the database in DATA_DIR (default ./data). The database
before is kept as asr-hunt.db.before-restore. The server must not be running. If the backup is not sound, nothing is changed.

  --help      this text

Exit codes: 0 restored, 1 the backup could not be used or the data folder is in use, 2 wrong arguments.
`

const backup = readCommand(help, true)

try {
  if (!existsSync(backup)) throw new Error(`There is no file ${backup}.`)
  const lock = takeLock(dataFolder(), 'command')
  const file = databaseFile()
  const hadDatabase = existsSync(file)
  const { uploads, events, newestUpload } = restore(backup, file, (step) => showProgress(`${step} …`))
  showProgress('')
  lock.release()
  const newest = newestUpload === null ? '' : `, the newest of ${isoText(newestUpload)}`
  process.stdout.write(`Restored: ${events} events of ${uploads} uploads${newest}.\n`)
  if (hadDatabase) process.stdout.write(`The database before is kept as ${printable(keptFile(file))}\n`)
} catch (error) {
  showProgress('')
  stop(printable((error as Error).message))
}
