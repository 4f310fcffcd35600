import type { Entry } from './entry.ts'

/** What an entry costs besides its bytes. */
const overhead = 64

/**
 * Keeps entries back as long as they fit into `most` bytes together: a limit on their number is then met before work is
 * begun for each of them.
 */
export async function* readAhead(entries: AsyncIterable<Entry>, most: number): AsyncGenerator<Entry> {
  let held: Entry[] = []
  let room = most
  for await (const entry of entries) {
    const cost = (entry.size ?? Number.POSITIVE_INFINITY) + entry.name.length + overhead
    if (cost > room) {
      yield* held
      held = []
      room = most
    }
    if (cost > room) yield entry
    else {
      held.push(await readNow(entry))
      room -= cost
    }
  }
  yield* held
}

/** The same entry with its bytes in memory. */
async function readNow(entry: Entry): Promise<Entry> {
  const chunks = await Array.fromAsync(entry.bytes)
  const damage = entry.damage()
  return { ...entry, bytes: inTurn(chunks), damage: () => damage }
}

async function* inTurn(chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}
