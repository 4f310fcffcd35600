import { canonicalFields } from '#lib/asr/canonical.ts'
import { dayLength } from '#lib/asr/hours.ts'
import { isAsrCode } from '#lib/asr/templates.ts'
import { makeFleet } from '#tools/simulate/fleet.ts'
import { logOptions } from '#tools/simulate/options.ts'
import { makePlan } from '#tools/simulate/plan.ts'
import { simulate } from '#tools/simulate/simulate.ts'

/** An event of the sample fleet as the store has it. */
export type SampleEvent = {
  dest: string
  EventCode: number
  ID: string | null
  Process_Name: string | null
  Path: string | null
  Parent_Commandline: string | null
  Target_Commandline: string | null
  /** What the story that planted it says of it, the same for each host that the step happens on; null if it is noise. */
  planted: string | null
  scenario: string | null
}

const placeOf = (dest: string, time: number, code: number): string => `${dest} ${Math.floor(time)} ${code}`

/**
 * Returns the events of the sample fleet, the planted ones marked: the plan of the stories is made again, and has the host,
 * the time and the code of each.
 * @throws if an event of the plan is not in the log exactly once.
 */
export function sampleEvents(seed: number, end?: number): SampleEvent[] {
  const options = logOptions(end === undefined ? { seed } : { seed, end })
  const span = { start: options.end - options.days * dayLength, end: options.end }
  const plan = makePlan(makeFleet(options.dests, seed, span), span, seed, options.events)
  const steps = new Map(plan.map((each) => [placeOf(each.dest.name, each.time, each.step.code), each]))
  const events: SampleEvent[] = []
  let found = 0
  for (const { dest, time, EventCode, names, values } of simulate(options)) {
    if (!isAsrCode(EventCode)) continue
    const step = steps.get(placeOf(dest, time, EventCode))
    if (step !== undefined) found++
    const EventData = names.map((name, index): [string, string] => [name, values[index] ?? ''])
    const { ID, Process_Name, Path, Parent_Commandline, Target_Commandline } = canonicalFields({
      ...{ EventCode, dest, time, recordId: null },
      sections: { EventData },
    })
    events.push({
      ...{ dest, EventCode, ID, Process_Name, Path, Parent_Commandline, Target_Commandline },
      planted: step === undefined ? null : JSON.stringify([step.step.code, step.step.rule, step.step.fields]),
      scenario: step?.scenario ?? null,
    })
  }
  if (found !== plan.length || steps.size !== plan.length)
    throw new Error(`${plan.length} events are planted, but ${found} of the log look like one.`)
  return events
}
