import { uploadWaits } from '#lib/ingest/client.ts'
import type { Waits } from '#lib/ingest/desk.ts'
import { selectRemoving } from '#lib/query/uploads.ts'
import type { Store } from '#lib/store/store.ts'

const wordsOf = (waits: Waits, removing: string | null): string => {
  if (waits === 'bytes') return 'bytes from its sender'
  if (waits === 'removal') return `the removal of ${removing ?? 'an upload'}`
  return waits.join(' and ')
}

/** What each upload that is open but not read at the moment waits for, in words, by its id. */
export async function waitsById(store: Store): Promise<Map<string, string>> {
  const waits = Object.entries(await uploadWaits())
  const removing = waits.some(([, each]) => each === 'removal') ? await selectRemoving(store) : null
  return new Map(waits.map(([id, each]) => [id, wordsOf(each, removing)]))
}
