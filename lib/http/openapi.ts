import { z } from 'zod'
import { places } from '#lib/model/compared.ts'
import { continuityLists } from '#lib/model/continuity-rows.ts'
import type { TableName } from '#lib/params/params.ts'
import { filterNames, filterSchema, paramSchemas } from '#lib/params/schema.ts'
import { version } from '#lib/process/version.ts'
import { eventFormats } from './event-format.ts'
import { formats } from './export.ts'
import { tables } from './tables.ts'
import { uploadQuery } from './upload-query.ts'

type Json = Record<string, unknown>

/** The JSON schema of what a parameter takes, from the schema that validates it. */
const taken = (schema: z.ZodType): Json => {
  const {
    $schema: _,
    default: __,
    description: ___,
    ...rest
  } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json
  return rest
}

const parameter = (name: string, schema: z.ZodType, repeatable = false): Json => ({
  name,
  in: 'query',
  description: schema.description,
  schema: repeatable ? { type: 'array', items: taken(schema) } : taken(schema),
  ...(repeatable ? { style: 'form', explode: true } : {}),
})

const formatParameter: Json = {
  name: 'format',
  in: 'query',
  description: 'JSON gives a page; CSV and NDJSON give every row unless `limit` is given. `Accept` does the same.',
  schema: { enum: formats, default: 'json' },
}

const eventFormat: Json = {
  name: 'format',
  in: 'query',
  description: '`Accept: application/xml` does the same.',
  schema: { enum: eventFormats, default: 'json' },
}

const parametersOf = (table: TableName): Json[] => [
  ...Object.entries(paramSchemas(table)).map(([name, schema]) => parameter(name, schema)),
  ...filterNames.map((name) => parameter(name, filterSchema, true)),
]

const text = { type: 'string' }
const error: Json = {
  type: 'object',
  required: ['error'],
  properties: {
    error: { type: 'object', properties: { code: text, message: text, detail: {} }, required: ['code', 'message'] },
  },
}
const json = (schema: Json): Json => ({ 'application/json': { schema } })
const failure = (description: string): Json => ({ description, content: json(error) })
const badParameter = { 400: failure('A parameter makes no sense: its name, its value and what would be right.') }
const oldLink = { 410: failure('An id or a stack of a link that was made before 0.2, which cannot be resolved.') }
const unknown = { 404: failure('There is none of that name.') }
const pageParameters = (['page', 'limit'] as const).map((name) => parameter(name, paramSchemas('uploads')[name]))
const comparedParameters = ['a', 'b'].map(
  (name): Json => ({ name, in: 'query', required: true, description: 'Id of an upload.', schema: text }),
)
const inPath = (name: string): Json => ({ name, in: 'path', required: true, schema: text })

/** What a stable key of an event looks like. */
const eventKeySchema = { type: 'string', pattern: '^e[A-Za-z0-9_-]{31}$' }

const rowsOf = (table: TableName): Json => ({
  type: 'object',
  required: ['total', 'rows'],
  properties: {
    total: { type: 'integer' },
    rows: {
      type: 'array',
      items: { type: 'object', properties: Object.fromEntries(tables[table].columns.map((column) => [column, {}])) },
    },
  },
})

const tablePath = (table: TableName): Json => ({
  get: {
    summary: `The rows of ${table}`,
    parameters: [...parametersOf(table), formatParameter],
    responses: {
      200: {
        description: 'Rows',
        content: { ...json(rowsOf(table)), 'text/csv': { schema: text }, 'application/x-ndjson': { schema: text } },
      },
      ...badParameter,
      ...oldLink,
    },
  },
})

const get = (summary: string, parameters: Json[], responses: Json): Json => ({
  get: { summary, parameters, responses },
})
const answer = (description: string): Json => ({ 200: { description, content: json({ type: 'object' }) } })

const uploads: Json = {
  post: {
    summary:
      'Takes the bytes of one log as the body, streamed, and answers with its receipt when they are read to the end',
    parameters: Object.entries(uploadQuery.shape).map(([name, schema]) => parameter(name, schema)),
    requestBody: {
      required: true,
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    },
    responses: {
      201: { description: 'The receipt', content: json({ type: 'object' }) },
      ...badParameter,
      408: failure('No byte came for too long (UPLOAD_IDLE_SECONDS).'),
      409: failure('There is an upload of that id, or it was cancelled.'),
      413: failure('The log, or what it unpacks to, is larger than a setting allows.'),
      415: failure('The log is of no format that can be read.'),
      503: failure(
        'Too many uploads are open, or the server is being stopped (`Retry-After` says when to try again), or a file of the database was deleted.',
      ),
      507: failure('The disk of the server is full. Nothing was stored.'),
    },
  },
}

