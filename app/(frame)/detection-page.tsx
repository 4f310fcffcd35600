import { type ReactNode, Suspense } from 'react'
import { DetectionView } from '#components/detection/detection-view.tsx'
import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { rulesById } from '#components/table/rules-by-id.ts'
import { TableSkeleton } from '#components/table/table-skeleton.tsx'
import { context } from '#lib/access/context.ts'
import { type DetectionKey, detections } from '#lib/asr/detections.ts'
import { tablePath } from '#lib/params/hrefs.ts'
import type { SearchParams } from '#lib/params/params.ts'
import { readScreen } from '#lib/params/read-screen.ts'
import type { Screen } from '#lib/params/screen.ts'
import { selectDetection } from '#lib/query/detection.ts'
import { ifAnchored } from '#lib/query/older.ts'
import { ask, type Question } from '#lib/query/question.ts'

type Props = {
  detection: DetectionKey
  searchParams: Promise<SearchParams>
  /** Switches of one page that stand in its bar. */
  bar?: (screen: Screen) => ReactNode
}

/** The page of a detection: bar, filters, reconciliation and table, all as its URL says. */
export async function DetectionPage({ detection, searchParams, bar }: Props) {
  const { screen, problems } = readScreen(tablePath(detection), detection, await searchParams, ['cols'])
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
        {bar?.(screen)}
      </Bar>
      <Problems problems={problems} />
      <Suspense fallback={<TableSkeleton />}>
        <Detection detection={detection} screen={screen} question={question} fills />
      </Suspense>
    </>
  )
}

type DetectionProps = {
  detection: DetectionKey
  screen: Screen
  /** What the screen asks: with the filters that it stands for, such as its host, beside those of its URL. */
  question: Question
  /** Whether the table is the whole screen, and not a part below others. */
  fills?: boolean
}

/** The stacks of a detection under the screen's filter, asked for from the store. */
export async function Detection({ detection, screen, question, fills = false }: DetectionProps) {
  const { reads } = await context()
  const { params } = question
  const [page, names] = await Promise.all([selectDetection(reads, detection, question), reads.ruleNames()])
  const lacksStack = page.total === 0 && params.stack !== null && !(await reads.hasStack(params.stack))
  const older = await ifAnchored(question, page, (older) => selectDetection(reads, detection, older))
  return (
    <DetectionView
      detection={detection}
      screen={screen}
      window={question.window}
      rules={rulesById(names)}
      page={page}
      ifAnchored={older}
      lacksStack={lacksStack}
      asked={params}
      fills={fills}
    />
  )
}
