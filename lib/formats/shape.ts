import type { LoggedEvent } from '#lib/asr/event.ts'
import type { ReadOptions } from '#lib/formats/outcome.ts'
import { type Claims, judge, reject, type Verdict } from '#lib/formats/verdict.ts'

/** The fields of an event; `unparsed` if they are in a message that is not in English. */
export type Body = { sections: LoggedEvent['sections']; unparsed?: true }

/** What a record of an export says of itself. Its fields are asked for only if it is ours; they may be damaged. */
export type Shape = {
  claims: Claims
  readTime: (text: string) => number | null
  body: (EventCode: number) => Body | Extract<Verdict, { kind: 'reject' }>
}

/** Judges a record of an export that may lack the computer: `options.dest` is used instead. */
export function judgeShape({ claims, readTime, body }: Shape, options: ReadOptions): Verdict {
  const verdict = judge({ ...claims, dest: claims.dest?.trim() || options.dest }, readTime, {})
  if (verdict.kind === 'event') {
    const read = body(verdict.event.EventCode)
    if ('kind' in read) return read
    const { sections, unparsed } = read
    const event = { ...verdict.event, sections }
    return unparsed ? { kind: 'event', event, unparsed } : { kind: 'event', event }
  }
  if (verdict.kind !== 'reject' || verdict.reason !== 'no-dest') return verdict
  return reject('no-dest', 'the record names no computer: say which it is from with dest=<host>')
}
