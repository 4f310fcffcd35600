import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type SampleEvent, sampleEvents } from '../testing-sample.ts'
import { type FormStep, formOf } from './form.ts'

const keyOf = (step: FormStep, { ID, Process_Name, Path, EventCode }: SampleEvent): string => {
  const form = (text: string | null) => (text === null ? null : formOf(step, 'path', text))
  return JSON.stringify([ID, form(Process_Name), form(Path), EventCode])
}

function stacksOf(events: readonly SampleEvent[], step: FormStep): Map<string, SampleEvent[]> {
  const stacks = new Map<string, SampleEvent[]>()
  for (const event of events) {
    const key = keyOf(step, event)
    const stack = stacks.get(key)
    if (stack === undefined) stacks.set(key, [event])
    else stack.push(event)
  }
  return stacks
}

const hostsOf = (stack: readonly SampleEvent[]): number => new Set(stack.map(({ dest }) => dest)).size
const oneHost = (stacks: Map<string, SampleEvent[]>): number =>
  [...stacks.values()].filter((stack) => hostsOf(stack) === 1).length

/** Seed 7 is the sample fleet; its log ends at the last full hour, so another end is another sample. */
const fleets = [
  { seed: 7 },
  { seed: 7, end: Date.parse('2026-11-27T04:00:00Z') },
  { seed: 7, end: Date.parse('2027-03-01T11:00:00Z') },
  { seed: 8 },
  { seed: 2026 },
]

/**
 * Planted events that no stack by ID, process, path and code can separate from the noise, even by the values as logged: what
 * is planted in them is in other fields. A 5007 that is not about a rule has none of the four; WMI starts cmd.exe all the time.
 */
const alike = ({ ID, EventCode, Process_Name, Path }: SampleEvent): boolean =>
  EventCode === 5007
    ? ID === null
    : EventCode === 1122 &&
      Path === 'C:\\Windows\\System32\\cmd.exe' &&
      Process_Name?.endsWith('\\WmiPrvSE.exe') === true

for (const { seed, end } of fleets) {
  const name = `seed ${seed}${end === undefined ? '' : ` until ${new Date(end).toISOString()}`}`
  const events = sampleEvents(seed, end)
  const exact = stacksOf(events, 'exact')
  const normalised = stacksOf(events, 'normalised')

  test(`${name}: a form is its own form, for every text of the sample`, () => {
    for (const { Process_Name, Path, Parent_Commandline, Target_Commandline } of events)
      for (const [kind, text] of [
        ...[Process_Name, Path].map((each) => ['path', each] as const),
        ...[Parent_Commandline, Target_Commandline].map((each) => ['command', each] as const),
      ]) {
        const form = formOf('normalised', kind, text ?? '')
        assert.equal(formOf('normalised', kind, form), form)
      }
  })

  test(`${name}: at most 300 normalised stacks are on one host`, () => {
    assert.equal([...normalised.values()].flat().length, events.length)
    assert.ok(oneHost(exact) > 2000, `${oneHost(exact)} exact`)
    assert.ok(oneHost(normalised) <= 300, `${oneHost(normalised)} normalised`)
  })

  test(`${name}: every planted event is alone in its stack, with its like on other hosts`, () => {
    const planted = events.filter((event) => event.planted !== null)
    assert.ok(planted.length > 50, `${planted.length} planted`)
    const separable = planted.filter((event) => !alike(event))
    assert.ok(separable.some(({ Path }) => Path === 'C:\\PerfLogs\\rclone.exe'))
    assert.ok(separable.some(({ Path }) => Path?.endsWith('.docm')))
    for (const event of separable) {
      const stack = normalised.get(keyOf('normalised', event)) ?? []
      // The same step differs by the user of its host, which is what a form is for. Values that are the same as logged are
      // one stack at every step of the ladder. Nothing else may be in it.
      const others = stack.filter(
        (each) =>
          each.planted === null || (each.planted !== event.planted && keyOf('exact', each) !== keyOf('exact', event)),
      )
      assert.deepEqual(others, [], keyOf('normalised', event))
    }
  })

  test(`${name}: what cannot be separated is not separable by exact values either`, () => {
    const inseparable = events.filter((event) => event.planted !== null && alike(event))
    assert.ok(inseparable.length > 0)
    for (const event of inseparable)
      assert.ok(
        exact.get(keyOf('exact', event))?.some(({ planted }) => planted === null),
        keyOf('exact', event),
      )
  })

  test(`${name}: every attack has a stack without noise, but one that only changes many rules at once`, () => {
    const attacks = Map.groupBy(
      events.filter(({ planted }) => planted !== null),
      ({ scenario }) => scenario,
    )
    const hidden = [...attacks].filter(
      ([, steps]) =>
        !steps.some((step) => normalised.get(keyOf('normalised', step))?.every(({ planted }) => planted !== null)),
    )
    assert.ok(attacks.size >= 4, `${attacks.size} attacks`)
    // It has its rows, one a rule, on /registry and /disabled.
    assert.deepEqual(
      hidden.map(([attack]) => attack),
      ['Rules are switched off through Policy Manager'],
    )
  })

  test(`${name}: what cannot be separated by these fields is by another one, except a change that is not about a rule`, () => {
    const withCommand = (event: SampleEvent): string =>
      `${keyOf('normalised', event)} ${formOf('normalised', 'command', event.Target_Commandline ?? '')}`
    const noise = new Set(events.filter(({ planted }) => planted === null).map(withCommand))
    for (const event of events.filter((each) => each.planted !== null && alike(each)))
      assert.equal(noise.has(withCommand(event)), event.EventCode === 5007, withCommand(event))
  })
}
