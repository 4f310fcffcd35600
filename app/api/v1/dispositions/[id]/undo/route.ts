import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { decisionChanged } from '#lib/http/changed-answer.ts'
import { decisionAnswer, decisionBytes, unlessTooMany } from '#lib/http/decisions.ts'
import { ifMatchOf, unlessChanged } from '#lib/http/if-match.ts'
import { readJson } from '#lib/http/json-body.ts'
import { undoAsked } from '#lib/model/decisions.ts'
import { pathPart } from '#lib/params/hrefs.ts'

/** Restores the state of a decision before a step of its history, by default the newest. */
export const POST = route(
  async ({ reads, writes, now }, request: Request, { params }: RouteContext<'/api/v1/dispositions/[id]/undo'>) => {
    const id = pathPart((await params).id) ?? ''
    const asked = ifMatchOf(request)
    if ('refused' in asked) return asked.refused
    const read = await readJson(request, undoAsked, decisionBytes)
    if ('refused' in read) return read.refused
    const { author, step = null } = read.data
    const { match } = asked
    const restore = async () => {
      const isThere = await writes.undoDecision(id, step, author, now, match)
      if (!isThere) return notFoundAnswer(step === null ? `decision ${id}` : `step ${step} of decision ${id}`)
      const decision = await reads.decision(id)
      return decision === null ? new Response(null, { status: 204 }) : decisionAnswer(decision, now)
    }
    return unlessTooMany(() => unlessChanged(restore, () => decisionChanged(reads, id, match)))
  },
)

export const { GET, PUT, PATCH, DELETE } = notAllowed('POST')
