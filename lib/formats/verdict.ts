import { isDefenderChannel, otherCode } from '#lib/asr/channel.ts'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { isAsrCode } from '#lib/asr/templates.ts'
import type { Outcome, Trace } from '#lib/formats/outcome.ts'
import type { Place, Reject, RejectReason } from '#lib/model/reject.ts'

/**
 * What one record is, before its place in the file is known: an event of ours, another event, with its trace if it is of
 * Defender's channel, or one that cannot be read.
 */
export type Verdict =
  | { kind: 'event'; event: LoggedEvent; unparsed?: true }
  | { kind: 'other'; code: string; trace?: Trace }
  | { kind: 'reject'; reason: RejectReason; detail: string }

/** What a record says of itself, as logged; undefined or blank if it says nothing. */
export type Claims = {
  channel: string | undefined
  eventCode: string | undefined
  dest: string | undefined
  recordId: string | undefined
  time: string | undefined
}

export const reject = (reason: RejectReason, detail: string) => ({ kind: 'reject', reason, detail }) satisfies Verdict

/** The EventCode that a text spells, or null if it is not a number. */
export const readEventCode = (text: string): number | null => (/^\d{1,10}$/.test(text) ? Number(text) : null)

/** Whether events of this channel and code are kept; all others are only counted. */
export const isOurs = (channel: string, eventCode: number): boolean =>
  isDefenderChannel(channel) && isAsrCode(eventCode)

/** The EventRecordID that a text spells, or null if it is not a whole number below 2^53. */
export function readRecordId(text: string | undefined): number | null {
  const id = text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(id) ? id : null
}

/** A record that is not ours; its trace is asked for only if it is of Defender's channel. */
export function otherOf(channel: string, EventCode: number, readTrace: () => Omit<Trace, 'EventCode'> | null): Verdict {
  const code = otherCode(channel, EventCode)
  const trace = isDefenderChannel(channel) ? readTrace() : null
  return trace === null ? { kind: 'other', code } : { kind: 'other', code, trace: { EventCode, ...trace } }
}

/** When and where a record was logged by its claims, or null if it names no computer. */
export function traceOf(
  { dest, time, recordId }: Pick<Claims, 'dest' | 'time' | 'recordId'>,
  readTime: (text: string) => number | null,
): Omit<Trace, 'EventCode'> | null {
  const name = dest?.trim()
  if (!name) return null
  return { dest: name, recordId: readRecordId(recordId?.trim()), time: readTime(time?.trim() ?? '') }
}

/** Judges a record that is complete. `readTime` reads its time in the spelling of its format. */
export function judge(
  claims: Claims,
  readTime: (text: string) => number | null,
  sections: LoggedEvent['sections'],
): Verdict {
  const channel = claims.channel?.trim()
  if (!channel) return reject('no-channel', 'a record names the channel it was logged to')
  const codeText = claims.eventCode?.trim() ?? ''
  const EventCode = readEventCode(codeText)
  if (EventCode === null)
    return reject('no-event-code', codeText ? `${quote(codeText)} is not a number` : 'there is none')
  if (!isOurs(channel, EventCode)) return otherOf(channel, EventCode, () => traceOf(claims, readTime))
  const dest = claims.dest?.trim()
  if (!dest) return reject('no-dest', 'a record names the computer it was logged on')
  const timeText = claims.time?.trim()
  if (!timeText) return reject('no-time', 'a record has the time it was logged at')
  const time = readTime(timeText)
  if (time === null) return reject('bad-time', `${quote(timeText)} is not a date and time`)
  return { kind: 'event', event: { EventCode, dest, time, recordId: readRecordId(claims.recordId?.trim()), sections } }
}

const quote = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80).toWellFormed()}…` : text)

/** How a record begins: at most 300 characters of it. */
export const snippetOf = (utf8: Buffer): string => utf8.toString('utf8', 0, 1200).slice(0, 300).toWellFormed()

/** A list of outcomes in the making. Others are counted by code, as they may be most of a log; their traces are reported as they come. */
export type Tally = { outcomes: Outcome[]; others: Map<string, number>; onTrace: (trace: Trace) => void }

export const newTally = (onTrace: Tally['onTrace'] = () => {}): Tally => ({ outcomes: [], others: new Map(), onTrace })

/** Adds one record to the tally; `place` and `snippet` are asked for only if they are needed. */
export function add(tally: Tally, verdict: Verdict, place: () => Place, snippet: () => string): void {
  if (verdict.kind === 'other') {
    tally.others.set(verdict.code, (tally.others.get(verdict.code) ?? 0) + 1)
    if (verdict.trace) tally.onTrace(verdict.trace)
  } else if (verdict.kind === 'event') {
    const outcome: Outcome = { kind: 'event', event: verdict.event, place: place() }
    tally.outcomes.push(verdict.unparsed ? { ...outcome, unparsed: true } : outcome)
  } else {
    const { reason, detail } = verdict
    const reject: Reject = { ...place(), reason, detail, snippet: snippet() }
    tally.outcomes.push({ kind: 'reject', reject })
  }
}

/** The outcomes so far; the tally starts again. */
export function take(tally: Tally): Outcome[] {
  const outcomes = tally.outcomes
  for (const [code, count] of tally.others) outcomes.push({ kind: 'other', code, count })
  tally.outcomes = []
  tally.others = new Map()
  return outcomes
}
