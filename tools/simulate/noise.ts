import type { Hour, Shift } from './calendar.ts'
import type { Dest } from './fleet.ts'
import { ruleMode } from './fleet.ts'
import type { Random } from './random.ts'
import { makeRecipe, type Recipe } from './recipe.ts'
import type { Hours, Source } from './source.ts'
import { isStormVersion } from './versions.ts'

/** How much of its weight a source has in each shift. */
const activity: Record<Hours, Record<Shift, number>> = {
  office: { office: 1, evening: 0.15, night: 0.02 },
  always: { office: 1, evening: 1, night: 1 },
  night: { office: 0.05, evening: 0.3, night: 1.5 },
  storm: { office: 1, evening: 1, night: 1 },
}

/** A source with what it needs on this fleet: its hosts, its recipes, its running weight in each shift. */
type Spring = {
  source: Source
  dests: readonly Dest[]
  reached: number
  offset: number
  stride: number
  turn: number
  blocked: Recipe
  audited: Recipe
}

export type Noise = { dest: Dest; recipe: Recipe; isWarn: boolean }

function makeSpring(
  source: Source,
  fleet: readonly Dest[],
  kinds: Map<string, readonly Dest[]>,
  random: Random,
): Spring {
  const key = source.on.join()
  const fitting = kinds.get(key) ?? fleet.filter((dest) => source.on.includes(dest.kind))
  kinds.set(key, fitting)
  const dests = fitting.length > 0 ? fitting : fleet
  const blocked = makeRecipe(source.code === 'mode' ? 1121 : source.code, source.fields, source.rule)
  const audited = source.code === 'mode' ? makeRecipe(1122, source.fields, source.rule) : blocked
  return {
    source,
    dests,
    reached: Math.max(1, Math.ceil(dests.length * source.reach)),
    offset: random.int(dests.length),
    // A prime step visits every host once before it comes back, each source in an order of its own.
    stride: dests.length % 7919 === 0 ? 1 : 7919,
    turn: 0,
    blocked,
    audited,
  }
}

/** Running sums of the weights, for drawing a source by one number. */
function runningWeights(sources: readonly Source[], shift: Shift, isStorm: boolean): Float64Array {
  let sum = 0
  return Float64Array.from(sources, (source) => {
    if (isStorm || source.hours !== 'storm') sum += source.weight * activity[source.hours][shift]
    return sum
  })
}

function drawSpring(springs: readonly Spring[], weights: Float64Array, random: Random): Spring {
  const drawn = random.next() * (weights[weights.length - 1] ?? 0)
  let index = 0
  while (drawn >= (weights[index] ?? Number.POSITIVE_INFINITY)) index++
  const spring = springs[index]
  if (!spring) throw new Error('no source is active: every weight is 0')
  return spring
}

/** Draws what happens next: a source by its weight in this hour, a host by its place, a code by the host's mode. */
export function makeNoise(sources: readonly Source[], fleet: readonly Dest[], stormStart: number, random: Random) {
  const kinds = new Map<string, readonly Dest[]>()
  const springs = sources.map((source) => makeSpring(source, fleet, kinds, random))
  const tables = new Map<string, Float64Array>()
  const tableOf = ({ shift, isStorm }: Hour): Float64Array => {
    const key = `${shift} ${isStorm}`
    const table = tables.get(key) ?? runningWeights(sources, shift, isStorm)
    tables.set(key, table)
    return table
  }
  let currentHour: Hour | undefined
  let weights: Float64Array = new Float64Array()
  const steady = springs.find(({ source }) => source.code !== 'mode')
  const always = fleet[0]
  if (!steady || !always) throw new Error('there is no host, or no source that no rule can switch off')

  return (time: number, hour: Hour): Noise => {
    if (hour !== currentHour) {
      currentHour = hour
      weights = tableOf(hour)
    }
    for (let tries = 0; tries < 50; tries++) {
      const spring = drawSpring(springs, weights, random)
      const { source, dests, reached, offset, stride } = spring
      // Two draws multiplied: few hosts cause most of it. Taking turns leaves no host out.
      const place = source.inTurn ? spring.turn++ : Math.floor(reached * random.next() * random.next())
      const dest = dests[(offset + place * stride) % dests.length]
      if (!dest || time < dest.firstSeen || time > dest.lastSeen) continue
      if (source.hours === 'storm' && !isStormVersion(time - dest.signatureLag, stormStart)) continue
      const mode = source.rule ? ruleMode(dest, source.rule) : 'block'
      if (mode === 'off') continue
      return { dest, recipe: mode === 'audit' ? spring.audited : spring.blocked, isWarn: mode === 'warn' }
    }
    return { dest: always, recipe: steady.blocked, isWarn: false }
  }
}
