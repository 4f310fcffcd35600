import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { isTimeZone } from '#lib/asr/zone.ts'
import type { Problem } from '#lib/params/params.ts'
import { searchParamsOf, unknownParams } from '#lib/params/parse.ts'

/** What can be said of a log that is sent. */
export const uploadQuery = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(255, 'Give a name of at most 255 characters.')
    .default('log')
    .describe('Name of the log, to be listed by; it decides nothing else.'),
  tz: z
    .string()
    .refine(isTimeZone, 'Give an IANA time zone such as UTC or Europe/Berlin.')
    .default('UTC')
    .describe('Zone of local times that carry none, as an IANA name.'),
  dest: z
    .string()
    .trim()
    .min(1)
    .max(255, 'Give a host name of at most 255 characters.')
    .optional()
    .describe('Host of a log that names none, such as the CSV of Event Viewer.'),
  id: z
    .uuid('Give a UUID, or leave it out.')
    .transform((id) => id.toLowerCase())
    .default(() => randomUUID())
    .describe('Id of the upload, chosen by the sender, so that its progress can be asked for while it is sent.'),
})

/** What can be said of the sample fleet. */
export const sampleQuery = uploadQuery.pick({ id: true })

type Read<Said> = { said: Said | null; problems: Problem[] }

/** Reads the parameters of a URL; each that makes no sense is a problem. */
function readQuery<Shape extends z.ZodRawShape>(query: z.ZodObject<Shape>, url: URL): Read<z.infer<typeof query>> {
  const { data, error } = query.safeParse(Object.fromEntries(url.searchParams))
  const problems: Problem[] = (error?.issues ?? []).map(({ path, message }) => {
    const param = String(path[0])
    return { param, value: url.searchParams.get(param) ?? '', message }
  })
  problems.push(...unknownParams(searchParamsOf(url), Object.keys(query.shape)))
  return { said: problems.length > 0 ? null : (data ?? null), problems }
}

/** Reads what a URL says of a log that is sent; each parameter that makes no sense is a problem. */
export const readUploadQuery = (url: URL): Read<z.infer<typeof uploadQuery>> => readQuery(uploadQuery, url)

/** Reads what a URL says of the sample fleet. */
export const readSampleQuery = (url: URL): Read<z.infer<typeof sampleQuery>> => readQuery(sampleQuery, url)
