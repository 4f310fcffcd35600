import { notAllowed, route } from '#lib/http/answer.ts'
import { apiRow } from '#lib/http/json.ts'
import { selectRecomputing } from '#lib/query/recomputing.ts'
import { selectNewestUpload } from '#lib/query/uploads.ts'
import { newestEvent } from '#lib/query/window.ts'
import { getStore } from '#lib/store/open.ts'
import { version } from '#lib/version.ts'

export const GET = route(async (_request: Request) => {
  const store = await getStore()
  const [newestUpload, recomputing] = await Promise.all([selectNewestUpload(store), selectRecomputing(store)])
  return Response.json(
    apiRow({
      ok: true,
      version,
      store: 'sqlite',
      newestEvent: await newestEvent(store),
      newestUpload: newestUpload?.createdAt ?? null,
      recomputing,
    }),
  )
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
