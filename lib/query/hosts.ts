import type { HostRow, HostSummary, LeftOutRisk, Page } from '#lib/model/rows.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import { literal } from '#lib/params/link.ts'
import { pageRange } from '#lib/params/page.ts'
import type { EventReads, RiskAsked } from '#lib/store/reads.ts'
import { countQuestion } from './counts.ts'
import { ask, asked, type Question } from './question.ts'
import { riskRange } from './risk.ts'

/** The question about the risk of all events in the seven days to the anchor, whatever the table of hosts is filtered by. */
async function riskOfAll(reads: EventReads, { params, window, leftOut }: Question): Promise<RiskAsked> {
  const { anchor, mode } = params
  const all = await ask(reads, { ...defaultParams('hosts'), anchor, mode }, window.now, window)
  return { ...asked(all), range: riskRange(all), source: 'hours', leftOut }
}

/** The risk of all hosts that decisions leave out of a table of hosts; null if they are not applied. */
export const selectLeftOutOfAll = async (reads: EventReads, question: Question): Promise<LeftOutRisk | null> =>
  question.leftOut === null ? null : reads.leftOutRisk(await riskOfAll(reads, question))

/** Every host with its counts by mode, and its risk of the seven days to the anchor. */
export async function selectHosts(reads: EventReads, question: Question): Promise<Page<HostRow>> {
  const { params } = question
  return reads.hosts({
    ...countQuestion(question),
    sort: params.sort,
    page: pageRange(params),
    risk: await riskOfAll(reads, question),
  })
}

/** One host with the state each rule was last seen in; null if no event of it is stored. */
export async function selectHost(
  reads: EventReads,
  dest: string,
  { params, window, leftOut }: Question,
): Promise<HostSummary | null> {
  const open = { from: null, to: null, last: null, q: null, stack: null, page: 1, limit: 1 }
  const asking = await ask(reads, { ...params, ...open, filters: { dest: [literal(dest)] } }, window.now, window)
  const question = { ...asking, leftOut }
  const [host] = (await selectHosts(reads, question)).rows
  return host === undefined ? null : { ...host, ruleStates: await reads.ruleStates(host.dest) }
}
