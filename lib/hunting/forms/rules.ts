import { idRules } from './id-rules.ts'
import { numberRules } from './number-rules.ts'
import { placeRules } from './place-rules.ts'
import type { FormRule, TextKind } from './rule.ts'
import { spellingRules } from './spelling-rules.ts'
import { tempFileRules } from './temp-file-rules.ts'
import { tempFolderRules } from './temp-folder-rules.ts'
import { versionRules } from './version-rules.ts'

/** Version of the rules. Raise it when any of them changes what it returns: stored forms are then computed again. */
export const formVersion = 1

/** The rules of the normaliser in the order in which they are applied. */
export const formRules: readonly FormRule[] = [
  ...spellingRules,
  ...placeRules,
  ...tempFileRules,
  ...tempFolderRules,
  ...numberRules,
  ...idRules,
  ...versionRules,
]

const rulesOf: Readonly<Record<TextKind, readonly FormRule[]>> = {
  path: formRules.filter(({ kinds }) => kinds.includes('path')),
  command: formRules.filter(({ kinds }) => kinds.includes('command')),
}

function applied(rules: readonly FormRule[], text: string): string {
  let form = text
  for (const { needs, apply } of rules)
    if (needs === undefined || needs.some((each) => form.includes(each))) form = apply(form)
  return form
}

/** Returns a text with everything replaced that differs between runs, users and machines. It needs linear time. */
export const normalise = (kind: TextKind, text: string): string => applied(rulesOf[kind], text)

const placing = [...spellingRules, ...placeRules]

/** Returns a path with its spelling and the names of its places levelled, and nothing else replaced. */
export const levelPlaces = (path: string): string => applied(placing, path)
