import { notAllowed, route } from '#lib/http/answer.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { decisionBytes, decisionsAsked, listDecisions, unlessTooMany } from '#lib/http/decisions.ts'
import { readJson } from '#lib/http/json-body.ts'
import { decisionPage } from '#lib/model/decisions.ts'
import { appliesAt } from '#lib/query/decided.ts'

/** The decisions, the newest first; with `format=file` all of them, to be imported elsewhere. */
export const GET = route(listDecisions)

const write = apiWriter(decisionPage)

/** Stores new decisions, the last as the newest. */
export const POST = route(async ({ writes, now }, request: Request) => {
  const read = await readJson(request, decisionsAsked, decisionBytes)
  if ('refused' in read) return read.refused
  return unlessTooMany(async () => {
    const made = await writes.decide(read.data.decisions, now)
    const rows = made.map((each) => ({ ...each, applies: appliesAt(each, now) }))
    return Response.json(write({ total: rows.length, rows }), { status: 201 })
  })
})

export const { PUT, PATCH, DELETE } = notAllowed('GET', 'POST')
