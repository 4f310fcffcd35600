/** What Defender did: blocked, only noted, was overridden by the user, or had its configuration changed. */
export type Mode = 'block' | 'audit' | 'override' | 'configuration'
/** The Defender feature behind an event: four values of the facet `feature`. */
export type Feature = 'asr' | 'network' | 'policy' | 'configuration'

export const modeNames: Record<Mode, string> = {
  block: 'Block',
  audit: 'Audit',
  override: 'Override',
  configuration: 'Configuration',
}

export const featureNames: Record<Feature, string> = {
  asr: 'ASR rule',
  network: 'Network protection',
  policy: 'Other Defender policy and endpoint DLP',
  configuration: 'Configuration',
}

type Code = { mode: Mode; feature: Feature; meaning: string }

/**
 * What each EventCode means. Sources: learn.microsoft.com attack-surface-reduction-windows-events (1121, 1122, 1125,
 * 1126, 1129, 5007); the provider manifest's messages (1131-1134).
 */
export const codes: Record<number, Code> = {
  1121: { mode: 'block', feature: 'asr', meaning: 'ASR rule fired in block mode' },
  1122: { mode: 'audit', feature: 'asr', meaning: 'ASR rule fired in audit mode' },
  1125: { mode: 'audit', feature: 'network', meaning: 'Network protection would have blocked' },
  1126: { mode: 'block', feature: 'network', meaning: 'Network protection blocked' },
  1129: { mode: 'override', feature: 'asr', meaning: 'User allowed a blocked operation' },
  1131: { mode: 'block', feature: 'policy', meaning: 'Blocked by another Defender policy' },
  1132: { mode: 'audit', feature: 'policy', meaning: 'Audited by another Defender policy' },
  1133: { mode: 'block', feature: 'policy', meaning: 'Blocked by endpoint data loss prevention' },
  1134: { mode: 'audit', feature: 'policy', meaning: 'Audited by endpoint data loss prevention' },
  5007: { mode: 'configuration', feature: 'configuration', meaning: 'Defender configuration changed' },
}
