import { defaultBy } from '#lib/hunting/definition.ts'
import { defaultSort } from './columns.ts'
import type { Params, TableName } from './params.ts'

/** Everything at its default, for one table. */
export const defaultParams = (table: TableName): Params => ({
  from: null,
  to: null,
  last: null,
  anchor: 'now',
  mode: 'complete',
  faithful: null,
  weakened: null,
  ...{ filters: {}, stackFilters: {} },
  q: null,
  stack: null,
  by: defaultBy,
  ...{
    maxHosts: null,
    maxEvents: null,
    maxShare: null,
    minRatio: null,
    since: null,
    seen: null,
    hint: null,
    dispositions: null,
  },
  sort: defaultSort[table],
  page: 1,
  limit: null,
  tz: 'UTC',
})
