/** What lowered protection, of a row of a configuration detection. */
export type Lowered = { ASR_Rule: string; from: string; to: string; Exclusion?: string | null }

const setTo = (state: string, none: string): string => (state === 'NULL' ? none : state)

/** A change that disabled a rule or weakened protection as a sentence: setting, old → new. */
export function changeWords({ ASR_Rule, from, to, Exclusion = null }: Lowered, rule: string): string {
  if (Exclusion !== null) {
    const paths = Exclusion.split('|')
    const where = ASR_Rule === 'NULL' ? '' : ` for ${rule}`
    return paths.length === 1
      ? `Exclusion added${where}: ${Exclusion}`
      : `Exclusions changed${where}: ${paths.join(', ')}`
  }
  if (from === 'NULL' && to === 'NULL') return `${ASR_Rule === 'NULL' ? 'Policy switch' : rule} turned off`
  return `${rule}: ${setTo(from, 'not set')} → ${setTo(to, 'removed')}`
}
