import type { ContinuityListName } from '#lib/model/rows.ts'

/** What the lists are called on screen. */
export const listNames: Record<ContinuityListName, string> = { dests: 'Dests', breaks: 'Breaks', versions: 'Versions' }

/** The list a URL names; the dests where it names none. */
export const listOf = (text: string | undefined): ContinuityListName =>
  (Object.keys(listNames) as ContinuityListName[]).find((list) => list === text) ?? 'dests'
