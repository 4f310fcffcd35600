import { registry } from './paths.ts'
import { type Mode, type RuleName, ruleIds } from './rules.ts'

/** The keys of local settings and of those of Intune, as 5007 spells it (real 5007 texts; CSP documentation). */
export const exploitGuard = `${registry}\\Windows Defender Exploit Guard\\ASR`
export const policyManager = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Policy Manager'
/** The number of each mode in the registry. */
export const states: Record<Mode, number> = { off: 0, block: 1, audit: 2, warn: 6 }
/** A rule set locally: one value per rule. */
export const ruleValue = (rule: RuleName, state: number) => `${exploitGuard}\\Rules\\${ruleIds[rule]} = 0x${state}`
/** Rules set through MDM: all in one value. */
export const policyValue = (...rules: [RuleName, number][]) =>
  `${policyManager}\\ASRRules = ${rules.map(([rule, state]) => `${ruleIds[rule]}=${state}`).join('|')}`
