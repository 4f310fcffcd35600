import { z } from 'zod'
import { accountName, auditPage, scopes, session, token } from './access.ts'
import { count, page, time } from './schema.ts'
import { space } from './state.ts'

export const tokenPage = page(token)
export const sessionPage = page(session)
export { auditPage }

/** What is sent to make a token. */
export const newToken = z.object({
  name: accountName,
  scope: z.enum(scopes),
  expiresAt: time.nullable().optional().describe('When it ends; null or missing: only when it is revoked.'),
})

/** A token that was made. */
export const madeToken = z.object({
  token,
  secret: z.string().describe('Sent as `Authorization: Bearer`. It is not stored and cannot be read again.'),
})

/** What is sent to open the wall on a screen. */
export const displaySent = z.object({ token: z.string().max(200) })

export const setting = z.object({
  name: z.string(),
  value: z.string().nullable().describe('null if it is not set; of a secret `(set)`.'),
  usual: z.string().nullable().describe('What counts if it is not set; null if nothing does.'),
  meaning: z.string(),
  before: z
    .string()
    .nullable()
    .describe('Its value before it was changed last; null if it was not set, or never changed.'),
  changedAt: time.nullable().describe('The first start with this value; null if it was never changed.'),
})
export type Setting = z.infer<typeof setting>
export const settingPage = page(setting)

/** What the data folder has on its disk, in bytes. */
export const storage = z.object({
  folder: z.string(),
  database: count.describe('The database, with what is not yet moved into its main file.'),
  incoming: count.describe('Logs that are being sent in pieces.'),
  reserve: count.describe('Kept free, so that an upload can be undone when the disk is full.'),
  space,
  uploads: count,
  events: count,
  auditRows: count,
  removed: count.describe('Undone uploads that can be restored.'),
  removedBytes: count.describe(
    'What is kept of them, within the database. It counts in `INCOMING_MAX_BYTES` and goes first when that, or the disk, is short.',
  ),
})
export type Storage = z.infer<typeof storage>
