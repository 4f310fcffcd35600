import { z } from 'zod'
import { account, accountName, session } from './access.ts'

// What people type: bounded, so that a body of some kilobytes is all that is ever read of it.
const typed = z.string().max(1000)
const code = z.string().max(40)

export const passwordSent = z.object({ name: typed, password: typed })
export const codeSent = z.object({ code })
export const linkSent = z.object({
  link: z.string().max(200),
  password: typed.optional().describe('Without it the answer says what the link is for, and nothing is changed.'),
  name: accountName.optional().describe('Of the first administrator.'),
})

/** What comes after a step of signing in. */
export const signedIn = z.object({ next: z.enum(['done', 'code']) })
export const linkMeaning = z.object({ kind: z.enum(['set-up', 'account']), name: z.string().nullable() })

export const ownAccount = account.pick({
  ...{ id: true, name: true, role: true, origin: true, hasPassword: true, hasTotp: true, passkeys: true },
})
export const passwordChange = z.object({ password: typed, next: typed })
export const totpOffer = z.object({
  secret: z.string().describe('To be typed into an authenticator app.'),
  uri: z.string(),
  svg: z.string().describe('`uri` as a picture.'),
  sealed: z.string().describe('To be sent back with a code within 15 minutes. Until then nothing is stored.'),
})
export const totpConfirmed = z.object({ password: typed, sealed: z.string().max(2000), code })
export const passwordAgain = z.object({ password: typed })

export const ownSession = session.omit({ account: true, name: true }).extend({
  isCurrent: z.boolean().describe('Whether it is that of this request.'),
})
export const ownSessions = z.object({ total: z.int(), rows: z.array(ownSession) })
export const sessionsEnded = z.object({ ended: z.int() })
