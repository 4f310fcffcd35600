import { z } from 'zod'
import { createDocument, type ZodOpenApiObject } from 'zod-openapi'
import { account, auditRow, session, token } from '#lib/model/access.ts'
import { setting, storage } from '#lib/model/administration.ts'
import { apiError } from '#lib/model/api-error.ts'
import { comparison } from '#lib/model/compared.ts'
import { continuityRows } from '#lib/model/continuity-rows.ts'
import { decisionStep, hostGroup, listedDecision } from '#lib/model/decisions.ts'
import { wallData } from '#lib/model/figures.ts'
import { eventDetail } from '#lib/model/hunting.ts'
import { receipt, rejectRow, uploadDetail } from '#lib/model/receipt.ts'
import { health } from '#lib/model/state.ts'
import { valuePage } from '#lib/model/values.ts'
import { version } from '#lib/process/version.ts'
import { adminPaths } from './admin.ts'
import { decisionPaths } from './decisions.ts'
import { passkeyPaths } from './passkeys.ts'
import { resumablePaths } from './resumable.ts'
import { signInPaths } from './sign-in.ts'
import { rowNames, tablePaths } from './tables.ts'
import { uploadPaths } from './uploads.ts'
import { userPaths } from './users.ts'
import { watchPaths } from './watch.ts'

/** Names of the schemas that answers consist of. */
const schemas = {
  ...rowNames,
  Event: eventDetail,
  Values: valuePage,
  Disposition: listedDecision,
  DispositionStep: decisionStep,
  HostGroup: hostGroup,
  Receipt: receipt,
  Upload: uploadDetail,
  Reject: rejectRow,
  ContinuityDest: continuityRows.dests,
  ContinuityBreak: continuityRows.breaks,
  ContinuityVersion: continuityRows.versions,
  Comparison: comparison,
  User: account,
  Session: session,
  Token: token,
  AuditRow: auditRow,
  Setting: setting,
  Storage: storage,
  Health: health,
  Wall: wallData,
  ApiError: apiError,
}

/** The API, with the schemas that check its requests and write its answers. */
export const api: ZodOpenApiObject = {
  openapi: '3.1.0',
  info: {
    title: 'ASR Hunt',
    version,
    description: 'Times are ISO 8601 in UTC with milliseconds. A later version may add fields to answers.',
  },
  paths: {
    ...tablePaths,
    ...decisionPaths,
    ...uploadPaths,
    ...resumablePaths,
    ...signInPaths,
    ...passkeyPaths,
    ...userPaths,
    ...adminPaths,
    ...watchPaths,
  },
  components: { schemas },
}

/** Returns the OpenAPI 3.1 document of the API, made from the schemas that check its requests and write its answers. */
export function openApi(): Record<string, unknown> {
  const document = createDocument(api, {
    override: ({ zodSchema, jsonSchema, io }) => {
      if (io !== 'output') return
      // An answer has what a codec reads, such as a time as text.
      if (zodSchema instanceof z.ZodCodec) {
        for (const name of ['type', 'minimum', 'maximum'] as const) delete jsonSchema[name]
        const { $schema: _, ...written } = z.toJSONSchema(zodSchema.def.in as z.ZodType)
        Object.assign(jsonSchema, written)
      }
      if (zodSchema._zod.def.type === 'object') delete jsonSchema.additionalProperties
    },
  })
  return { ...document }
}
