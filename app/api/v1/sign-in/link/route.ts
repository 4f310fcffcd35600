import { linkMeaning, signInByLink } from '#lib/access/sign-in.ts'
import { errorAnswer, notAllowed, problemsAnswer, route } from '#lib/http/answer.ts'
import { readJson } from '#lib/http/json-body.ts'
import { agentOf, begunAnswer, limitedAnswer, signInBytes } from '#lib/http/sign-in.ts'
import { linkSent } from '#lib/model/sign-in.ts'

const gone = () =>
  errorAnswer(
    410,
    'link-gone',
    'This link was used already, has expired, or was replaced. Ask an administrator for another.',
  )

/** Says what a one-time link is for, or with a password uses it up and signs in. */
export const POST = route(async ({ now }, request: Request) => {
  const read = await readJson(request, linkSent, signInBytes, true)
  if ('refused' in read) return read.refused
  const { link, password, name = null } = read.data
  if (password === undefined) {
    const meaning = await linkMeaning(link)
    if (meaning?.kind === 'limited') return limitedAnswer(meaning.wait)
    return meaning === null ? gone() : Response.json(meaning)
  }
  const begun = await signInByLink(link, password, name, agentOf(request))
  if (begun === null) return gone()
  if (begun.kind === 'limited') return limitedAnswer(begun.wait)
  if (begun.kind === 'problem') return problemsAnswer([{ param: begun.param, value: '…', message: begun.message }])
  return begunAnswer(request, begun, now)
})

export const { GET, PUT, PATCH, DELETE } = notAllowed('POST')
