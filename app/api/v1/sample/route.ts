import { randomUUID } from 'node:crypto'
import { notAllowed, route } from '#lib/http/answer.ts'
import { apiRow } from '#lib/http/json.ts'
import { serveUpload } from '#lib/http/serve-upload.ts'
import { selectUpload } from '#lib/query/uploads.ts'
import { simulateLog } from '#lib/simulate/log.ts'
import { getStore } from '#lib/store/open.ts'

const name = 'Sample fleet (simulated)'
const hour = 3_600_000

/** Loads the sample fleet: 200 simulated hosts over the 30 days to the last full hour. A second call answers with the first. */
export const POST = route(async (_request: Request) => {
  const store = await getStore()
  const [known] = await store.all<{ id: string }>("SELECT id FROM upload WHERE name = ? AND state = 'done'", [name])
  if (known !== undefined) return Response.json(apiRow((await selectUpload(store, known.id)) ?? {}))
  const end = Math.floor(Date.now() / hour) * hour
  const log = simulateLog({ dests: 200, days: 30, seed: 7, end, format: 'xml' })
  return serveUpload({ id: randomUUID(), name, tz: 'UTC', bytes: null }, log)
})

export const { GET, PUT, PATCH, DELETE } = notAllowed('POST')
