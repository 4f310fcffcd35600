import { uploadWaits } from '#lib/access/uploads.ts'
import type { Waits } from '#lib/ingest/ingest-queue.ts'
import type { Reads } from '#lib/store/reads.ts'

const wordsOf = (waits: Waits, removing: string | null): string => {
  if (waits === 'bytes') return 'bytes from its sender'
  if (waits === 'removal') return `the removal of ${removing ?? 'an upload'}`
  return waits.join(' and ')
}

/** What each upload that is open but not read at the moment waits for, in words, by its id. */
export async function waitsById(reads: Reads): Promise<Map<string, string>> {
  const waits = Object.entries(await uploadWaits())
  const removing = waits.some(([, each]) => each === 'removal') ? await reads.removing() : null
  return new Map(waits.map(([id, each]) => [id, wordsOf(each, removing)]))
}
