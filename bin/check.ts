import { existsSync } from 'node:fs'
import { printable } from '#lib/log/printable.ts'
import { isDamage } from '#lib/store/errors.ts'
import { databaseFile } from '#lib/store/settings.ts'
import { allChecks, type Check } from '#lib/store/sqlite/check.ts'
import { openForReading } from '#lib/store/sqlite/database.ts'
import { checkLog } from '#lib/store/sqlite/log-record.ts'
import { checkFile, isCurrent } from '#lib/store/sqlite/migrate.ts'
import { readCommand, showProgress, stop } from './command.ts'

const help = `npm run check

Checks the database in DATA_DIR (default ./data): its structure, its references, and every total against the stored
events. Changes nothing; the server can be running. A large database takes minutes.

  --help      this text

Exit codes: 0 all right, 1 something is wrong or could not be checked, 2 wrong arguments.
`

readCommand(help, false)

/** Runs one check; a damaged file can make any of them fail. */
function problemOf({ run }: Check): string | null {
  try {
    return run()
  } catch (error) {
    if (isDamage(error)) return error.message
    throw error
  }
}

/** Prints a line for each check. Returns how many found something. */
function check(file: string): number {
  checkFile(file)
  const db = openForReading(file)
  // Sorting all events takes more than memory should.
  db.pragma('temp_store = FILE')
  const checks = allChecks(db)
  const width = Math.max(...checks.map(({ name }) => name.length))
  let wrong = 0
  for (const [index, each] of checks.entries()) {
    showProgress(`${index + 1} of ${checks.length}: ${each.name} …`)
    const problem = problemOf(each)
    showProgress('')
    if (problem !== null) wrong += 1
    process.stdout.write(`${each.name.padEnd(width)}  ${problem === null ? 'ok' : printable(problem)}\n`)
  }
  if (!isCurrent(db))
    process.stdout.write(
      'The database is of an older version. Totals can be checked after npm start has upgraded it.\n',
    )
  db.close()
  return wrong
}

try {
  const file = databaseFile()
  if (!existsSync(file)) stop(`There is no database ${printable(file)}. Set DATA_DIR to the folder of the data.`)
  const warning = checkLog(file)
  if (warning !== null) process.stdout.write(`${warning}\n`)
  const wrong = check(file)
  if (wrong > 0) stop(`${wrong} checks failed. Restore a backup: npm run restore -- FILE`)
} catch (error) {
  stop(printable((error as Error).message))
}
