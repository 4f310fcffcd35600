import { ruleByAction } from '#db/lookup/action-types.ts'

/** The GUID of the rule that an ActionType without its ending is of (`AsrOfficeChildProcess`), or null if there is none. */
export const ruleOfAction = (stem: string): string | null =>
  Object.hasOwn(ruleByAction, stem) ? (ruleByAction[stem] ?? null) : null
