import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReactNode } from 'react'
import { CodeTag } from '#components/table/cells/mode-tag.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { linkClass } from '#components/ui/nav-link.tsx'
import { detectionNotes } from '#db/lookup/detection-notes.ts'
import { defenderChannel } from '#lib/asr/channel.ts'
import { codes } from '#lib/asr/codes.ts'
import type { DetectionKey } from '#lib/asr/detections.ts'
import { detections } from '#lib/asr/detections.ts'
import { AboutPanel } from './about-panel.tsx'
import { Technique } from './technique.tsx'

/** The SPL of a detection, as Splunk publishes it. */
const readSearch = (detection: DetectionKey): string =>
  readFileSync(join(/* turbopackIgnore: true */ process.cwd(), 'db/lookup/spl', `${detection}.spl`), 'utf8').trimEnd()

const dataFolder = 'datasets/attack_techniques/T1059/defender/'

/** What there is to know about a detection: what it finds and needs, what it finds wrongly, and the search it comes from. */
export function DetectionAbout({ detection }: { detection: DetectionKey }) {
  const spl = readSearch(detection)
  const notes = detectionNotes[detection]
  const { title, codes: numbers, techniques, story, type, riskScore, search } = detections[detection]
  return (
    <AboutPanel title={`About ${title}`}>
      <Section title="What it finds">
        <p>{notes.finds}</p>
        <p>
          {type}, {riskScore === null ? 'without a risk score' : `risk score ${riskScore} for the host`}. Analytic
          story: {story}. Asset type: endpoint.
        </p>
      </Section>
      <Section title="Data sources">
        <ul className="flex flex-col gap-1">
          {numbers.map((code) => (
            <li key={code} className="flex gap-3">
              <CodeTag code={code} />
              <span>{codes[code]?.meaning}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="How to collect them">
        <p>
          Windows writes these events to the channel <code className="wrap-anywhere">{defenderChannel}</code> if
          Microsoft Defender Antivirus is the active antivirus. Upload the .evtx file of a host or of a collector, or an
          export from Event Viewer, PowerShell, Splunk or Defender XDR. In Splunk, the search needs this channel as XML;
          Windows Event Forwarding works as well.
        </p>
      </Section>
      <Section title="Known false positives">
        <p>{notes.falsePositives}</p>
      </Section>
      <Section title="Where our rows differ from Splunk's">
        <ul className="flex list-disc flex-col gap-1 pl-4">
          {notes.differences.map((difference) => (
            <li key={difference}>{difference}</li>
          ))}
        </ul>
      </Section>
      <Section title="ATT&CK techniques">
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {techniques.map((id) => (
            <li key={id}>
              <Technique id={id} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Splunk's search">
        <p>
          {search}, version {notes.version} of {notes.date}, <code className="wrap-anywhere">{notes.id}</code>
        </p>
        <div className="flex items-start gap-1 rounded border border-line bg-sunken p-2">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
          <section tabIndex={0} aria-label="SPL" className="min-w-0 flex-1 overflow-x-auto">
            <pre className="font-mono text-12">{spl}</pre>
          </section>
          <CopyButton text={spl} name="SPL" />
        </div>
      </Section>
      <Section title="References">
        <ul className="flex flex-col gap-1">
          {notes.references.map((href) => (
            <li key={href}>
              <a href={href} className={`${linkClass} wrap-anywhere`}>
                {href}
              </a>
            </li>
          ))}
          <li>
            Splunk tests the search with{' '}
            <code className="wrap-anywhere">
              splunk/attack_data {dataFolder}
              {notes.testData}
            </code>
          </li>
        </ul>
      </Section>
    </AboutPanel>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1.5 pt-4">
      <h3 className="text-12 font-semibold text-dim">{title}</h3>
      {children}
    </section>
  )
}
