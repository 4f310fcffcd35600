import type { By } from '#lib/model/access.ts'
import { readRules } from '#lib/store/lookups.ts'
import { getWrites } from '#lib/store/open.ts'

/**
 * Names a rule by its GUID, in upper case without braces. False if it is one of Microsoft's, whose names are not changed.
 * @throws if the name cannot be stored
 */
export async function nameRule(ID: string, name: string, by: By): Promise<boolean> {
  if (readRules(null).has(ID)) return false
  await (await getWrites()).nameRule(ID, name, by)
  return true
}
