import type { detectionTable } from './detections.ts'

/**
 * What the page of a detection says about it, in our own words, and which version of Splunk's search it follows.
 *
 * Source: splunk/security_content, `detections/endpoint/windows_defender_asr_*.yml`. The searches themselves are in `spl/`.
 */
export type DetectionNotes = {
  /** Id of the search in Splunk. */
  id: string
  /** Newest version of the search whose SPL was compared with `spl/`, and its date. */
  version: number
  date: string
  /** What the search finds, and what an analyst does with it. */
  finds: string
  falsePositives: string
  /** Where our rows differ from those of the search. */
  differences: readonly string[]
  /** Pages that the search refers to. */
  references: readonly string[]
  /** Files of splunk/attack_data, under `datasets/attack_techniques/T1059/defender/`, that the search is tested with. */
  testData: string
}

const generator = 'https://asrgen.streamlit.app/'
const overview =
  'https://learn.microsoft.com/en-us/microsoft-365/security/defender-endpoint/attack-surface-reduction?view=o365-worldwide'

const missingFields =
  "Splunk's grouping drops every event in which a by-field is missing. In complete mode a missing field is NULL and no event is lost; faithful mode returns exactly Splunk's rows."
const ownFields =
  'Splunk groups by Path, Process_Name and ID only. In complete mode the field that a template uses instead stands for them: Destination or Target for Path, Process for Process_Name, Policy Rule Id for ID.'
const collector =
  'dest is the computer that logged the event. In Splunk it is host, which is the collector if logs are forwarded.'
const unknownRule =
  "A rule without a name has the ASR_Rule NULL; Splunk's lookup returns the text false. Our lookup has 19 rules, Splunk's has 17."
const changeForms =
  'Splunk reads changes of the form Rules\\<GUID> only. Changes by Intune, changes of exclusions, and rules that were added, removed or set to Not configured are found here as well; faithful mode leaves them out.'

export const detectionNotes = {
  stacking: {
    id: '425a6657-c5e4-4cbb-909e-fc9e5d326f01',
    version: 8,
    date: '2026-05-13',
    finds:
      'Every event of ASR and its neighbours, grouped by host, rule, process and path. It raises no risk: you read it from the rare end to find attacks, and from the frequent end to find what a rule would break.',
    falsePositives:
      'Most rows are legitimate software. A row is a lead, not an alert: look at how many hosts have the same process and path.',
    differences: [missingFields, ownFields, unknownRule, collector],
    references: [generator, overview],
    testData: 'asr_defender_operational.log',
  },
  audit: {
    id: '0e4d46b1-22bd-4f0e-8337-ca6f60ad4bea',
    version: 8,
    date: '2026-04-15',
    finds:
      'What rules in audit mode would have blocked. Use it to choose exclusions before a rule is set to block, and to find attacks that were only recorded.',
    falsePositives:
      'Expected: audit mode exists to show which legitimate software a rule would stop, such as management agents, installers and development tools.',
    differences: [
      missingFields,
      ownFields,
      '1126 is a block by network protection, but Splunk lists it in this search. It is in both tables, and its rows say so.',
      unknownRule,
      collector,
    ],
    references: [generator],
    testData: 'asr_audit.log',
  },
  block: {
    id: '026f5f4e-e99f-4155-9e63-911ba587300b',
    version: 4,
    date: '2024-09-30',
    finds:
      'What rules in block or warn mode stopped, and what a user allowed nevertheless (1129). A block shows that an attack failed at this step, or that software is broken and needs an exclusion.',
    falsePositives:
      'Legitimate software that a rule stops, usually after a rule was set to block without an audit. The same block on many hosts suggests software, on one host an attack.',
    differences: [missingFields, ownFields, unknownRule, collector],
    references: [generator],
    testData: 'asr_block.log',
  },
  registry: {
    id: '6a1b6cbe-6612-44c3-92b9-1a1bd77412eb',
    version: 4,
    date: '2024-10-17',
    finds:
      'Changes of the ASR configuration of a host: the mode of a rule, exclusions, and the switches of the policy. Compare them with your change records; an attacker lowers a mode or adds an exclusion before using it.',
    falsePositives: 'Changes that administrators roll out by Intune, group policy or PowerShell.',
    differences: [
      changeForms,
      'Changes of Defender that do not concern ASR are counted in ASR Rules Stacking only.',
      collector,
    ],
    references: [generator],
    testData: 'asr_registry.log',
  },
  disabled: {
    id: '429d611b-3183-49a7-b235-fc4203c4e1cb',
    version: 10,
    date: '2026-05-13',
    finds:
      'Rules that were switched off on a host. This is the one search of the story that is an alert by itself: nothing that the rule stopped before is stopped or recorded any more.',
    falsePositives: 'Administrators who switch a rule off on purpose, for example to test software.',
    differences: [
      changeForms,
      'Splunk finds every change to Disabled. In complete mode a rule counts as disabled only if it was in Block, Audit or Warn before; a change to Not configured or a removal counts as well, and so does turning off the switch of all rules.',
      collector,
    ],
    references: [generator],
    testData: 'asr_disabled_registry.log',
  },
} as const satisfies Record<(typeof detectionTable)[number]['key'], DetectionNotes>
