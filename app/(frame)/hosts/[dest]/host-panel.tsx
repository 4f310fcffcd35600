import { type HostTab, tabHeadings } from '#components/host/host-tabs.ts'
import { RiskResults } from '#components/host/risk-results.tsx'
import { KnownGoodSwitch, LeftOutLine } from '#components/risk/left-out.tsx'
import { SegmentLinks } from '#components/ui/segments.tsx'
import { context } from '#lib/access/context.ts'
import { type DetectionKey, detectionKeys, detections } from '#lib/asr/detections.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import type { Screen } from '#lib/params/screen.ts'
import { otherTableHref } from '#lib/params/screen.ts'
import { whyNone } from '#lib/query/older.ts'
import { ask, type Question } from '#lib/query/question.ts'
import { ofDest, overRiskRange, selectLeftOut, selectRisk } from '#lib/query/risk.ts'
import { visibleText } from '#lib/text/visible.ts'
import { Detection } from '../../detection-page.tsx'
import { EventList } from '../../event-list.tsx'

type Props = {
  tab: HostTab
  detection: DetectionKey
  dest: string
  screen: Screen
  question: Question
}

/** What a tab of a host shows, under its heading. */
export function HostPanel(props: Props) {
  const { tab, detection, dest, screen } = props
  const isDrilldown = tab === 'results' || tab === 'risk'
  return (
    <>
      <div className={isDrilldown ? 'flex flex-wrap items-center gap-x-6 gap-y-1 px-4 pt-1.5' : 'sr-only'}>
        <h3 className="min-w-0 text-13 font-semibold wrap-anywhere">{tabHeadings[tab](visibleText(dest))}</h3>
        {tab === 'results' && (
          <div className="min-w-0 overflow-x-auto">
            <SegmentLinks
              label="Detection"
              segments={detectionKeys.map((key) => ({
                href: otherTableHref(screen, key, {}, { detection: key }),
                label: detections[key].title,
                current: key === detection,
              }))}
            />
          </div>
        )}
      </div>
      <PanelTable {...props} />
    </>
  )
}

function PanelTable({ tab, detection, dest, screen, question }: Props) {
  if (tab === 'risk') return <HostRisk dest={dest} screen={screen} question={question} />
  if (tab === 'events') return <EventList screen={screen} question={question} />
  if (tab === 'configuration') return <Detection detection="registry" screen={screen} question={question} />
  return <Detection detection={detection} screen={screen} question={question} />
}

/** Risk is that of seven days to the anchor, whatever the range of the tables: so the seed's drilldown has it. */
async function HostRisk({ dest, screen, question: { window, leftOut } }: Pick<Props, 'dest' | 'screen' | 'question'>) {
  const { reads } = await context()
  const params = ofDest({ ...defaultParams('risk'), anchor: screen.params.anchor }, dest)
  const question = overRiskRange({ ...(await ask(reads, params, window.now, window)), leftOut })
  const [page, points] = await Promise.all([selectRisk(reads, question), selectLeftOut(reads, question)])
  const { ifAnchored } = await whyNone(reads, question, page, (older) => selectRisk(reads, older))
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-1 px-4 pt-1.5">
        <KnownGoodSwitch screen={screen} isApplied={points !== null} />
        <LeftOutLine leftOut={points} of="" />
      </div>
      <RiskResults row={page.rows[0] ?? null} screen={screen} hasOlder={ifAnchored > 0} />
    </>
  )
}
