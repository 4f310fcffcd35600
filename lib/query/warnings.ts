import type { DetectionPage, HostBreak, Page, Warnings } from '#lib/model/rows.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import { literal } from '#lib/params/link.ts'
import { pageRange } from '#lib/params/page.ts'
import type { Params } from '#lib/params/params.ts'
import type { EventReads, HostBreakQuestion, Range, UploadEventReads } from '#lib/store/reads.ts'
import { selectDetection } from './detection.ts'
import { ask, askAgain, type Question } from './question.ts'

type Kind = HostBreakQuestion['kind']

/** One page of the breaks of a kind in a range, of one host or of all. */
export const selectHostBreaks = (
  reads: Pick<UploadEventReads, 'hostBreaks'>,
  kind: Kind,
  { range, dest = null, ...page }: { range: Range; dest?: string | null } & Pick<Params, 'page' | 'limit'>,
): Promise<Page<HostBreak>> => reads.hostBreaks({ kind, dest, range, page: pageRange(page) })

/** Rules disabled and protection weakened in the range of a question: the latest `limit` of each, and how many there are. */
export async function selectLowered(
  reads: EventReads,
  question: Question,
  limit: number,
): Promise<Pick<Warnings, 'disabled' | 'weakened'>> {
  const sort = [{ column: 'lastTime', descending: true }]
  const changes = askAgain(question, { sort, page: 1, limit, mode: 'complete' })
  const [disabled, weakened] = await Promise.all([
    selectDetection(reads, 'disabled', changes),
    selectDetection(reads, 'registry', askAgain(changes, { weakened: 1 })),
  ])
  return { disabled, weakened }
}

/** Logs that were cleared and hosts that stopped sending, in a range: the latest `limit` of each, and how many there are. */
export async function selectGone(
  reads: Pick<UploadEventReads, 'hostBreaks'>,
  asked: { range: Range; dest?: string | null; limit: number },
): Promise<Pick<Warnings, 'cleared' | 'stopped'>> {
  const [cleared, stopped] = await Promise.all([
    selectHostBreaks(reads, 'cleared', { page: 1, ...asked }),
    selectHostBreaks(reads, 'stopped', { page: 1, ...asked }),
  ])
  return { cleared, stopped }
}

/** What to look at first on a host, of all time: the newest few of each, and how many there are. */
export type HostWarnings = Pick<Warnings, 'disabled' | 'weakened' | 'cleared'> & {
  changes: DetectionPage
  silences: Page<HostBreak>
}

/** The configuration changes of a host, what they lowered, and the breaks in its log. */
export async function selectHostWarnings(
  reads: EventReads & Pick<UploadEventReads, 'hostBreaks'>,
  dest: string,
  { window }: Question,
): Promise<HostWarnings> {
  const params = { ...defaultParams('registry'), filters: { dest: [literal(dest)] } }
  const question = await ask(reads, params, window.now, window)
  const asked = { range: { from: null, to: null }, dest, page: 1, limit: 1 }
  const sort = [{ column: 'lastTime', descending: true }]
  const [lowered, changes, cleared, silences] = await Promise.all([
    selectLowered(reads, question, 2),
    selectDetection(reads, 'registry', askAgain(question, { sort, limit: 1 })),
    selectHostBreaks(reads, 'cleared', asked),
    selectHostBreaks(reads, 'silence', asked),
  ])
  return { ...lowered, changes, cleared, silences }
}
