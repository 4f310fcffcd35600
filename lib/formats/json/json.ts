import { readCutOff } from '#lib/formats/json/cut-off.ts'
import { readObject } from '#lib/formats/json/flavours.ts'
import { splitter } from '#lib/formats/json/split.ts'
import { isObject, type Json, parseJson } from '#lib/formats/json/value.ts'
import type { Outcome, ReadOptions } from '#lib/formats/outcome.ts'
import { readSpans, type Span } from '#lib/formats/span.ts'
import { reject, type Verdict } from '#lib/formats/verdict.ts'
import type { RejectReason } from '#lib/model/reject.ts'

/** How much of a damaged record is looked at to know whose it is. */
const identifyingBytes = 64 * 1024

/** The verdict on a damaged record that is not ours by what can be read of it, else null. */
function readOther(text: string, options: ReadOptions): Verdict | null {
  const rest = readCutOff(text)
  const verdict = isObject(rest) ? readObject(rest, options) : null
  return verdict?.kind === 'other' ? verdict : null
}

/** Why an object cannot be read, if the splitter found out. */
const damages: Partial<Record<Span['kind'], [RejectReason, string]>> = {
  stray: ['not-well-formed', 'text outside of any object: a record is an object'],
  damaged: ['not-well-formed', 'a quote, bracket, colon or comma is missing or too much where the record ends'],
  'too-long': ['too-long', 'no end within 4 MiB; a Windows event has at most 64 KiB'],
}

function readRecord(text: string, options: ReadOptions): Verdict {
  let value: Json
  try {
    value = parseJson(text)
  } catch (error) {
    const detail = String((error as Error).message)
      .slice(0, 200)
      .toWellFormed()
    return readOther(text, options) ?? reject('not-well-formed', detail)
  }
  const verdict = isObject(value) ? readObject(value, options) : null
  return verdict ?? reject('unknown-fields', 'the keys of the object are those of no export that can be read')
}

function readSpan(span: Span, utf8: Buffer, options: ReadOptions): Verdict {
  if (span.kind === 'record' && span.isClosed) return readRecord(utf8.toString('utf8'), options)
  const [reason, detail] = damages[span.kind] ?? ['cut-off', 'the object ends before its closing brace']
  const other = span.kind === 'stray' ? null : readOther(utf8.toString('utf8', 0, identifyingBytes), options)
  return other ?? reject(reason, detail)
}

/**
 * Reads every JSON export that is known, one object a line, in an array, or wrapped in an object; each object is judged
 * by its own keys, so that files put together are read too.
 */
export async function* readJson(bytes: AsyncIterable<Uint8Array>, options: ReadOptions): AsyncGenerator<Outcome[]> {
  yield* readSpans(bytes, splitter, (span, utf8) => readSpan(span, utf8, options), options)
}
