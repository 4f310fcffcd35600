import { notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { selectStorage } from '#lib/http/storage.ts'
import { storage } from '#lib/model/administration.ts'
import { searchParamsOf, unknownParams } from '#lib/params/parse.ts'

const write = apiWriter(storage)

/** What the data folder has on its disk. */
export const GET = route(async ({ reads }, request: Request) => {
  const problems = unknownParams(searchParamsOf(new URL(request.url)), [])
  return problems.length > 0 ? problemsAnswer(problems) : Response.json(write(await selectStorage(reads)))
})

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
