import type { Context } from '#lib/access/context.ts'
import { log } from '#lib/log/log.ts'
import { countExport } from './export-limit.ts'

/** Characters of an address in the audit log. */
const longest = 2000

/**
 * Records in the audit log that rows are exported, before the first of them is sent. On a server without accounts nobody waits for it,
 * and an export works there even if nothing can be stored. @throws TooManyExports
 */
export async function recordExport(
  context: Pick<Context, 'actor' | 'by' | 'writes'>,
  request: Request,
  format: string,
): Promise<void> {
  countExport(context)
  const { actor, writes } = context
  const { pathname, search } = new URL(request.url)
  const recorded = writes.recordExport({ address: `${pathname}${search}`.slice(0, longest), format })
  if (actor.kind !== 'local') return recorded
  recorded.catch((error) => log.warn('An export could not be recorded in the audit log.', { error }))
}
