import { isGuid } from '#lib/asr/guid.ts'

/** The first eight digits of a GUID, enough to distinguish rules; anything else as it is. Braces are left out. */
export function shortGuid(text: string): string {
  const bare = text.replace(/^\{(.*)\}$/, '$1')
  return isGuid(bare) ? bare.slice(0, 8) : text
}
