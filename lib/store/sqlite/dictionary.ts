import type { Connection } from './database.ts'
import { hashOf } from './hash.ts'
import type { Sequence } from './sequence.ts'

/** Characters of text the cache contains at most, so that memory does not grow with the log. */
const cacheLimit = 16_000_000

/** Row numbers of texts and hosts. The database knows them all; the cache only saves queries. */
export type Dictionary = ReturnType<typeof openDictionary>

export function openDictionary(db: Connection, sequence: Sequence) {
  const findText = db.prepare<[number, string], number>('SELECT id FROM text WHERE hash = ? AND value = ?').pluck()
  const addText = db.prepare<[number, string]>('INSERT INTO text (hash, value) VALUES (?, ?)')
  const findDest = db.prepare<[string], number>('SELECT id FROM dest WHERE key = ?').pluck()
  const addDest = db.prepare<[number, string, string]>('INSERT INTO dest (id, name, key) VALUES (?, ?, ?)')
  const texts = new Map<string, number>()
  const dests = new Map<string, number>()
  const newTexts = new Set<number>()
  const newDests = new Set<number>()
  let cached = 0

  function keep(cache: Map<string, number>, value: string, id: number): number {
    cached += value.length + 32
    if (cached > cacheLimit) {
      texts.clear()
      dests.clear()
      cached = 0
    }
    cache.set(value, id)
    return id
  }

  function makeText(hash: number, value: string): number {
    const id = Number(addText.run(hash, value).lastInsertRowid)
    newTexts.add(id)
    return id
  }

  function makeDest(name: string, key: string): number {
    const id = sequence.take('dest')
    addDest.run(id, name, key)
    newDests.add(id)
    return id
  }

  return {
    /** The number of a text. */
    text: (value: string): number => {
      const known = texts.get(value)
      if (known !== undefined) return known
      const hash = hashOf(value)
      return keep(texts, value, findText.get(hash, value) ?? makeText(hash, value))
    },
    /** The number of a host, compared case-insensitively. */
    dest: (name: string): number => {
      const known = dests.get(name)
      if (known !== undefined) return known
      const key = name.toLowerCase()
      return keep(dests, name, findDest.get(key) ?? makeDest(name, key))
    },
    /** Whether a text was added by the current transaction, so that no stack in the database can have it yet. */
    isNewText: (id: number): boolean => newTexts.has(id),
    /** Whether a host was added by the current transaction, so that no stack in the database can be of it yet. */
    isNewDest: (id: number): boolean => newDests.has(id),
    /** Call when what was counted is written. */
    settle: () => {
      newTexts.clear()
      newDests.clear()
    },
    /** Call when another process may have written, rows were deleted, or a transaction failed. */
    forget: () => {
      texts.clear()
      dests.clear()
      newTexts.clear()
      newDests.clear()
      cached = 0
    },
  }
}
