import type { HostTab } from '#components/host/host-tabs.ts'
import { RiskResults } from '#components/host/risk-results.tsx'
import { SegmentLinks } from '#components/ui/segments.tsx'
import { context } from '#lib/access/context.ts'
import { type DetectionKey, detectionKeys, detections } from '#lib/asr/detections.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import type { Screen } from '#lib/params/screen.ts'
import { otherTableHref } from '#lib/params/screen.ts'
import { whyNone } from '#lib/query/older.ts'
import { ask, type Question } from '#lib/query/question.ts'
import { ofDest, overRiskRange, selectRisk } from '#lib/query/risk.ts'
import { Detection } from '../../detection-page.tsx'
import { EventList } from '../../event-list.tsx'

type Props = {
  tab: HostTab
  detection: DetectionKey
  dest: string
  screen: Screen
  question: Question
}

/** What a tab of a host shows. */
export function HostPanel({ tab, detection, dest, screen, question }: Props) {
  if (tab === 'risk') return <HostRisk dest={dest} screen={screen} question={question} />
  if (tab === 'events') return <EventList screen={screen} question={question} />
  if (tab === 'stacks') return <Detection detection="stacking" screen={screen} question={question} />
  if (tab === 'configuration') return <Detection detection="registry" screen={screen} question={question} />
  return (
    <>
      <div className="overflow-x-auto px-4 pt-3 pb-1">
        <SegmentLinks
          label="Detection"
          segments={detectionKeys.map((key) => ({
            href: otherTableHref(screen, key, {}, { detection: key }),
            label: detections[key].title,
            current: key === detection,
          }))}
        />
      </div>
      <Detection detection={detection} screen={screen} question={question} />
    </>
  )
}

/** Risk is that of seven days to the anchor, whatever the range of the tables: so the seed's drilldown has it. */
async function HostRisk({ dest, screen, question: { window } }: Pick<Props, 'dest' | 'screen' | 'question'>) {
  const { reads } = await context()
  const params = ofDest({ ...defaultParams('risk'), anchor: screen.params.anchor }, dest)
  const question = overRiskRange(await ask(reads, params, window.now, window))
  const page = await selectRisk(reads, question)
  const { ifAnchored } = await whyNone(reads, question, page, (older) => selectRisk(reads, older))
  return <RiskResults row={page.rows[0] ?? null} screen={screen} hasOlder={ifAnchored > 0} />
}
