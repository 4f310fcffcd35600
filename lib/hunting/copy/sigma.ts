import { planOf } from './plan.ts'
import type { Copied, Selection } from './selection.ts'
import { detectionOf, sigmaField } from './sigma-detection.ts'
import { sigmaID } from './sigma-id.ts'
import { yamlText } from './yaml-text.ts'

const indented = (lines: readonly string[], by: number): string[] => lines.map((line) => `${' '.repeat(by)}${line}`)

/**
 * Returns a Sigma rule that detects events like those of a selection. Sigma has no time range, so that of the selection is left
 * out, and a comment says so. Source: Sigma specification 2.1.0.
 */
export function copySigma(selection: Selection): Copied {
  const plan = planOf(selection)
  if ('refused' in plan) return plan
  const detections = plan.groups.map((group, at) =>
    detectionOf(group, plan.hosts, plan.groups.length === 1 ? 'selection' : `selection_${at + 1}`),
  )
  const [only, ...more] = detections.map(({ condition }) => condition)
  const condition = more.length === 0 ? (only ?? '') : [only, ...more].map((each) => `(${each})`).join(' or ')
  const names = plan.groups.flatMap(({ terms }) => terms.flatMap((term) => term.names))
  const fields = [...new Set(['Computer', 'EventID', ...names.map(sigmaField)])]
  const columns = selection.columns.map(({ column }) => column)
  const title =
    columns.length === 0 ? 'Defender ASR Events' : `Defender ASR Events by ${[...new Set(columns)].join(', ')}`
  const hasRange = selection.from !== null || selection.to !== null
  const lines = [
    ...plan.leftOut.map((note) => `# ${note}`),
    ...(hasRange ? ['# Sigma has no time range: choose it in the search that runs this rule.'] : []),
    `title: ${yamlText(title)}`,
    `id: ${sigmaID(JSON.stringify(selection.columns))}`,
    'status: experimental',
    'description: Events like those of a stack of ASR Hunt',
    'references:',
    '    - https://learn.microsoft.com/en-us/defender-endpoint/attack-surface-reduction',
    'logsource:',
    '    product: windows',
    '    service: windefend',
    'detection:',
    ...detections.flatMap(({ identifiers }) =>
      identifiers.flatMap(({ name, lines }) => [`    ${name}:`, ...indented(lines, 8)]),
    ),
    `    condition: ${condition}`,
    'fields:',
    ...fields.map((field) => `    - ${field}`),
    'falsepositives:',
    '    - Unknown',
    'level: medium',
  ]
  return { text: `${lines.join('\n')}\n` }
}
