import type { Connection } from './database.ts'
import { hashOf } from './hash.ts'

/** Characters of text the cache may hold before it starts anew: memory must not grow with the log. */
const cacheLimit = 16_000_000

/** Numbers for texts and dests. The database knows them all; the cache only saves asking. */
export type Dictionary = ReturnType<typeof openDictionary>

export function openDictionary(db: Connection) {
  const findText = db.prepare<[number, string], number>('SELECT id FROM text WHERE hash = ? AND value = ?').pluck()
  const addText = db.prepare<[number, string]>('INSERT INTO text (hash, value) VALUES (?, ?)')
  const findDest = db.prepare<[string], number>('SELECT id FROM dest WHERE key = ?').pluck()
  const addDest = db.prepare<[string, string]>('INSERT INTO dest (name, key) VALUES (?, ?)')
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
    const id = Number(addDest.run(name, key).lastInsertRowid)
    newDests.add(id)
    return id
  }

  return {
    /** Number of a text, 0 for null. */
    text: (value: string | null): number => {
      if (value === null) return 0
      const known = texts.get(value)
      if (known !== undefined) return known
      const hash = hashOf(value)
      return keep(texts, value, findText.get(hash, value) ?? makeText(hash, value))
    },
    /** Number of a dest, whatever its case. */
    dest: (name: string): number => {
      const known = dests.get(name)
      if (known !== undefined) return known
      const key = name.toLowerCase()
      return keep(dests, name, findDest.get(key) ?? makeDest(name, key))
    },
    /** Whether a text came with this batch, so that nothing written before can bear its number. */
    isNewText: (id: number): boolean => newTexts.has(id),
    isNewDest: (id: number): boolean => newDests.has(id),
    /** The batch is written: nothing is new any more. */
    settle: () => {
      newTexts.clear()
      newDests.clear()
    },
    /** To be called when another process may have written, or rows were deleted. */
    forget: () => {
      texts.clear()
      dests.clear()
      newTexts.clear()
      newDests.clear()
      cached = 0
    },
  }
}
