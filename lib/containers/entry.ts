/**
 * One file of an archive. Its name is only ever shown: it is never a path. `damage` is asked when its bytes are read to
 * the end: what was wrong with them, or null.
 */
export type Entry = { name: string; size: number | null; bytes: AsyncIterable<Uint8Array>; damage: () => string | null }
