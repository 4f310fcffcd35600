import { randomUUID } from 'node:crypto'
import { notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { apiRow } from '#lib/http/json.ts'
import { serveUpload } from '#lib/http/serve-upload.ts'
import { searchParamsOf, unknownParams } from '#lib/params/parse.ts'
import { samplePrefix, selectSample } from '#lib/query/uploads.ts'
import { getStore } from '#lib/store/open.ts'
import { simulateLog } from '#tools/simulate/log.ts'

const name = 'Sample fleet (simulated)'
const hour = 3_600_000

async function load(): Promise<Response> {
  const known = await selectSample(await getStore())
  if (known !== null) return Response.json(apiRow(known))
  const end = Math.floor(Date.now() / hour) * hour
  const log = simulateLog({ dests: 200, days: 30, seed: 7, end, format: 'xml' })
  return serveUpload({ id: `${samplePrefix}${randomUUID()}`, name, tz: 'UTC', bytes: null }, log)
}

let loading: Promise<unknown> = Promise.resolve()

/**
 * Loads the sample fleet: 200 simulated hosts over the 30 days to the last full hour. A further call waits for the one that
 * is going on, and answers with what it loaded.
 */
export const POST = route(async (request: Request) => {
  const problems = unknownParams(searchParamsOf(new URL(request.url)), [])
  if (problems.length > 0) return problemsAnswer(problems)
  const loaded = loading.then(load)
  // A failure is answered to the call that it is of, and the next one tries again.
  loading = loaded.catch(() => {})
  return loaded
})

export const { GET, PUT, PATCH, DELETE } = notAllowed('POST')
