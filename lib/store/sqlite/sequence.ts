import type { Connection } from './database.ts'

const tables = ['upload', 'dest', 'detail', 'event', 'stack', 'fleet'] as const
type Table = (typeof tables)[number]

/** Row numbers of tables whose rows can be deleted: a number that was used once is never used again. */
export type Sequence = ReturnType<typeof openSequence>

/** Opens the sequence. It is read at first use and written once a transaction by `flush`. */
export function openSequence(db: Connection) {
  const read = db.prepare<[string], number>('SELECT next FROM sequence WHERE name = ?').pluck()
  const write = db.prepare('UPDATE sequence SET next = ? WHERE name = ?')
  const next = new Map<Table, number>()
  const changed = new Set<Table>()
  const nextOf = (table: Table): number => {
    const number = next.get(table) ?? read.get(table)
    if (number === undefined) throw new Error(`The table ${table} has no sequence.`)
    return number
  }
  return {
    /** The next unused number of a table, without taking it. */
    next: nextOf,
    /** The next unused number of a table. */
    take: (table: Table): number => {
      const number = nextOf(table)
      next.set(table, number + 1)
      changed.add(table)
      return number
    },
    flush: () => {
      for (const table of changed) write.run(next.get(table), table)
      changed.clear()
    },
    /** Call after a transaction failed: what it took was not used. */
    forget: () => {
      next.clear()
      changed.clear()
    },
  }
}
