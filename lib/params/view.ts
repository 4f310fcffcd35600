import type { DetectionKey } from '#lib/asr/detections.ts'
import { tablePath } from './hrefs.ts'
import { linkTo, paramsToSearch, sortText } from './link.ts'
import type { Params, TableName } from './params.ts'
import { byText } from './stack-by.ts'

/** One thing that a file or a copy of rows says about them, with its values. */
export type ViewFact = { name: string; values: readonly string[] }

/** The uploads that rows are from: how many there are, and the newest of them. */
export type ViewUploads = { total: number; rows: readonly { id: string; name: string; state: string }[] }

type Given = {
  table: TableName
  /** The parameters of the rows, with what their screen is about. */
  params: Params
  /** Their time range in milliseconds; an open end is null. */
  range: { from: number | null; to: number | null }
  /** Null if they are not known. */
  uploads: ViewUploads | null
}

/** Uploads that are named. */
export const mostUploads = 20

const notFilters = ['from', 'to', 'last', 'anchor', 'mode', 'sort', 'page', 'limit', 'tz', 'by', 'dispositions']
const groups: Record<DetectionKey, true> = { stacking: true, audit: true, block: true, registry: true, disabled: true }

const timeOf = (time: number | null, open: string): string => (time === null ? open : new Date(time).toISOString())

function uploadTexts(uploads: ViewUploads | null): string[] {
  if (uploads === null) return ['not known']
  const named = uploads.rows
    .slice(0, mostUploads)
    .map(({ name, id, state }) => `${name} (${id}${state === 'done' ? '' : `, ${state}`})`)
  const more = uploads.total - named.length
  return [...(uploads.total === 0 ? ['none'] : named), ...(more > 0 ? [`and ${more} more`] : [])]
}

/** Returns what rows are: their table, range, mode, filters, order, dispositions and uploads, and the link that shows them. */
export function viewFacts({ table, params, range, uploads }: Given): ViewFact[] {
  const search = paramsToSearch(params, table)
  const filters = [...search].filter(([name]) => !notFilters.includes(name)).map(([name, value]) => `${name}=${value}`)
  const pinned = { ...params, ...range, last: null, anchor: 'now' as const, limit: null }
  return [
    { name: 'table', values: [table] },
    { name: 'from', values: [timeOf(range.from, 'the first event')] },
    { name: 'to', values: [timeOf(range.to, 'the last event')] },
    ...(table in groups ? [{ name: 'mode', values: [params.mode] }] : []),
    ...(table === 'stack' ? [{ name: 'by', values: [byText(params.by)] }] : []),
    { name: 'filters', values: filters.length === 0 ? ['none'] : filters },
    { name: 'sort', values: params.sort.map((each) => sortText([each])) },
    { name: 'dispositions', values: [params.dispositions ?? 'not applied'] },
    { name: 'uploads', values: uploadTexts(uploads) },
    { name: 'view', values: [linkTo(tablePath(table), table, pinned)] },
  ]
}

// What is left as it is can neither begin a cell of a spreadsheet, nor end a line or a cell, nor steer a terminal.
const encoded = (text: string): string =>
  text.replace(/[^A-Za-z0-9 ._:/\\*!()=?&@+-]/gu, (char) => encodeURIComponent(char.isWellFormed() ? char : '\ufffd'))

/**
 * The facts as lines that begin with `# `, one a line. What is not plain in a value is percent-encoded, `%` too; the link is encoded
 * as it is.
 */
export const commentLines = (facts: readonly ViewFact[]): string =>
  facts.map(({ name, values }) => `# ${name}: ${values.map(name === 'view' ? String : encoded).join(' | ')}\n`).join('')
