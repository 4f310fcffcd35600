import { z } from 'zod'
// It must be set up before the first schema is made.
import './schema.ts'

/** What can be wrong with a request, or with the server. docs/api.md says when each is answered. */
export const errorCodes = [
  ...['bad-parameter', 'broken-off', 'bad-address', 'no-host', 'cross-site', 'not-allowed', 'not-found', 'method'],
  ...['stalled', 'exists', 'too-many', 'changed', 'cancelled', 'old-link', 'too-large', 'unknown-format', 'form'],
  ...['wrong-host', 'not-signed-in', 'sign-in-failed', 'too-many-attempts', 'link-gone', 'last-admin', 'name-taken'],
  ...['no-admin', 'too-many-exports'],
  ...['internal', 'busy', 'too-slow', 'stopping', 'overlap-gone', 'store-gone', 'no-space'],
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** The error envelope of the API. */
export const apiError = z.object({
  error: z.object({
    code: z.enum(errorCodes),
    message: z.string(),
    detail: z
      .unknown()
      .describe('The parameters that are wrong, the receipt of the upload, what was changed meanwhile, or null.'),
  }),
})
