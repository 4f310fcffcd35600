import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import {
  decisionFile,
  decisionImport,
  decisionPage,
  decisionPreview,
  decisionSteps,
  groupPage,
  groupSteps,
  hostGroups,
  listedDecision,
  newDecision,
  plainName,
  removalAsked,
  undoAsked,
} from '#lib/model/decisions.ts'
import { decisionsAsked, previewAsked } from '../decisions.ts'
import { body, failure, json, noSpace, operation, optional, paging, text, tooManyExports, unknown } from './parts.ts'

const path = z.object({ id: text.describe('Stable id of a decision.') })
const tooMany = { 409: failure('`too-many`: there would be more decisions than a store has at most.') }
const tooLarge = { 413: failure('`too-large`: the body is too large.') }
const changed = {
  412: failure(
    '`changed`: it has another version than `If-Match` says. `message` says who changed what and when, `detail` has the steps since, and `ETag` is the version that it has.',
  ),
}
const header = z.object({
  'If-Match': optional(
    text.describe(
      'The `etag` of what is to be changed, or several: it is only changed if it has one of these versions.',
    ),
  ),
})
/** An answer with a version. */
const versioned = (schema: z.ZodType, description: string) => ({
  ...json(schema, description),
  headers: z.object({ ETag: text.describe('The version, for `If-Match`.') }),
})
const removed = { description: 'There is no such decision any more' }

export const decisionPaths: ZodOpenApiPathsObject = {
  '/api/v1/dispositions': {
    get: operation('listDispositions', {
      summary: 'What is decided about stacks, the newest decision first; as a file to be imported elsewhere',
      requestParams: {
        query: z.object({
          ...paging,
          format: optional(
            z
              .enum(['json', 'file', 'spl'])
              .describe('file: all decisions, with a name to save them under. spl: macros for Splunk as text.'),
          ),
        }),
      },
      responses: {
        200: json(decisionPage, 'A page of decisions, or with `format=file` an exported list'),
        ...tooManyExports,
      },
    }),
    post: operation('decide', {
      summary: 'Makes decisions, the last as the newest',
      requestBody: body(decisionsAsked),
      responses: { 201: json(decisionPage, 'The decisions that were made'), ...tooMany, ...tooLarge, ...noSpace },
    }),
  },
  '/api/v1/dispositions/{id}': {
    get: operation('getDisposition', {
      summary: 'One decision',
      requestParams: { path },
      responses: { 200: versioned(listedDecision, 'The decision'), ...unknown },
    }),
    put: operation('changeDisposition', {
      summary: 'Changes a decision, which keeps its place among the others',
      requestParams: { path, header },
      requestBody: body(newDecision),
      responses: {
        200: versioned(listedDecision, 'The decision as it is now'),
        ...unknown,
        ...changed,
        ...tooLarge,
        ...noSpace,
      },
    }),
    delete: operation('deleteDisposition', {
      summary: 'Deletes a decision; its history stays, and can undo it',
      requestParams: { path, header },
      requestBody: body(removalAsked),
      responses: { 204: removed, ...unknown, ...changed, ...tooLarge, ...noSpace },
    }),
  },
  '/api/v1/dispositions/{id}/undo': {
    post: operation('undoDisposition', {
      summary: 'Restores the state before a step of the history, by default the newest; an undo can be undone',
      requestParams: { path, header },
      requestBody: body(undoAsked),
      responses: {
        200: versioned(listedDecision, 'The decision as it is now'),
        204: removed,
        ...unknown,
        ...changed,
        ...tooMany,
        ...tooLarge,
        ...noSpace,
      },
    }),
  },
  '/api/v1/dispositions/{id}/history': {
    get: operation('listDispositionHistory', {
      summary: 'The steps of a decision, the newest first; also of one that is deleted',
      requestParams: { path, query: z.object(paging) },
      responses: { 200: json(decisionSteps, 'A page of steps') },
    }),
  },
  '/api/v1/dispositions/history': {
    get: operation('listAllDispositionHistory', {
      summary: 'The steps of all decisions, the newest first',
      requestParams: { query: z.object(paging) },
      responses: { 200: json(decisionSteps, 'A page of steps') },
    }),
  },
  '/api/v1/dispositions/preview': {
    post: operation('previewDispositions', {
      summary: 'What deciding would do: what it matches, and what is decided otherwise. It changes nothing',
      requestBody: body(previewAsked),
      responses: { 200: json(decisionPreview, 'What the decisions would match'), ...tooLarge },
    }),
  },
  '/api/v1/dispositions/import': {
    post: operation('importDispositions', {
      summary: 'Imports an exported list; what is stored already as it is is left alone',
      requestParams: {
        query: z.object({
          apply: optional(z.enum(['0', '1']).describe('1: imports it. Otherwise it is only said what that would do.')),
          author: optional(plainName.describe('Who imports it, for the history.')),
        }),
      },
      requestBody: body(decisionFile),
      responses: {
        200: json(decisionImport, 'How many decisions are new, changed and the same'),
        ...tooMany,
        ...tooLarge,
        ...noSpace,
      },
    }),
  },
  '/api/v1/groups': {
    get: operation('listGroups', {
      summary: 'The host groups in their order, with the known hosts of each',
      responses: { 200: versioned(groupPage, 'The groups') },
    }),
    put: operation('setGroups', {
      summary: 'Stores the complete list of host groups',
      requestParams: { header },
      requestBody: body(hostGroups),
      responses: {
        200: versioned(groupPage, 'The groups as they are now'),
        ...changed,
        ...tooLarge,
        ...noSpace,
      },
    }),
  },
  '/api/v1/groups/history': {
    get: operation('listGroupHistory', {
      summary: 'The changes of the list of host groups, the newest first',
      requestParams: { query: z.object(paging) },
      responses: { 200: json(groupSteps, 'A page of changes') },
    }),
  },
}
