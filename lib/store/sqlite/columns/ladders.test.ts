import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formOf } from '#lib/hunting/forms/form.ts'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { openForReading } from '../database.ts'
import { formAt, openLadders } from './ladders.ts'
import { openPace } from './pace.ts'
import { sourceOf } from './source.ts'

/** Command lines of 16 kB of which two at a time have one form, and short ones. */
const long = (at: number): string =>
  `cmd /c ${'abcdefgh '.repeat(1800)} {9e6c4e1f-7d60-472f-ba1a-${String(at).padStart(12, '0')}} ${at >> 1}x`
const commands = Array.from({ length: 400 }, (_, at) => (at % 4 === 3 ? `whoami ${at >> 3}y` : long(at)))

test('forms differ as computed and are read as computed, however few of their characters are kept in memory', async (t) => {
  const fixture = openFixture()
  fixture.add(commands.map((command, at) => event(1122, 'PC', at * 1000, { 'Target Commandline': command })))
  const db = openForReading(fixture.file)
  t.after(async () => {
    db.close()
    await fixture.close()
  })
  const source = sourceOf(db)
  const texts = new Map(source.rows<[id: number, value: string]>('SELECT id, value FROM text'))
  const column = Uint32Array.from(texts.keys())
  const given = {
    source,
    pace: openPace(),
    kind: 'command',
    step: 'normalised',
    column,
    length: column.length,
  } as const
  const expected = new Map([...texts].map(([id, text]) => [id, formOf('normalised', 'command', text)]))
  assert.ok(new Set(expected.values()).size < texts.size, 'some have the same form')

  for (const bounds of [
    undefined,
    { form: 1000, ladder: 2000 },
    { form: 20_000, ladder: 100_000 },
    { form: 0, ladder: 0 },
  ]) {
    const ladders = openLadders(bounds)
    // Half of them first, as when more are stored later.
    await ladders.of({ ...given, length: column.length >> 1 })
    const ladder = await ladders.of(given)
    const numbers = new Map<string, number>()
    for (const [id, form] of expected) {
      const number = ladder.numbers[id] ?? 0
      assert.equal(formAt(source, ladder, number), form)
      assert.equal(numbers.get(form) ?? number, number, 'one form has one number')
      numbers.set(form, number)
    }
    assert.equal(new Set(numbers.values()).size, numbers.size, 'two forms have two numbers')
    assert.equal(formAt(source, ladder, 0), null)
    const kept = ladder.forms.reduce<number>((sum, form) => sum + (typeof form === 'string' ? form.length : 0), 0)
    const most = bounds === undefined ? 20_000 : Math.max(bounds.ladder, 1) + 20_000
    assert.ok(kept <= most, `${kept} characters are kept`)
  }
})
