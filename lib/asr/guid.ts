/** Source of a regular expression that matches a GUID without braces. */
export const guidText = '[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}'
const guid = new RegExp(`^${guidText}$`)
const ruleID = new RegExp(`^${guidText}(?::${guidText})?$`)

/** A rule GUID as every table spells it: no braces, no blanks around it, upper case. */
export const normaliseGuid = (text: string): string => text.replace(/[{}]/g, '').trim().toUpperCase()

/** Whether a text is a GUID without braces. */
export const isGuid = (text: string): boolean => guid.test(text)

/** Whether a text is the id of a rule: a GUID without braces, or that of a policy and that of its rule with a colon between. */
export const isRuleID = (text: string): boolean => ruleID.test(text)
