import { hourLength } from '#lib/asr/hours.ts'
import { isAsrCode } from '#lib/asr/templates.ts'
import type { Dest, Span } from './fleet.ts'
import { makeRandom, type Random } from './random.ts'
import { makeRecipe, type Recipe } from './recipe.ts'
import type { Scenario, Step } from './scenario.ts'
import { scenarios } from './scenarios.ts'

/** A step of a story with its host and its time. */
export type Planned = { time: number; dest: Dest; step: Step; recipe: Recipe; scenario: string }

const minute = 60_000

/** Stories take no more than this share of the events, so that a short log still has its noise. */
const storyShare = 0.6

/** The length of log the stories were written for; in a shorter one they move together. */
const usualHours = 30 * 24

function pickDest(scenario: Scenario, fleet: readonly Dest[], taken: Set<Dest>, random: Random): Dest {
  const fitting = fleet.filter((dest) => scenario.on.includes(dest.kind))
  const free = fitting.filter((dest) => !taken.has(dest))
  const choice = free.length > 0 ? free : fitting.length > 0 ? fitting : fleet
  const dest = random.pick(choice)
  taken.add(dest)
  return dest
}

/** When the story begins: as long before the end as it wants to be, but inside the log and over before its end. */
function beginning(scenario: Scenario, hoursBeforeEnd: number, span: Span): number {
  const length = Math.max(...scenario.steps.map((step) => step.after)) * minute
  const shrink = Math.min(1, (span.end - span.start) / hourLength / usualHours)
  const wanted = span.end - hoursBeforeEnd * hourLength * shrink
  return Math.max(span.start, Math.min(wanted, span.end - length - minute))
}

/** The steps of all stories in order of time, as many complete stories as fit in `events`. */
export function makePlan(fleet: readonly Dest[], span: Span, seed: number, events: number): Planned[] {
  const random = makeRandom(seed, 'plan')
  const taken = new Set<Dest>()
  const plan: Planned[] = []
  for (const scenario of scenarios) {
    const recipes = scenario.steps.map((step) => makeRecipe(step.code, step.fields, step.rule))
    for (const hoursBeforeEnd of scenario.hoursBeforeEnd) {
      if (plan.length + recipes.length > events * storyShare) continue
      const dest = pickDest(scenario, fleet, taken, random)
      dest.firstSeen = span.start
      dest.lastSeen = span.end
      const start = beginning(scenario, hoursBeforeEnd, span)
      scenario.steps.forEach((step, index) => {
        const recipe = recipes[index]
        if (!recipe || !isAsrCode(step.code)) throw new Error(`${scenario.name}: ${step.code} is not an ASR event`)
        for (const { rule, was } of step.sets ?? []) if (!dest.modes.has(rule)) dest.modes.set(rule, was)
        const time = start + step.after * minute + random.next() * 0.1 * minute
        plan.push({ time, dest, step, recipe, scenario: scenario.name })
      })
    }
  }
  return plan.sort((a, b) => a.time - b.time)
}
