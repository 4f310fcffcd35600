import { z } from 'zod'
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi'
import { ruleName } from '#lib/model/hosts.ts'
import { eventDetail, eventRow } from '#lib/model/hunting.ts'
import { riskOfHost } from '#lib/model/risk.ts'
import { page } from '#lib/model/schema.ts'
import { namedStackMembers } from '#lib/model/stacks.ts'
import { valuePage } from '#lib/model/values.ts'
import { filterFields, type TableName } from '#lib/params/params.ts'
import { filterNames, paramSchemas, stackFilterNames } from '#lib/params/schema.ts'
import { valueTables } from '#lib/query/values.ts'
import { eventFormats } from '../event-format.ts'
import { stackParams } from '../serve-stack.ts'
import { valueParams } from '../serve-values.ts'
import { tables } from '../tables.ts'
import {
  columns,
  failure,
  filter,
  header,
  json,
  noSpace,
  oldLink,
  operation,
  optional,
  optionals,
  paging,
  tableFormat,
  tableRows,
  text,
  tooManyExports,
  unknown,
} from './parts.ts'

/** The parameters of a table. */
const parametersOf = (table: TableName) => ({
  ...optionals(paramSchemas(table)),
  ...Object.fromEntries([...filterNames, ...(table === 'stack' ? stackFilterNames : [])].map((name) => [name, filter])),
})

const ofValues = valueParams('registry')

const named = (table: TableName): string => `${table.charAt(0).toUpperCase()}${table.slice(1)}`

/** The rows of a table. */
export const tableOperation = (table: TableName): ZodOpenApiOperationObject =>
  operation(`list${named(table)}`, {
    summary: `The rows of ${table}`,
    requestParams: { query: z.object({ ...parametersOf(table), format: tableFormat, columns, header }) },
    responses: { 200: tableRows(tables[table].answer), ...oldLink, ...tooManyExports },
  })

const ofStack = Object.fromEntries(Object.entries(parametersOf('stack')).filter(([name]) => stackParams.includes(name)))
const stackKeyPath = z.object({
  key: z.string().describe('Stable key of a stack: the `stack` of a row of stack under the same parameters.'),
})

const names = Object.keys(tables) as TableName[]

/** Names of the rows of tables. */
export const rowNames = Object.fromEntries(
  names.filter((table) => table !== 'uploads').map((table) => [`${named(table)}Row`, tables[table].row]),
)

export const tablePaths: ZodOpenApiPathsObject = {
  ...Object.fromEntries(names.map((table) => [`/api/v1/${table}`, { get: tableOperation(table) }])),
  '/api/v1/risk/{dest}': {
    get: operation('getRiskOf', {
      summary: 'The risk of one dest: View risk events for the last 7 days for - "$dest$"',
      requestParams: { path: z.object({ dest: text }), query: z.object(parametersOf('risk')) },
      responses: {
        200: json(riskOfHost, 'One row, or none if the dest has no risk in the range'),
        ...unknown,
        ...oldLink,
      },
    }),
  },
  '/api/v1/stack/{key}': {
    get: operation('getStack', {
      summary:
        'What one stack consists of: hosts, users, merged variants and days, each list with its most frequent first',
      requestParams: { path: stackKeyPath, query: z.object(ofStack) },
      responses: { 200: json(namedStackMembers, 'Lists have up to 100 rows'), ...unknown, ...oldLink },
    }),
  },
  '/api/v1/stack/{key}/events': {
    get: operation('listStackEvents', {
      summary: 'The events of one stack, the newest first',
      requestParams: { path: stackKeyPath, query: z.object({ ...ofStack, ...paging }) },
      responses: { 200: json(page(eventRow), 'A page of events'), ...unknown, ...oldLink },
    }),
  },
  '/api/v1/rules/{ID}': {
    put: operation('nameRule', {
      summary: "Names a rule that is not one of Microsoft's",
      requestParams: {
        path: z.object({
          ID: z
            .string()
            .describe(
              'GUID of the rule, or of its policy and of the rule with a colon between, in any case, with or without braces.',
            ),
        }),
        query: z.object({ name: z.string().min(1).max(200) }),
      },
      responses: {
        200: json(ruleName, 'The rule with its new name'),
        409: failure("`exists`: the rule is one of Microsoft's and keeps its name."),
        ...noSpace,
      },
    }),
  },
  '/api/v1/values/{table}': {
    get: operation('listValues', {
      summary: 'The values of a field under the other filters, the most frequent first, with the events that have each',
      requestParams: {
        path: z.object({ table: z.enum(valueTables) }),
        query: z.object({
          field: z
            .enum(filterFields)
            .describe('Field whose values are listed. Its own filters count only if they exclude.'),
          find: optional(
            text.describe('Only values with this text in them, or in the name of their rule, code or feature.'),
          ),
          ...Object.fromEntries(Object.entries(parametersOf('registry')).filter(([name]) => ofValues.includes(name))),
        }),
      },
      responses: {
        200: json(valuePage, 'Values that differ only in the case of letters are one'),
        ...unknown,
        ...oldLink,
      },
    }),
  },
  '/api/v1/events/{id}': {
    get: operation('getEvent', {
      summary: 'One event with every field it was logged with',
      requestParams: {
        path: z.object({
          id: z
            .string()
            .regex(/^e[A-Za-z0-9_-]{31}$/)
            .describe('Stable key of an event: the `id` of a row of events.'),
        }),
        query: z.object({
          format: optional(z.enum(eventFormats).describe('`Accept: application/xml` does the same.')),
        }),
      },
      responses: {
        200: {
          description: 'The event; as XML rebuilt from its fields, as Windows renders it',
          content: { 'application/json': { schema: eventDetail }, 'application/xml': { schema: text } },
        },
        404: failure('There is no such event; or no XML of it, since its log has other fields than those of the XML.'),
        ...oldLink,
      },
    }),
  },
}
