import { shortGuid } from './guid.ts'

/** A rule in words, in one text: its name if the lookup has one. */
export const ruleText = (id: string, name: string | null | undefined): string =>
  name === undefined || name === null || name === 'NULL' ? `Unknown rule ${shortGuid(id)}` : name
