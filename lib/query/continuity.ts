import type { ContinuityListName, FoundList } from '#lib/model/rows.ts'
import type { PageRange } from '#lib/params/page.ts'
import type { Params } from '#lib/params/params.ts'
import type { UploadReads } from '#lib/store/reads.ts'

/** A page of the list of that name. */
export async function selectList(
  reads: UploadReads,
  list: ContinuityListName,
  id: string,
  asked: PageRange & { dest: string | null },
): Promise<FoundList> {
  return { list, ...(await reads.continuity(list, id, asked)) } as FoundList
}

/** The one host that filters ask for, or null. It is meant as it is written: a wildcard is none. */
export const destAsked = (filters: Params['filters']): string | null => filters.dest?.[0]?.replace(/^=/, '') ?? null
