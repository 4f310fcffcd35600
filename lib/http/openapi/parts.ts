import { z } from 'zod'
import type { ZodOpenApiOperationObject, ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi'
import { apiError } from '#lib/model/api-error.ts'
import { filterSchema, paramSchemas } from '#lib/params/schema.ts'
import { formats } from '../export.ts'
import { tableFormats } from '../table-format.ts'

/** A text of any length. */
export const text = z.string()

/** A body of JSON of this schema. */
export const body = (schema: z.ZodType) => ({ required: true, content: { 'application/json': { schema } } })

/** An answer with JSON of this schema. */
export const json = (schema: z.ZodType, description: string): ZodOpenApiResponseObject => ({
  description,
  content: { 'application/json': { schema } },
})

/** An error with the envelope of the API. */
export const failure = (description: string): ZodOpenApiResponseObject => json(apiError, description)

/** A page of rows as JSON, or every row as CSV or NDJSON. */
export const rows = (page: z.ZodType): ZodOpenApiResponseObject => ({
  description: 'A page of rows as JSON; as CSV or NDJSON every row.',
  content: {
    'application/json': { schema: page },
    'text/csv': { schema: text },
    'application/x-ndjson': { schema: text.describe('A row a line, as in the JSON.') },
  },
})

/** The same of a table, which can also be had as Markdown. */
export const tableRows = (page: z.ZodType): ZodOpenApiResponseObject => {
  const all = rows(page)
  return {
    description:
      'A page of rows as JSON; as CSV or NDJSON every row; as Markdown the first 1,000, with the number left out.',
    content: { ...all.content, 'text/markdown': { schema: text } },
  }
}

/** A failure that is described once for many operations. */
const named = (id: string, description: string): ZodOpenApiResponseObject => ({ ...failure(description), id })

/** Failures of single operations that several have. */
export const unknown = { 404: named('NotFound', '`not-found`: there is none of that name.') }
export const oldLink = {
  410: named('OldLink', '`old-link`: an id or a stack of a link that was made before 0.2, which cannot be resolved.'),
}
export const noSpace = { 507: named('NoSpace', '`no-space`: the disk of the server is full. Nothing was stored.') }

/** A failure of operations that export. */
export const tooManyExports = {
  429: named(
    'TooManyExports',
    '`too-many-exports`: more than `EXPORTS_PER_HOUR` exports of this account or token; `Retry-After` says when to try again.',
  ),
}

/** Failures that every operation can have. */
const everywhere: ZodOpenApiResponsesObject = {
  400: named(
    'BadRequest',
    '`bad-parameter`: a parameter makes no sense; `detail` has its name, its value and what would be right. `bad-address`, `no-host`: the address or `Host` is not one.',
  ),
  401: named('NotSignedIn', '`not-signed-in`: a session or a token is needed, or the token is not one of this server.'),
  403: named(
    'Refused',
    '`cross-site`: a request from a page of another site. `not-allowed`: the actor may not do this.',
  ),
  405: named('Method', '`method`: the address does not take this method; `Allow` says which it takes.'),
  421: named('WrongHost', '`wrong-host`: `Host` is not this server.'),
  500: named('Internal', '`internal`: the server failed. Its log says why.'),
  503: named(
    'Unavailable',
    '`busy`: too many requests; `Retry-After` says when to try again. `too-slow`: the question was stopped. `stopping`, `store-gone`: the server cannot answer.',
  ),
}

type Operation = Omit<ZodOpenApiOperationObject, 'operationId'> & { responses: ZodOpenApiResponsesObject }

/** An operation with a name for clients, and the failures that every one can have. */
export const operation = (operationId: string, { responses, ...rest }: Operation): ZodOpenApiOperationObject => ({
  operationId,
  ...rest,
  responses: {
    ...responses,
    ...Object.fromEntries(Object.entries(everywhere).filter(([status]) => !(status in responses))),
  },
})

/** The parameter may be left out. Its description stays that of the parameter. */
export const optional = (schema: z.ZodType): z.ZodType => schema.optional().meta({ description: schema.description })

/** Several parameters of a query that may be left out. */
export const optionals = (schemas: Record<string, z.ZodType>): Record<string, z.ZodType> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, optional(schema)]))

/** A filter that can be given several times. */
export const filter = optional(z.array(filterSchema).describe(filterSchema.description ?? ''))

export const format = optional(
  z
    .enum(formats)
    .describe('JSON has one page; CSV and NDJSON have every row unless `limit` is given. `Accept` does the same.'),
)

export const tableFormat = optional(
  z
    .enum(tableFormats)
    .describe(
      'JSON gives a page; CSV and NDJSON give every row unless `limit` is given; Markdown gives 1,000 at most. `Accept` does the same.',
    ),
)

export const header = optional(
  z
    .enum(['1'])
    .describe(
      'A CSV file begins with lines of `# `, and an NDJSON file with a line `{"meta": …}`, which say what its rows are. Markdown always says it.',
    ),
)

export const columns = optional(
  text.describe(
    'Columns of a CSV, NDJSON or Markdown file, comma-separated, in the order that the file is to have them; default all.',
  ),
)

const { page, limit, anchor } = paramSchemas('uploads')
/** Which page of a list. */
export const paging = optionals({ page, limit })
/** What the ranges of the wall end at. */
export const anchored = optionals({ anchor })
