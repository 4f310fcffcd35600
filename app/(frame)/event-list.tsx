import { EventView } from '#components/event/event-view.tsx'
import type { ResolvedWindow } from '#components/frame/resolved-window.ts'
import type { Screen } from '#components/frame/screen.ts'
import { rulesById } from '#components/table/rules-by-id.ts'
import type { Params } from '#lib/params/params.ts'
import { selectEvents } from '#lib/query/events.ts'
import { hasStack } from '#lib/query/found.ts'
import { ruleNames } from '#lib/query/rules.ts'
import { getStore } from '#lib/store/open.ts'

type Props = {
  screen: Screen
  window: ResolvedWindow
  /** Filters that the screen stands for, such as its host, beside those of its URL. */
  within?: Params['filters']
}

/** Single events under the screen's filter, asked for from the store. */
export async function EventList({ screen, window, within }: Props) {
  const store = await getStore()
  const params = { ...screen.params, filters: { ...screen.params.filters, ...within } }
  const [page, names] = await Promise.all([selectEvents(store, params), ruleNames(store)])
  const lacksStack = page.total === 0 && params.stack !== null && !(await hasStack(store, params.stack))
  const isOld = page.total === 0 && params.anchor === 'now' && params.last !== null && params.to === null
  const anchored = isOld ? await selectEvents(store, { ...params, anchor: 'newest', page: 1, limit: 1 }) : null
  return (
    <EventView
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
