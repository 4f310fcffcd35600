import { type PageRange, pageRange } from '#lib/params/page.ts'
import type { Params } from '#lib/params/params.ts'

/** The rows of an export: all of them if the parameters name no limit. */
export const everyRow = (params: Params): PageRange =>
  params.limit === null ? { offset: 0, limit: Number.MAX_SAFE_INTEGER } : pageRange(params)
