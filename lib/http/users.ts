import type { Context } from '#lib/access/context.ts'
import { type MadeUser, madeUser } from '#lib/model/access.ts'
import { isAdminMissing, isLastAdmin, isNameTaken } from '#lib/store/errors.ts'
import { errorAnswer, notFoundAnswer } from './answer.ts'
import { apiWriter } from './api-writer.ts'

/** Bytes of a body about an account. */
export const userBytes = 1 << 14

const write = apiWriter(madeUser)

/** Answers with an account as it is now, and its one-time link if one was made. */
export async function userAnswer(
  { reads, now }: Pick<Context, 'reads' | 'now'>,
  id: string,
  link: MadeUser['link'],
  status = 200,
): Promise<Response> {
  const account = (await reads.accounts(now)).find((each) => each.id === id)
  return account === undefined ? notFoundAnswer(`user ${id}`) : Response.json(write({ account, link }), { status })
}

/** The answer to a change of an account that may not be possible. */
export async function unlessRefused(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (isNameTaken(error)) return errorAnswer(409, 'name-taken', error.message)
    if (isLastAdmin(error)) return errorAnswer(409, 'last-admin', error.message)
    if (isAdminMissing(error)) return errorAnswer(409, 'no-admin', error.message)
    throw error
  }
}
