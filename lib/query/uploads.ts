import type { Params } from '#lib/params/params.ts'
import { defaultParams } from '#lib/params/parse.ts'
import type { Store } from '#lib/store/store.ts'
import { orderBy, pageLength } from './page.ts'
import type { Page, Receipt, RejectRow } from './rows.ts'

type Stored = Omit<Receipt, 'otherCodes'> & { otherCodes: string }

const columns = `id, name, format, state, bytes, bytes_read AS bytesRead, records, stored, duplicates, other_codes AS otherCodes,
  rejects, first_time AS firstTime, last_time AS lastTime, dests, tz, created_at AS createdAt, finished_at AS finishedAt, error`

const receipt = (row: Stored): Receipt => ({ ...row, otherCodes: JSON.parse(row.otherCodes) })

/** The uploads, newest first where the URL names no order. */
export async function selectUploads(store: Store, params: Params = defaultParams('uploads')): Promise<Page<Receipt>> {
  const limit = params.limit ?? pageLength
  const rows = await store.all<Stored>(
    `SELECT ${columns} FROM upload ORDER BY ${orderBy(params.sort, 'seq')} LIMIT ? OFFSET ?`,
    [limit, (params.page - 1) * limit],
  )
  const [sum] = await store.all<{ total: number }>('SELECT count(*) AS total FROM upload')
  return { total: sum?.total ?? 0, rows: rows.map(receipt) }
}

/** The receipt of one upload, also while it is being read; null where there is none. */
export async function selectUpload(store: Store, id: string): Promise<Receipt | null> {
  const [row] = await store.all<Stored>(`SELECT ${columns} FROM upload WHERE id = ?`, [id])
  return row === undefined ? null : receipt(row)
}

const rejectColumns = 'r.record, r.line, r.offset, r.reason, r.detail, r.snippet'

/** A page of the rejects of an upload, in the order of the log. */
export async function selectRejects(
  store: Store,
  id: string,
  page: { offset: number; limit: number },
): Promise<Page<RejectRow>> {
  const from = 'FROM reject r JOIN upload u ON u.seq = r.upload WHERE u.id = ?'
  const rows = await store.all<RejectRow>(`SELECT ${rejectColumns} ${from} ORDER BY r.record LIMIT ? OFFSET ?`, [
    id,
    page.limit,
    page.offset,
  ])
  const [sum] = await store.all<{ total: number }>(`SELECT count(*) AS total ${from}`, [id])
  return { total: sum?.total ?? 0, rows }
}

/** Every reject of an upload, for download. */
export const streamRejects = (store: Store, id: string): AsyncGenerator<RejectRow[]> =>
  store.stream<RejectRow>(
    `SELECT ${rejectColumns} FROM reject r JOIN upload u ON u.seq = r.upload WHERE u.id = ? ORDER BY r.record`,
    [id],
  )

/** Events stored from one upload, by EventCode: beside `otherCodes`, what was in the file. */
export const selectStoredCodes = (store: Store, id: string): Promise<{ EventCode: number; count: number }[]> =>
  store.all(
    `SELECT e.EventCode, count(*) AS count FROM upload u JOIN detail d ON d.upload = u.seq
     JOIN event e ON e.id BETWEEN d.first_event AND d.last_event WHERE u.id = ? GROUP BY 1 ORDER BY 1`,
    [id],
  )
