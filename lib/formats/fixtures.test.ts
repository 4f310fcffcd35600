import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { canonicalFields } from '#lib/asr/canonical.ts'
import type { Outcome, ReadOptions } from '#lib/formats/outcome.ts'
import { readLog } from '#lib/formats/readers.ts'
import { cut } from '#lib/formats/testing.ts'

const folder = join(import.meta.dirname, 'fixtures')

/** What is pinned of an outcome: of an event, what identifies and classifies it, and its fields that have a value. */
function pinned(outcome: Outcome): object {
  if (outcome.kind === 'other') return outcome
  if (outcome.kind === 'reject') {
    const { reason, line, detail } = outcome.reject
    return { reject: reason, line, detail }
  }
  const { event, place, unparsed } = outcome
  const canonical = Object.entries(canonicalFields(event)).filter(([, value]) => value !== null)
  return {
    event: event.EventCode,
    dest: event.dest,
    time: new Date(event.time).toISOString(),
    recordId: event.recordId,
    line: place.line,
    ...(unparsed ? { unparsed } : {}),
    ...Object.fromEntries(canonical),
  }
}

async function readAll(bytes: Buffer, size: number, options: ReadOptions): Promise<object> {
  const log = await readLog(cut(bytes, size), options)
  const outcomes: object[] = []
  const others: Record<string, number> = {}
  for await (const list of log.outcomes) {
    for (const outcome of list) {
      if (outcome.kind === 'other') others[outcome.code] = (others[outcome.code] ?? 0) + outcome.count
      else outcomes.push(pinned(outcome))
    }
  }
  return { options, format: log.format, outcomes, others }
}

for (const name of readdirSync(folder)) {
  test(`fixture ${name} returns what is expected, however it is cut`, async () => {
    const expectedFile = join(folder, name, 'expected.json')
    const expected = JSON.parse(readFileSync(expectedFile, 'utf8'))
    const bytes = readFileSync(join(folder, name, 'input.log'))
    const complete = await readAll(bytes, bytes.length, expected.options)
    if (process.env.PIN_FIXTURES) writeFileSync(expectedFile, `${JSON.stringify(complete, null, 2)}\n`)
    else assert.deepEqual(complete, expected)
    assert.deepEqual(await readAll(bytes, 13, expected.options), complete)
  })
}
