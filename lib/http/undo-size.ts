import type { Receipt } from '#lib/model/rows.ts'
import type { Reads } from '#lib/store/reads.ts'
import { quotaBytes } from '#lib/store/settings.ts'

/** Bytes that are kept of an event at most, as far as logs are known: it is packed with others. */
const mostOfEvent = 2000

/** Those of some uploads of which more would be kept than the quota of uploads has, so that their undo cannot be reversed. */
export async function tooLargeToKeep(
  reads: Reads,
  uploads: readonly Pick<Receipt, 'id' | 'stored'>[],
): Promise<ReadonlySet<string>> {
  const quota = quotaBytes()
  const found = new Set<string>()
  for (const { id, stored } of uploads)
    if (stored * mostOfEvent > quota && (await reads.undoSize(id)) > quota) found.add(id)
  return found
}
