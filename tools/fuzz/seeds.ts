import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Subject, subjects } from './subjects.ts'
import type { Broken } from './thread.ts'

/** Mutants that once broke a promise: `npm test` reads them all again. */
const keptFolder = join(import.meta.dirname, 'seeds')
/** Those with bytes of real logs in them, whose licences differ. */
const foreignFolder = join(tmpdir(), 'asr-hunt-fuzz-seeds')

/** Writes a mutant and, next to it, what went wrong; returns the path. */
export function keep(
  subject: Subject,
  mutant: Buffer,
  { kind, message }: Broken,
  from: string,
  isReal: boolean,
): string {
  const folder = join(isReal ? foreignFolder : keptFolder, subject)
  const path = join(folder, createHash('sha256').update(mutant).digest('hex').slice(0, 12))
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, mutant)
  writeFileSync(`${path}.txt`, `${kind}\nMade of: ${from}\n${message.split('\n').slice(0, 8).join('\n')}\n`)
  return path
}

/** Every kept mutant. */
export function keptSeeds(): { subject: Subject; name: string; bytes: Buffer }[] {
  return subjects
    .filter((subject) => existsSync(join(keptFolder, subject)))
    .flatMap((subject) =>
      readdirSync(join(keptFolder, subject))
        .filter((name) => !name.endsWith('.txt'))
        .map((name) => ({ subject, name, bytes: readFileSync(join(keptFolder, subject, name)) })),
    )
}
