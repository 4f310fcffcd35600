import { dayLength, hourLength } from '#lib/asr/hours.ts'
import { type Hour, hoursOf, makeShares, stormStart } from './calendar.ts'
import type { SimulatedEvent } from './event.ts'
import { type Dest, makeFleet, type Span } from './fleet.ts'
import { makeNoise } from './noise.ts'
import { logOptions, type SimulateOptions } from './options.ts'
import { otherSources } from './other-sources.ts'
import { makePlan, type Planned } from './plan.ts'
import { makeRandom } from './random.ts'
import { cook, makeRecipe, overrideOf } from './recipe.ts'
import { sources } from './sources.ts'
import type { Context } from './text.ts'

/** Share of warned users who allow what was blocked, and the seconds they think about it. */
const overrideShare = 0.45
const secondsToOverride = 240

type Override = { due: number; dest: Dest; blocked: SimulatedEvent }

/** The events of a made-up fleet in order of time. Memory depends on the number of hosts, not on that of events. */
export function* simulate(given: Partial<SimulateOptions> = {}): Generator<SimulatedEvent, void> {
  const { dests, days, seed, end, events, others } = logOptions(given)
  const span: Span = { start: end - days * dayLength, end }
  const fleet = makeFleet(dests, seed, span)
  const plan = makePlan(fleet, span, seed, events)
  const random = makeRandom(seed, 'events')
  const storm = stormStart(span)
  const drawOurs = makeNoise(sources, fleet, storm, random)
  const drawOther = makeNoise(otherSources, fleet, storm, random)
  const healthy = makeRecipe(1150, {})
  const hours = hoursOf(span)

  const weightOfAll = hours.reduce((sum, hour) => sum + hour.weight, 0)
  const oursOf = makeShares(events - plan.length, weightOfAll)
  const othersOf = makeShares(Math.round((events * others) / (1 - others)), hours.length)
  const overrides: Override[] = []
  const at = (time: number, dest: Dest): Context => ({ time, dest, random, stormStart: storm })

  const ours = (time: number, hour: Hour): SimulatedEvent => {
    const allowed = takeDue(overrides, time)
    if (allowed) return overrideOf(allowed.blocked, at(time, allowed.dest))
    const { dest, recipe, isWarn } = drawOurs(time, hour)
    const event = cook(recipe, at(time, dest))
    if (isWarn && random.next() < overrideShare) {
      overrides.push({ due: time + 1000 * (5 + random.next() * secondsToOverride), dest, blocked: event })
    }
    return event
  }

  const other = (time: number, hour: Hour): SimulatedEvent => {
    const { dest, recipe } = drawOther(time, hour)
    const context = at(time, dest)
    if (recipe.code !== 2000) return cook(recipe, context)
    const event = cook(recipe, context)
    const [, , current = '', previous] = event.values
    if (current !== previous) {
      dest.reportedSignature = current
      return event
    }
    // Nothing new has come out since the last update of this host.
    dest.recordId--
    return cook(healthy, context)
  }

  const story = ({ time, dest, step, recipe }: Planned): SimulatedEvent => {
    if (step.clearsLog) dest.recordId = 0
    if (step.fallsSilent && dest !== fleet[0]) dest.lastSeen = time
    for (const { rule, becomes } of step.sets ?? []) dest.modes.set(rule, becomes)
    return cook(recipe, at(time, dest))
  }

  let done = 0
  for (const hour of hours) {
    let oursLeft = oursOf(hour.weight)
    let left = oursLeft + othersOf(1)
    let time = hour.start
    const hourEnd = hour.start + hourLength
    while (left > 0) {
      // The least of `left` even draws from what is left of the hour: sorted times without keeping any.
      time = Math.min(hourEnd, time + (hourEnd - time) * (1 - random.next() ** (1 / left)))
      for (let next = plan[done]; next && next.time <= time; next = plan[++done]) yield story(next)
      const isOurs = random.next() * left < oursLeft
      yield isOurs ? ours(time, hour) : other(time, hour)
      if (isOurs) oursLeft--
      left--
    }
  }
  for (let next = plan[done]; next; next = plan[++done]) yield story(next)
}

/** The first override whose user has decided by now, taken off the list; those of hosts gone silent are dropped. */
function takeDue(overrides: Override[], time: number): Override | undefined {
  const index = overrides.findIndex(({ due }) => due <= time)
  if (index < 0) return undefined
  const [override] = overrides.splice(index, 1)
  return override && override.dest.lastSeen >= time ? override : undefined
}
