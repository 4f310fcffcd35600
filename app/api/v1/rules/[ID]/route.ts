import { isGuid, normaliseGuid } from '#lib/asr/guid.ts'
import { errorAnswer, notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { printable } from '#lib/log/printable.ts'
import { pathPart } from '#lib/params/hrefs.ts'
import type { Problem } from '#lib/params/params.ts'

/** Characters of a rule's name at most. */
const longest = 200

function problemOf(param: string, value: string): string | null {
  if (param === 'ID') return isGuid(value) ? null : 'The id of a rule is a GUID.'
  if (param !== 'name') return 'There is no such parameter.'
  if (value === '' || value.length > longest) return `Give a name of 1 to ${longest} characters.`
  if (value === 'NULL') return 'NULL is what a rule without a name is called.'
  return printable(value) === value ? null : 'A name cannot have control or direction characters.'
}

/** Names a rule that is not one of Microsoft's, in the lookup of the data folder. */
export const PUT = route(async ({ writes, reads }, request: Request, at: RouteContext<'/api/v1/rules/[ID]'>) => {
  const ID = normaliseGuid(pathPart((await at.params).ID) ?? '')
  const query = new URL(request.url).searchParams
  const name = query.get('name')?.trim() ?? ''
  const given: [string, string][] = [['ID', ID], ['name', name], ...[...query].filter(([param]) => param !== 'name')]
  const problems = given.flatMap(([param, value]): Problem[] => {
    const message = problemOf(param, value)
    return message === null ? [] : [{ param, value, message }]
  })
  if (problems.length > 0) return problemsAnswer(problems)
  if (!(await writes.nameRule(ID, name)))
    return errorAnswer(409, 'exists', `The rule ${ID} is one of Microsoft's and keeps its name.`)
  return Response.json((await reads.ruleNames()).find((rule) => rule.ID === ID))
})

export const { GET, POST, PATCH, DELETE } = notAllowed('PUT')