/** The OpenAPI 3.1 document of the API, made from the schemas that validate its parameters. */
export function openApi(): Json {
  const id = inPath('id')
  const eventId = { ...id, description: 'Stable key of an event: the `id` of a row of events.', schema: eventKeySchema }
  const tablePaths = Object.fromEntries(
    (Object.keys(tables) as TableName[]).map((table) => [`/api/v1/${table}`, tablePath(table)]),
  )
  return {
    openapi: '3.1.0',
    info: { title: 'ASR Hunt', version, description: 'Times are ISO 8601 in UTC with milliseconds.' },
    paths: {
      ...tablePaths,
      '/api/v1/uploads': { ...(tablePaths['/api/v1/uploads'] as Json), ...uploads },
      '/api/v1/uploads/{id}': {
        ...get('The receipt, also while the log is being read', [id], { ...answer('The receipt'), ...unknown }),
        delete: {
          summary: 'Undo: every count returns to what it was before. Cancels an upload that is being read',
          parameters: [id],
          responses: {
            202: {
              description: 'It takes longer than 20 seconds and goes on: the receipt, in state removing',
              content: json({ type: 'object' }),
            },
            204: { description: 'Removed' },
            ...unknown,
          },
        },
      },
      '/api/v1/uploads/{id}/rejects': get('The records that could not be read', [id, formatParameter], {
        ...answer('Rejects'),
        ...unknown,
      }),
      '/api/v1/uploads/{id}/{list}': get(
        'Dests, breaks or versions of an upload: how whole its log is',
        [
          id,
          { ...inPath('list'), schema: { enum: continuityLists } },
          parameter('dest', filterSchema),
          ...pageParameters,
          formatParameter,
        ],
        { ...answer('Rows'), ...badParameter, ...unknown },
      ),
      '/api/v1/uploads/compare': get(
        'Two uploads compared: dests, events in both or in one, codes, versions',
        [...comparedParameters, ...pageParameters],
        { ...answer('The comparison'), ...badParameter, ...unknown },
      ),
      '/api/v1/uploads/compare/events': get(
        'Events that two uploads both hold, or one of them only',
        [
          ...comparedParameters,
          { name: 'in', in: 'query', schema: { enum: places, default: 'both' } },
          ...pageParameters,
          formatParameter,
        ],
        { ...answer('Rows'), ...badParameter, ...unknown },
      ),
      '/api/v1/risk/{dest}': get('Risk events of one dest', [inPath('dest'), ...parametersOf('risk')], {
        ...answer('One row, or none'),
        ...badParameter,
        ...unknown,
      }),
      '/api/v1/events/{id}': get('One event with every field it was logged with', [eventId, eventFormat], {
        200: {
          description: 'The event; as XML rebuilt from its fields, as Windows renders it',
          content: { ...json({ type: 'object' }), 'application/xml': { schema: text } },
        },
        ...badParameter,
        ...oldLink,
        404: failure('There is no such event; or no XML of it, since its log has other fields than those of the XML.'),
      }),
      '/api/v1/health': get('State of the server', [], {
        ...answer(
          'ok, version, store, newest event and upload, progress of recomputing, problems, warnings, write, space',
        ),
        503: { description: 'The same, if the store cannot be read or written', content: json({ type: 'object' }) },
      }),
      '/api/v1/wall': get(
        'What the wall shows',
        [parameter('anchor', paramSchemas('risk').anchor)],
        answer('Figures and lists'),
      ),
      '/api/v1/wall/stream': get('The same as server-sent events', [parameter('anchor', paramSchemas('risk').anchor)], {
        200: { description: 'A stream', content: { 'text/event-stream': { schema: text } } },
        503: failure('Too many screens listen; `Retry-After` says when to try again.'),
      }),
      '/api/v1/sample': {
        post: {
          summary: 'Loads the simulated sample fleet',
          responses: { 201: { description: 'The receipt', content: json({ type: 'object' }) } },
        },
      },
    },
  }
}
