import { type ReactNode, Suspense } from 'react'
import { DetectionView } from '#components/detection/detection-view.tsx'
import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { readScreen } from '#components/frame/read-screen.ts'
import type { ResolvedWindow } from '#components/frame/resolved-window.ts'
import type { Screen } from '#components/frame/screen.ts'
import { rulesById } from '#components/table/rules-by-id.ts'
import { TableSkeleton } from '#components/table/table-skeleton.tsx'
import { type DetectionKey, detections } from '#lib/asr/detections.ts'
import type { Params, SearchParams } from '#lib/params/params.ts'
import { selectDetection } from '#lib/query/detection.ts'
import { hasStack } from '#lib/query/found.ts'
import { ruleNames } from '#lib/query/rules.ts'
import { resolveWindow } from '#lib/query/window.ts'
import { getStore } from '#lib/store/open.ts'

type Props = {
  detection: DetectionKey
  searchParams: Promise<SearchParams>
  /** Switches of one page that stand in its bar. */
  bar?: (screen: Screen) => ReactNode
}

/** The page of a detection: bar, filters, reconciliation and table, all as its URL says. */
export async function DetectionPage({ detection, searchParams, bar }: Props) {
  const { screen, problems } = readScreen(`/${detection}`, detection, await searchParams, ['cols'])
  if (showsNothing(problems))
    return <NothingShown title={detections[detection].title} screen={screen} problems={problems} />
  const window = await resolveWindow(await getStore(), screen.params)
  return (
    <>
      <Bar
        title={detections[detection].title}
        screen={screen}
        window={window}
        has={{ time: true, mode: true, search: true }}
      >
        {bar?.(screen)}
      </Bar>
      <Problems problems={problems} />
      <Suspense fallback={<TableSkeleton />}>
        <Detection detection={detection} screen={screen} window={window} />
      </Suspense>
    </>
  )
}

type DetectionProps = {
  detection: DetectionKey
  screen: Screen
  window: ResolvedWindow
  /** Filters that the screen stands for, such as its host, beside those of its URL. */
  within?: Params['filters']
}

/** The stacks of a detection under the screen's filter, asked for from the store. */
export async function Detection({ detection, screen, window, within }: DetectionProps) {
  const store = await getStore()
  const params = { ...screen.params, filters: { ...screen.params.filters, ...within } }
  const [page, names] = await Promise.all([selectDetection(store, detection, params), ruleNames(store)])
  const lacksStack = page.total === 0 && params.stack !== null && !(await hasStack(store, params.stack))
  const isOld = page.total === 0 && params.anchor === 'now' && params.last !== null && params.to === null
  const anchored = isOld
    ? await selectDetection(store, detection, { ...params, anchor: 'newest', page: 1, limit: 1 })
    : null
  return (
    <DetectionView
      detection={detection}
      screen={screen}
      window={window}
      rules={rulesById(names)}
      page={page}
      ifAnchored={anchored?.total ?? 0}
      lacksStack={lacksStack}
      asked={params}
      fills={within === undefined}
    />
  )
}
