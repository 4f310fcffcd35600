import { statSync } from 'node:fs'
import { printable } from '#lib/log/printable.ts'

/** The files of an open database, by their paths, with the numbers the file system knows them by. */
export type OpenFiles = Record<string, string>

/** Without these next to it, another connection would not see the same database. */
const endings = ['', '-wal', '-shm']

/** The number of a file, which no other file has as long as this one is open; null if there is no such file. */
function numberOf(file: string): string | null {
  const found = statSync(/* turbopackIgnore: true */ file, { bigint: true, throwIfNoEntry: false })
  return found === undefined ? null : `${found.dev} ${found.ino}`
}

/** Returns the files of a database. Call it while the database is open and after it was written to. */
export function filesOf(file: string): OpenFiles {
  const numbers = endings.map((ending) => [`${file}${ending}`, numberOf(`${file}${ending}`)])
  return Object.fromEntries(numbers.filter(([, number]) => number !== null))
}

/** Returns which file of an open database was deleted or replaced and what to do; null if none was. */
export function fileProblem(files: OpenFiles): string | null {
  for (const [file, number] of Object.entries(files)) {
    const now = numberOf(file)
    if (now === number) continue
    return (
      `The file ${printable(file)} was ${now === null ? 'deleted' : 'replaced'} while ASR Hunt was using it, so nothing can be ` +
      'stored. Stop ASR Hunt, put the file back or restore a backup (npm run restore -- FILE), and start it again.'
    )
  }
  return null
}
