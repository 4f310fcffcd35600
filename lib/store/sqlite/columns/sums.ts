import type { By } from '#lib/hunting/definition.ts'
import { modes } from './columns.ts'
import { type Groups, groupEvents } from './groups.ts'
import { exactly, partsOf, type Reading } from './parts.ts'
import { isSince, type Selection } from './selection.ts'

export type Sums = {
  events: Uint32Array
  hosts: Uint32Array
  users: Uint32Array
  firstTime: Float64Array
  lastTime: Float64Array
  activeDays: Uint32Array
  /** Events by mode, in the order of `modes`. */
  modes: readonly Uint32Array[]
  variants: Uint32Array
  before: Uint32Array
  newHosts: Uint32Array
}

/** The number of each event's variant: its values as logged in the fields that a step merges. Null if none does. */
async function variantsOf(reading: Reading, by: readonly By[], { states }: Selection): Promise<Uint32Array | null> {
  const merged = by.filter(({ step }) => step !== 'exact')
  return merged.length === 0 ? null : groupEvents(reading, await partsOf(reading, merged.map(exactly)), states)
}

const mostOf = (numbers: ArrayLike<number>): number => {
  let most = 0
  for (let at = 0; at < numbers.length; at++) most = Math.max(most, numbers[at] as number)
  return most
}

/** Counts each group. What is different in a group is counted by stamps: the last group that each host, user … was met in. */
export async function sumGroups(
  reading: Reading,
  by: readonly By[],
  selection: Selection,
  { count, starts, order }: Groups,
): Promise<Sums> {
  const { columns, pace } = reading
  const { events, stacks, dests, days, length } = columns
  const { stack, time, day, user } = events
  const { states } = selection
  const variants = await variantsOf(reading, by, selection)
  const numbers = () => new Uint32Array(count)
  const sums: Sums = {
    ...{ events: numbers(), hosts: numbers(), users: numbers() },
    ...{ firstTime: new Float64Array(count), lastTime: new Float64Array(count), activeDays: numbers() },
    ...{ modes: modes.map(numbers), variants: numbers(), before: numbers(), newHosts: numbers() },
  }
  const [inHost, inBefore, inUser] = [dests.length, dests.length, mostOf(user.subarray(0, length)) + 1].map(
    (size) => new Uint32Array(size),
  ) as [Uint32Array, Uint32Array, Uint32Array]
  const inDay = new Uint32Array(days.length)
  const inVariant = new Uint32Array(variants === null ? 0 : mostOf(variants) + 1)
  const isSplit = selection.since.last >= selection.since.first || selection.before.last >= selection.before.first

  await pace.inParts(
    count,
    (fromGroup, toGroup) => {
      for (let group = fromGroup; group < toGroup; group++) {
        const stamp = group + 1
        const [from, to] = [starts[group] as number, starts[group + 1] as number]
        let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
        let [hosts, users, active, different] = [0, 0, 0, 0]
        for (let at = from; at < to; at++) {
          const place = order[at] as number
          const of = stack[place] as number
          const moment = time[place] as number
          if (moment < first) first = moment
          if (moment > last) last = moment
          const host = stacks.dest[of] as number
          if (inHost[host] !== stamp) {
            inHost[host] = stamp
            hosts += 1
          }
          const who = user[place] as number
          if (who !== 0 && inUser[who] !== stamp) {
            inUser[who] = stamp
            users += 1
          }
          const on = day[place] as number
          if (inDay[on] !== stamp) {
            inDay[on] = stamp
            active += 1
          }
          if (variants !== null) {
            const variant = variants[place] as number
            if (inVariant[variant] !== stamp) {
              inVariant[variant] = stamp
              different += 1
            }
          }
          const ofMode = sums.modes[stacks.mode[of] as number] as Uint32Array
          ofMode[group] = (ofMode[group] as number) + 1
        }
        sums.events[group] = to - from
        sums.hosts[group] = hosts
        sums.users[group] = users
        sums.firstTime[group] = first
        sums.lastTime[group] = last
        sums.activeDays[group] = active
        sums.variants[group] = variants === null ? 1 : different
        if (!isSplit) continue
        let [before, hostsBefore] = [0, 0]
        for (let at = from; at < to; at++) {
          const place = order[at] as number
          if (((states[place] as number) & isSince) !== 0) continue
          before += 1
          const host = stacks.dest[stack[place] as number] as number
          if (inBefore[host] === stamp) continue
          inBefore[host] = stamp
          hostsBefore += 1
        }
        sums.before[group] = before
        // Each host that has an event before is one of its hosts: the others are new.
        sums.newHosts[group] = hosts - hostsBefore
      }
    },
    16_384,
  )
  return sums
}
