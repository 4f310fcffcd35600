import type { Connection } from './database.ts'

/** Characters of text the cache may hold before it starts anew: memory must not grow with the log. */
const cacheLimit = 16_000_000

/** Numbers for texts and dests. The database knows them all; the cache only saves asking. */
export type Dictionary = {
  /** Number of a text, 0 for null. */
  text: (value: string | null) => number
  /** Number of a dest, whatever its case. */
  dest: (name: string) => number
  /** To be called when another process may have written, or rows were deleted. */
  forget: () => void
}

export function openDictionary(db: Connection): Dictionary {
  const findText = db.prepare<[string], number>('SELECT id FROM text WHERE value = ?').pluck()
  const addText = db.prepare<[string]>('INSERT INTO text (value) VALUES (?)')
  const findDest = db.prepare<[string], number>('SELECT id FROM dest WHERE key = ?').pluck()
  const addDest = db.prepare<[string, string]>('INSERT INTO dest (name, key) VALUES (?, ?)')
  const texts = new Map<string, number>()
  const dests = new Map<string, number>()
  let cached = 0

  const forget = () => {
    texts.clear()
    dests.clear()
    cached = 0
  }
  const keep = (cache: Map<string, number>, value: string, id: number): number => {
    cached += value.length + 32
    if (cached > cacheLimit) forget()
    cache.set(value, id)
    return id
  }
  return {
    text: (value) => {
      if (value === null) return 0
      const known = texts.get(value)
      if (known !== undefined) return known
      return keep(texts, value, findText.get(value) ?? Number(addText.run(value).lastInsertRowid))
    },
    dest: (name) => {
      const known = dests.get(name)
      if (known !== undefined) return known
      const key = name.toLowerCase()
      return keep(dests, name, findDest.get(key) ?? Number(addDest.run(name, key).lastInsertRowid))
    },
    forget,
  }
}
