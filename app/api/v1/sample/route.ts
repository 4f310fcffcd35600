import type { Context } from '#lib/access/context.ts'
import { startOfHour } from '#lib/asr/hours.ts'
import { errorAnswer, notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { serveUpload, writeReceipt } from '#lib/http/serve-upload.ts'
import { readSampleQuery } from '#lib/http/upload-query.ts'
import { samplePrefix } from '#lib/model/upload.ts'
import { shared } from '#lib/process/shared.ts'
import { simulateLog } from '#tools/simulate/log.ts'

const name = 'Sample fleet (simulated)'

async function load(context: Context, id: string): Promise<Response> {
  const known = await context.reads.uploadNamed(samplePrefix)
  if (known !== null) return Response.json(writeReceipt(known))
  if ((await context.reads.upload(id)) !== null)
    return errorAnswer(409, 'exists', `There is an upload ${id} already. Leave id out, or choose another.`)
  const end = startOfHour(context.now)
  const log = simulateLog({ dests: 200, days: 30, seed: 7, end, format: 'xml' })
  return serveUpload(context, { id, name, tz: 'UTC', bytes: null }, log)
}

const state = shared('sample', (): { loading: Promise<unknown> } => ({ loading: Promise.resolve() }))

/**
 * Loads the sample fleet: 200 simulated hosts over the 30 days to the last full hour. A further call waits for the one that
 * is going on, and answers with what it loaded. The id of the upload is `sample-` and the given UUID.
 */
export const POST = route(async (context, request: Request) => {
  const { said, problems } = readSampleQuery(new URL(request.url))
  if (said === null) return problemsAnswer(problems)
  const loaded = state.loading.then(() => load(context, samplePrefix + said.id))
  // A failure is answered to the call that it is of, and the next one tries again.
  state.loading = loaded.catch(() => {})
  return loaded
})

export const { GET, PUT, PATCH, DELETE } = notAllowed('POST')
