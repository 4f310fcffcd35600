import { notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { listBytes, unlessTooMany } from '#lib/http/decisions.ts'
import { readJson } from '#lib/http/json-body.ts'
import { decisionFile, decisionImport, plainName } from '#lib/model/decisions.ts'
import { searchParamsOf, unknownParams } from '#lib/params/parse.ts'

/** Imports an exported list: without `apply=1` it only says what that would do. */
export const POST = route(async ({ writes, now }, request: Request) => {
  const search = searchParamsOf(new URL(request.url))
  const problems = unknownParams(search, ['apply', 'author'])
  const [apply = '0', author = 'unknown'] = [search.apply, search.author].map((each) => [each].flat().at(-1))
  if (apply !== '0' && apply !== '1') problems.push({ param: 'apply', value: apply, message: 'Give 0 or 1.' })
  const name = plainName.safeParse(author)
  if (!name.success)
    problems.push({ param: 'author', value: author, message: name.error.issues[0]?.message ?? 'Give a name.' })
  if (problems.length > 0 || !name.success) return problemsAnswer(problems)
  const read = await readJson(request, decisionFile, listBytes)
  if ('refused' in read) return read.refused
  return unlessTooMany(async () => {
    const imported = await writes.importDecisions(read.data.decisions, name.data, now, apply === '1')
    return Response.json(decisionImport.encode({ isApplied: apply === '1', ...imported }))
  })
})

export const { GET, PUT, PATCH, DELETE } = notAllowed('POST')
