import { type Disposition, dispositions } from '#lib/hunting/decision.ts'
import { type Decision, type DecisionStep, decisionSteps, groupSteps, type IfMatch } from '#lib/model/decisions.ts'
import type { ControlReads } from '#lib/store/reads.ts'
import { visibleText } from '#lib/text/visible.ts'
import { errorAnswer, notFoundAnswer } from './answer.ts'
import { apiWriter } from './api-writer.ts'
import { withEtag } from './if-match.ts'

/** Steps that are looked through for the version that a change was made for. */
const recent = { offset: 0, limit: 50 }
const writeSteps = apiWriter(decisionSteps)
const writeGroupSteps = apiWriter(groupSteps)

type Step = Pick<DecisionStep, 'author' | 'isSigned' | 'at' | 'etag'>

/** The steps since the version that a change was made for, the newest first; only the newest if that is older than the recent ones. */
function sinceOf<Each extends Step>(rows: readonly Each[], match: IfMatch): Each[] {
  const known = rows.findIndex(({ etag }) => match?.includes(etag))
  return rows.slice(0, known === -1 ? 1 : known)
}

const whoOf = ({ author, isSigned }: Step): string => `${visibleText(author)}${isSigned ? '' : ' (unsigned)'}`

/** Who changed what and when, and how many changes came before that. */
function messageOf(steps: readonly [Step, ...Step[]], done: string): string {
  const [newest, ...others] = steps
  const more =
    others.length === 0 ? '' : ` ${others.length} more ${others.length === 1 ? 'change' : 'changes'} came before that.`
  return `${whoOf(newest)} ${done} at ${new Date(newest.at).toISOString()}.${more} Nothing of yours was stored. Read it again, and send your change with its ETag.`
}

const named = (disposition: Disposition): string => dispositions[disposition].name

/** What differs between two states of a decision, in words. */
function differences(before: Decision, after: Decision): string {
  const isOther = (name: keyof Decision): boolean => JSON.stringify(before[name]) !== JSON.stringify(after[name])
  const parts = [
    ...(isOther('disposition')
      ? [`the disposition from ${named(before.disposition)} to ${named(after.disposition)}`]
      : []),
    ...(isOther('patterns') ? ['what it fits'] : []),
    ...(isOther('scope') ? ['its hosts'] : []),
    ...(isOther('reason') ? ['the reason'] : []),
    ...(isOther('expiresAt') ? ['when it ends'] : []),
  ]
  return parts.length === 0 ? 'this decision, to the same' : parts.join(', ')
}

/** What the steps since a version did to a decision. */
function doneBy([newest, ...others]: readonly [DecisionStep, ...DecisionStep[]]): string {
  const before = (others.at(-1) ?? newest).before
  if (newest.after === null) return 'deleted this decision'
  if (before === null) return 'restored this decision'
  return `changed ${differences(before, newest.after)}`
}

/** 412 with the steps since the version that a change of a decision was made for; 404 if there never was such a decision. */
export async function decisionChanged(reads: ControlReads, id: string, match: IfMatch): Promise<Response> {
  const [newest, ...others] = sinceOf((await reads.decisionHistory(id, recent)).rows, match)
  if (newest === undefined) return notFoundAnswer(`decision ${id}`)
  const steps = [newest, ...others] as const
  const detail = writeSteps({ total: steps.length, rows: [...steps] })
  return withEtag(errorAnswer(412, 'changed', messageOf(steps, doneBy(steps)), detail), newest.etag)
}

/** 412 with the steps since the version that a list of groups was made for. */
export async function groupsChanged(reads: ControlReads, match: IfMatch): Promise<Response> {
  const [newest, ...others] = sinceOf((await reads.groupHistory(recent)).rows, match)
  if (newest === undefined) return errorAnswer(412, 'changed', 'There is no list of host groups with this version yet.')
  const steps = [newest, ...others] as const
  const names = (newest.after.length === 0 ? ['none'] : newest.after.map(({ name }) => visibleText(name))).join(', ')
  const detail = writeGroupSteps({ total: steps.length, rows: [...steps] })
  const message = messageOf(steps, `changed the host groups, which are now: ${names},`)
  return withEtag(errorAnswer(412, 'changed', message, detail), newest.etag)
}
