import { z } from 'zod'
import { count, page, time } from './schema.ts'

/** An upload that was undone, as long as that can be reversed. */
export const removedUpload = z.object({
  id: z.string(),
  name: z.string(),
  state: z
    .enum(['removing', 'kept', 'restoring'])
    .describe('removing: what it stored is still being removed. restoring: it is being stored again.'),
  records: count,
  stored: count.describe('Events that were removed.'),
  bytes: count.describe('Space that what is kept takes up.'),
  removedAt: time,
  removedBy: z.string(),
  keptUntil: time.describe(
    'Until then it can be restored, unless the quota of uploads or the disk gets short, or an upgrade changes the tables of uploads.',
  ),
})
export type RemovedUpload = z.infer<typeof removedUpload>
export const removedPage = page(removedUpload)
