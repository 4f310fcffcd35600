import type { ReactNode } from 'react'
import { AboutLink } from '#components/about/about-link.tsx'
import { DetectionAbout } from '#components/about/detection-about.tsx'
import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { WhenReady } from '#components/frame/when-ready.tsx'
import { StackByLink } from '#components/stack/stack-by-link.tsx'
import { changeOf } from '#components/table/changes.ts'
import { hiddenColumns, tableColumns } from '#components/table/column-names.ts'
import { ColumnsMenu } from '#components/table/columns-menu.tsx'
import { DetectionTable } from '#components/table/detection-table.tsx'
import { FilteredTable } from '#components/table/filtered-table.tsx'
import { Reconciliation } from '#components/table/reconciliation.tsx'
import { rulesById } from '#components/table/rules-by-id.ts'
import { DetectionExport } from '#components/table/table-export.tsx'
import { TableSkeleton } from '#components/table/table-skeleton.tsx'
import { context } from '#lib/access/context.ts'
import { type DetectionKey, detections } from '#lib/asr/detections.ts'
import { tablePath } from '#lib/params/hrefs.ts'
import type { SearchParams } from '#lib/params/params.ts'
import { readScreen } from '#lib/params/read-screen.ts'
import type { Screen } from '#lib/params/screen.ts'
import { selectChanges } from '#lib/query/changes.ts'
import { selectDetection } from '#lib/query/detection.ts'
import { whyNone } from '#lib/query/older.ts'
import { ask, type Question } from '#lib/query/question.ts'
import { sumOfChanges } from '#lib/text/change.ts'

type Props = {
  detection: DetectionKey
  searchParams: Promise<SearchParams>
  /** Switches of one page that stand in its bar. */
  bar?: (screen: Screen) => ReactNode
}

/** The page of a detection: bar, filters, reconciliation and table, all as its URL says. */
export async function DetectionPage({ detection, searchParams, bar }: Props) {
  const { screen, problems } = readScreen(tablePath(detection), detection, await searchParams, ['cols', 'pin', 'about'])
  if (showsNothing(problems))
    return <NothingShown title={detections[detection].title} screen={screen} problems={problems} />
  const { reads, now } = await context()
  const question = await ask(reads, screen.params, now)
  return (
    <>
      <Bar
        title={detections[detection].title}
        screen={screen}
        window={question.window}
        has={{ time: true, mode: true, search: true }}
      >
        <AboutLink screen={screen} />
        {bar?.(screen)}
      </Bar>
      <Problems problems={problems} />
      <WhenReady fallback={<TableSkeleton />}>{Detection({ detection, screen, question, fills: true })}</WhenReady>
      {screen.own.about !== undefined && <DetectionAbout detection={detection} />}
    </>
  )
}

type DetectionProps = {
  detection: DetectionKey
  screen: Screen
  /** The question of the screen. Its filter includes what the screen is about, such as one host. */
  question: Question
  /** Whether the table fills the screen, instead of being a part below others. */
  fills?: boolean
}

/** A detection: its filters, the line that reconciles it with Splunk, and its stacks, asked for from the store. */
export async function Detection({ detection, screen, question, fills = false }: DetectionProps) {
  const { reads } = await context()
  const [page, names] = await Promise.all([selectDetection(reads, detection, question), reads.ruleNames()])
  const [why, changed] = await Promise.all([
    whyNone(reads, question, page, (other) => selectDetection(reads, detection, other), screen.params.filters),
    selectChanges(reads, question, page.rows),
  ])
  const rules = rulesById(names)
  const shown = { screen, params: question.params, window: question.window, rules }
  const changes = Object.fromEntries(
    [...changed].map(([stack, events]) => [stack, sumOfChanges(events.map((event) => changeOf(event, rules)))]),
  )
  const { mode } = screen.params
  return (
    <FilteredTable
      {...shown}
      page={page}
      noun="stack"
      why={why}
      dropped={mode === 'faithful' ? page.events : 0}
      line={
        <>
          <Reconciliation screen={screen} {...page} className="max-sm:hidden" />
          <div className="flex">
            <StackByLink detection={detection} params={question.params} />
            <ColumnsMenu screen={screen} all={tableColumns(detection)} hiddenAtFirst={hiddenColumns(detection)} />
            <DetectionExport detection={detection} screen={screen} params={question.params} />
          </div>
        </>
      }
    >
      <DetectionTable
        detection={detection}
        rows={page.rows}
        fills={fills}
        context={shown}
        changes={changes}
        caption={`${detections[detection].title}, ${mode} mode`}
      />
      {/* A phone has the sums below its cards. */}
      <Reconciliation screen={screen} {...page} className="border-t border-line px-4 py-2 sm:hidden" />
    </FilteredTable>
  )
}
