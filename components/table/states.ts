import { CircleDashed, Eye, type LucideIcon, OctagonX, PowerOff, UserCheck } from 'lucide-react'
import type { RuleState } from '#lib/model/rows.ts'

/** The states of a rule on a host: icon, word and hue of each state. A rule switched off is a configuration, not a mode. */
export const stateLooks: Record<RuleState, { name: string; icon: LucideIcon; ink: string; soft: string }> = {
  block: { name: 'Block', icon: OctagonX, ink: 'text-block-ink', soft: 'bg-block-soft' },
  audit: { name: 'Audit', icon: Eye, ink: 'text-audit-ink', soft: 'bg-audit-soft' },
  warn: { name: 'Warn', icon: UserCheck, ink: 'text-override-ink', soft: 'bg-override-soft' },
  off: { name: 'Off', icon: PowerOff, ink: 'text-configuration-ink', soft: 'bg-configuration-soft' },
  unknown: { name: 'Unknown', icon: CircleDashed, ink: 'text-other-ink', soft: 'bg-other-soft' },
}

/** The state that a registry value means, by its name in the detections. */
export function stateOf(name: string): RuleState {
  const states: Record<string, RuleState> = { Block: 'block', Audit: 'audit', Warn: 'warn', Disabled: 'off' }
  return states[name] ?? 'unknown'
}
