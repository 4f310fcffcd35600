import type { CountQuestion } from '#lib/store/reads.ts'
import { asked, type Question } from './question.ts'
import { isWithin, ruleFields, sourceOf, stackFields } from './source.ts'

/**
 * How events are counted by host and rule: by rule if the filter allows it, else from the stacks that it leaves. Those of one
 * stack, which can be of any detection, are counted one by one.
 */
export function countQuestion(question: Question): CountQuestion {
  const isOfStack = question.filter.stack !== null
  const isByRule = !isOfStack && isWithin(question.filter, ruleFields)
  return {
    ...asked(question),
    grain: isByRule ? 'rule' : 'stack',
    source: isOfStack ? 'events' : sourceOf(question, isByRule ? ruleFields : stackFields),
  }
}
