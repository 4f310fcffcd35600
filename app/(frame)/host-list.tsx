import type { ResolvedWindow } from '#components/frame/resolved-window.ts'
import type { Screen } from '#components/frame/screen.ts'
import { HostTable } from '#components/host/host-table.tsx'
import { NoEventsYet, NoRows } from '#components/table/empty.tsx'
import { ExportMenu } from '#components/table/export-menu.tsx'
import { chipsOf } from '#components/table/filter-chips.tsx'
import { FilterLine } from '#components/table/filter-line.tsx'
import { Pager } from '#components/table/pager.tsx'
import { rulesById } from '#components/table/rules-by-id.ts'
import type { Params } from '#lib/params/params.ts'
import { selectHosts } from '#lib/query/hosts.ts'
import { ruleNames } from '#lib/query/rules.ts'
import { getStore } from '#lib/store/open.ts'

type Props = {
  screen: Screen
  window: ResolvedWindow
  /** Filters that the screen stands for, such as its rule, beside those of its URL. */
  within?: Params['filters']
}

/** Hosts under the screen's filter, asked for from the store. */
export async function HostList({ screen, window, within }: Props) {
  if (window.newest === null) return <NoEventsYet />
  const store = await getStore()
  const params = { ...screen.params, filters: { ...screen.params.filters, ...within } }
  const [{ total, rows }, names] = await Promise.all([selectHosts(store, params), ruleNames(store)])
  const isOld = total === 0 && params.anchor === 'now' && params.last !== null && params.to === null
  const anchored = isOld ? await selectHosts(store, { ...params, anchor: 'newest', page: 1, limit: 1 }) : null
  const rules = rulesById(names)
  const chips = chipsOf(screen.params, rules)
  return (
    <>
      <FilterLine screen={screen} rules={rules} chips={chips}>
        <p className="text-12 text-dim">
          score and riskEvents: 7 days to {params.anchor === 'newest' ? 'the newest event' : 'now'}
        </p>
        <ExportMenu table="hosts" params={params} />
      </FilterLine>
      {rows.length > 0 ? (
        <HostTable screen={screen} window={window} rows={rows} fills={within === undefined} />
      ) : (
        <NoRows screen={screen} window={window} chips={chips} ifAnchored={anchored?.total ?? 0} noun="hosts" />
      )}
      {rows.length > 0 && <Pager screen={screen} total={total} noun={total === 1 ? 'host' : 'hosts'} />}
    </>
  )
}
