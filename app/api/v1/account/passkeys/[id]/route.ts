import { removePasskey } from '#lib/access/own-passkeys.ts'
import { notAllowed, notFoundAnswer, route } from '#lib/http/answer.ts'
import { readJson } from '#lib/http/json-body.ts'
import { changeAnswer, ownAccountOf, signInBytes } from '#lib/http/sign-in.ts'
import { passwordAgain } from '#lib/model/sign-in.ts'

/** Removes a passkey of the account, and ends all other sessions. */
export const DELETE = route(
  async ({ actor }, request: Request, { params }: RouteContext<'/api/v1/account/passkeys/[id]'>) => {
    const own = ownAccountOf({ actor })
    if (own instanceof Response) return own
    const read = await readJson(request, passwordAgain, signInBytes, true)
    if ('refused' in read) return read.refused
    const refused = await removePasskey(own, (await params).id, read.data.password)
    return refused === 'gone' ? notFoundAnswer('passkey of yours with this id') : changeAnswer(refused)
  },
)

export const { GET, POST, PUT, PATCH } = notAllowed('DELETE')
