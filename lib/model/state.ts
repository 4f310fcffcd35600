import { z } from 'zod'
import { count, time } from './schema.ts'

export const space = z.object({
  free: count.nullable().describe('Bytes that are free on the disk of the data folder; null if unknown.'),
  ok: z.boolean().describe('Whether uploads are accepted.'),
})
/** Space of the disk of the data folder. */
export type Space = z.infer<typeof space>

/** How far stored events have been recomputed by this version of the code, in row numbers of which some are unused. */
export const recomputing = z.object({ done: count, total: count })
export type Recomputing = z.infer<typeof recomputing>

/** Why the store cannot be used. */
export const storeProblem = z.object({
  code: z.enum(['read', 'write', 'file', 'damage', 'space']),
  message: z.string(),
})
export type StoreProblem = z.infer<typeof storeProblem>

/** What is known of the store. */
export const storeHealth = z.object({
  problems: z.array(storeProblem),
  warnings: z.array(z.string()).describe('What may have been lost before the server started.'),
  write: z.object({
    ok: z.boolean(),
    seconds: count.nullable().describe('Age of the last test write; null if there was none yet.'),
  }),
  space,
})
export type StoreHealth = z.infer<typeof storeHealth>

/** The state of the server. */
export const health = storeHealth.extend({
  ok: z.boolean(),
  version: z.string(),
  store: z.literal('sqlite'),
  newestEvent: time.nullable(),
  newestUpload: time.nullable(),
  recomputing: recomputing.nullable(),
})

/** What health says to who is not known. */
export const briefHealth = health.pick({ ok: true })
