import { copyFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import type { Random } from '#tools/simulate/random.ts'

/** What is done to the files of a database, and whether the server must notice it. `other` is the file of another database. */
export type Injury = {
  what: string
  injure: (file: string, other: string, random: Random) => void
  isPlain: boolean
}

const bytes = (random: Random, count: number): Buffer => Buffer.from(random.hex(count * 2), 'hex')

/** Changes a file in place: who has it open has the changed one. */
function edit(file: string, change: (content: Buffer) => void): void {
  const content = readFileSync(file)
  change(content)
  writeFileSync(file, content)
}

const truncate = (file: string, random: Random): void =>
  truncateSync(file, Math.floor(statSync(file).size * random.next()))

/** Random bytes at 20 places: in pages of rows, of indexes, or in free ones, so it may not show. */
const scatter = (file: string, random: Random): void =>
  edit(file, (content) => {
    for (let place = 0; place < 20; place++) bytes(random, 64).copy(content, random.int(content.length - 64))
  })

/** Injuries to the file itself. */
const toFile: Injury[] = [
  { what: 'the database is cut off', injure: (file, _, random) => truncate(file, random), isPlain: true },
  {
    what: 'the header of the database is overwritten',
    injure: (file, _, random) => edit(file, (content) => bytes(random, 100).copy(content)),
    isPlain: true,
  },
  {
    what: 'random bytes in the pages of the database',
    injure: (file, _, random) => scatter(file, random),
    isPlain: false,
  },
]

/** Injuries after kill -9, before the next start. */
export const whileStopped: Injury[] = [
  ...toFile,
  { what: 'the database is empty', injure: (file) => truncateSync(file, 0), isPlain: true },
  { what: 'the database is deleted, its -wal is not', injure: (file) => rmSync(file), isPlain: true },
  { what: 'the -wal is deleted', injure: (file) => rmSync(`${file}-wal`), isPlain: true },
  {
    what: 'the -wal is that of another database',
    injure: (file, other) => {
      rmSync(`${file}-wal`)
      copyFileSync(`${other}-wal`, `${file}-wal`)
    },
    isPlain: true,
  },
  {
    what: 'the database is replaced by another one',
    injure: (file, other) => {
      rmSync(file)
      copyFileSync(other, file)
    },
    isPlain: true,
  },
]

/** Injuries while the server is running. */
export const whileRunning: Injury[] = [
  ...toFile,
  { what: 'the database is deleted', injure: (file) => rmSync(file), isPlain: true },
  {
    what: 'the database, its -wal and its -shm are deleted',
    injure: (file) => ['', '-wal', '-shm'].forEach((ending) => void rmSync(`${file}${ending}`)),
    isPlain: true,
  },
  { what: 'the -wal is deleted', injure: (file) => rmSync(`${file}-wal`), isPlain: true },
  {
    what: 'the database is replaced by another one',
    injure: (file, other) => {
      rmSync(file)
      copyFileSync(other, file)
    },
    isPlain: true,
  },
]
