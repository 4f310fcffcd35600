import { isGuid } from '#lib/asr/guid.ts'
import type { Term } from './term.ts'
import { isAnyText, type Text } from './text.ts'

const names = ['New Value', 'Old Value']
const containing = (part: string): Text => ({ kind: 'like', parts: ['', part, ''] })

/** The keys whose value names are rules (lib/asr/registry-value.ts). */
const ruleKeys = ['\\ASR\\Rules\\', '\\ASROnlyPerRuleExclusions\\'].map(containing)

/**
 * What is demanded of a 5007 for its ID, which is a part of its values (`…\ASR\Rules\<guid> = 0x1`, with or without braces).
 * `never` if no rule is called that, `part` if only a part of the ID is known, which other texts of the values could contain.
 */
export function ruleTerm(text: Text | null): Term | 'never' | 'part' {
  const column = 'ID'
  if (text === null) return { column, names, fits: 'none', texts: ruleKeys }
  if (isAnyText(text)) return { column, names, fits: 'any', texts: ruleKeys }
  if (text.kind === 'like') return 'part'
  if (!isGuid(text.value)) return 'never'
  return { column, names, fits: 'any', texts: [containing(`\\${text.value}`), containing(`\\{${text.value}}`)] }
}
