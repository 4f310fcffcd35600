import { ruleNotes } from '#db/lookup/rule-notes.ts'
import type { RuleRow } from '#lib/model/rows.ts'
import { Technique } from './technique.tsx'

/** What a rule of Microsoft's does, what it needs and what keeps it from firing; nothing if no notes exist for it. */
export function RuleAbout({ rule }: { rule: RuleRow }) {
  const notes = ruleNotes[rule.ID]
  if (notes === undefined) return null
  const { antivirusExclusions, indicatorFiles, indicatorCertificates } = notes.honours
  const honoured = [
    'exclusions for ASR (global and per rule)',
    antivirusExclusions && 'file and folder exclusions of the antivirus',
    'process exclusions of the antivirus',
    indicatorFiles && 'allowed files (indicators)',
    indicatorCertificates && 'allowed certificates (indicators)',
  ].filter((each) => each !== false)
  const facts: [name: string, text: string][] = [
    ['Needs', notes.needs],
    ['Does not fire for', honoured.join(', ')],
    ['Warn mode', rule.warnMode ? 'supported' : 'not supported'],
    ['Standard protection rule', rule.standard ? 'yes' : 'no'],
    ['Alert in Defender for Endpoint', notes.alert],
    ['Notification of the user', notes.notification],
  ]
  return (
    <div className="flex max-w-[960px] flex-col gap-2">
      <p>{notes.does}</p>
      <details className="text-12">
        <summary className="w-fit cursor-pointer text-dim">About this rule</summary>
        <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
          {facts.map(([name, text]) => (
            <div key={name} className="contents">
              <dt className="text-dim">{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
          <dt className="text-dim">ATT&CK</dt>
          <dd className="flex flex-wrap gap-x-3">
            {rule.techniques.map((id) => (
              <Technique key={id} id={id} />
            ))}
          </dd>
        </dl>
      </details>
    </div>
  )
}
