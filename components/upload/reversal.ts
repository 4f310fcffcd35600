import { countOf } from '#lib/text/number.ts'

/**
 * How an undo can be reversed: for so many hours, unless space is short, or it is of one log of an archive (`isPart`), or of more than the quota
 * of uploads (`isTooLarge`).
 */
export type Reversal = { hours: number; isShort: boolean; isPart: boolean; isTooLarge: boolean }

/** What is said of that before the undo. */
export function reversalText({ hours, isShort, isPart, isTooLarge }: Reversal): string {
  if (isPart)
    return 'This cannot be reversed: only complete archives can be restored. To get it back, upload the archive again; events that its other logs have stored count as duplicates.'
  if (hours === 0) return 'This cannot be reversed, since UNDO_KEEP_HOURS is 0. To get it back, upload it again.'
  if (isShort)
    return 'This cannot be reversed, since the disk is nearly full and nothing is kept of it. To get it back, upload it again.'
  if (isTooLarge)
    return 'This cannot be reversed, since it is more than may be kept (INCOMING_MAX_BYTES). To get it back, upload it again.'
  return `It can be restored for ${countOf(hours, 'hour')}, unless space gets short.`
}
