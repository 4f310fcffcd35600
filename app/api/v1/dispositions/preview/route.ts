import { decisionOf, newDecisionId } from '#lib/access/decisions.ts'
import { notAllowed, route } from '#lib/http/answer.ts'
import { decisionBytes, previewAnswer, previewAsked } from '#lib/http/decisions.ts'
import { readJson } from '#lib/http/json-body.ts'

/** What deciding would do: it changes nothing. */
export const POST = route(async (context, request: Request) => {
  const read = await readJson(request, previewAsked, decisionBytes)
  if ('refused' in read) return read.refused
  const { decisions, replaces } = read.data
  return previewAnswer(
    context,
    decisions.map((each, at) =>
      decisionOf(each, at === 0 && replaces ? replaces : newDecisionId(), {
        ...{ author: each.author, isSigned: false, at: context.now },
      }),
    ),
  )
})

export const { GET, PUT, PATCH, DELETE } = notAllowed('POST')
