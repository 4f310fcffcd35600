import { stringify } from 'csv-stringify/sync'
import type { z } from 'zod'
import { printable } from '#lib/log/printable.ts'
import type { Reader } from '#lib/params/limits.ts'
import { commentLines, type ViewFact } from '#lib/params/view.ts'
import { apiWriter } from './api-writer.ts'
import { harmless } from './csv-text.ts'

export const formats = ['json', 'csv', 'ndjson'] as const
export type ExportFormat = (typeof formats)[number]

const types: Record<ExportFormat, string> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
}

const cell = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? harmless(listText(value))
      : harmless(String(value))

const listText = (value: object): string =>
  Array.isArray(value) && value.every((each) => typeof each !== 'object') ? value.join('\n') : JSON.stringify(value)

/** Rows of a CSV file with these columns, without its head. */
export const csvLines = (rows: object[], columns: readonly string[]): string =>
  stringify(
    rows.map((row) => columns.map((column) => cell((row as Record<string, unknown>)[column]))),
    // A reader that splits at these takes a quoted cell as one.
    { quoted_match: /[;\t]/ },
  )

const ndjsonLines = (rows: object[]): string => rows.map((row) => `${printable(JSON.stringify(row))}\n`).join('')

/**
 * A file of rows: its name without ending, the schema of a row, and the columns in CSV. `chosen`: columns instead of all. `facts`:
 * what its header says; without them it has none.
 */
export type ExportFile = {
  name: string
  row: z.ZodObject
  columns: readonly string[]
  chosen?: readonly string[] | null
  facts?: readonly ViewFact[] | null
}
type Rows = AsyncIterable<Record<string, unknown>[]>

async function* csvText(rows: Rows, { row, columns: all, chosen, facts }: ExportFile) {
  const columns = chosen ?? all
  if (facts != null) yield commentLines(facts)
  yield `${columns.join(',')}\n`
  const write = apiWriter(row)
  for await (const chunk of rows) yield csvLines(chunk.map(write), columns)
}

async function* ndjsonText(rows: Rows, { row, chosen, facts }: ExportFile) {
  if (facts != null) yield ndjsonLines([{ meta: Object.fromEntries(facts.map(({ name, values }) => [name, values])) }])
  const write = apiWriter(row)
  const keep = (each: Record<string, unknown>) =>
    chosen == null ? each : Object.fromEntries(chosen.map((name) => [name, each[name]]))
  for await (const chunk of rows) yield ndjsonLines(chunk.map((each) => keep(write(each))))
}

/** A stream that has its first rows: an error is thrown before an answer has begun. */
async function begun<Rows>(rows: AsyncIterable<Rows>): Promise<AsyncIterable<Rows>> {
  const iterator = rows[Symbol.asyncIterator]()
  const first = await iterator.next()
  return (async function* () {
    try {
      for (let each = first; !each.done; each = await iterator.next()) yield each.value
    } finally {
      await iterator.return?.()
    }
  })()
}

/**
 * A file of rows, sent as they are read. The file name is ours: nothing of it comes from a log.
 * @throws what the store throws before the first row, such as Busy.
 */
export async function exportAnswer(
  format: 'csv' | 'ndjson',
  rows: AsyncIterable<object[]>,
  file: ExportFile,
): Promise<Response> {
  const started = (await begun(rows)) as Rows
  const text = format === 'csv' ? csvText(started, file) : ndjsonText(started, file)
  return new Response(byteStream(text), { headers: fileHeaders(types[format], `${file.name}.${format}`) })
}

/** The headers of an answer that a browser saves as a file. */
export const fileHeaders = (type: string, name: string): Record<string, string> => ({
  'Content-Type': type,
  'Content-Disposition': `attachment; filename="${name}"`,
})

/** Text as a stream of bytes that is read no faster than it is taken, and let go when the taker leaves. */
function byteStream(text: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull: async (controller) => {
      const { value, done } = await text.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => void (await text.return(undefined)),
  })
}

/** The format asked for: `format=` if it is given, else by `Accept`; null if `format` makes no sense. */
export function formatOf(url: URL, accept: string | null): ExportFormat | null {
  const asked = url.searchParams.get('format')
  if (asked !== null) return formats.find((format) => format === asked) ?? null
  if (accept?.includes('text/csv')) return 'csv'
  if (accept?.includes('application/x-ndjson')) return 'ndjson'
  return 'json'
}

/** Who reads an answer in this format, and so how many rows it can have. */
export const readerOf = (format: ExportFormat | null): Reader =>
  format === null || format === 'json' ? 'json' : 'export'
