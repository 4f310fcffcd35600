import { minClockJump } from '#lib/continuity/limits.ts'
import type { ComparedVersion, HeldCount, Pair, Place, SideStretches } from '#lib/model/compared.ts'
import type { EventRow } from '#lib/model/rows.ts'
import { eventsOn, type Host, hostsOf } from './testing-continuity.ts'
import { compare, inOrder } from './testing-order.ts'
import { type Log, sum } from './testing-receipts.ts'

/** Two uploads taken apart: what each has of each host. */
export function comparison(logs: readonly Log[], stored: readonly EventRow[], [a, b]: Pair) {
  const hosts = [
    ...hostsOf(logs, a).map((host) => ({ side: 'a' as const, ...host })),
    ...hostsOf(logs, b).map((host) => ({ side: 'b' as const, ...host })),
  ]
  const byHost = Map.groupBy(hosts, ({ key }) => key)
  const isUntold = (of: readonly Host[]): boolean =>
    of.some(
      ({ of: { verdict, withoutId, stretchCount, stretches } }) =>
        verdict === 'no-ids' || verdict === 'scattered' || withoutId > 0 || stretchCount > stretches.length,
    )
  const holds = ({ of, key }: Host, { dest, EventRecordID: id, _time: time }: EventRow): boolean =>
    key === dest.toLowerCase() &&
    id !== null &&
    !isUntold(byHost.get(key) ?? []) &&
    of.stretches.some(
      ({ firstId, lastId, firstTime, lastTime }) =>
        id >= firstId && id <= lastId && time >= firstTime - minClockJump && time <= lastTime + minClockJump,
    )
  /** The events that an upload holds, whichever stored them. */
  const placeOf = (event: EventRow): Place | null => {
    const [inA, inB] = (['a', 'b'] as const).map((side) =>
      hosts.some((host) => host.side === side && holds(host, event)),
    )
    return inA && inB ? 'both' : inA ? 'a' : inB ? 'b' : null
  }
  const placed = stored.map((event) => ({ event, place: placeOf(event) }))
  const ofPlace = (place: Place) => placed.filter((each) => each.place === place).map(({ event }) => event)

  const heldCounts = (): HeldCount[] => {
    const held = placed.filter(({ place }) => place !== null)
    const groups = Map.groupBy(held, ({ event }) => JSON.stringify([event.dest.toLowerCase(), event.EventCode]))
    const counts = [...groups].map(([key, of]): HeldCount => {
      const [dest, EventCode] = JSON.parse(key)
      const count = (place: Place) => of.filter((each) => each.place === place).length
      return { dest, EventCode, both: count('both'), a: count('a'), b: count('b') }
    })
    return inOrder(counts, ({ EventCode, dest }) => [EventCode, dest])
  }
  const versions = (): ComparedVersion[] => {
    const named = hosts.flatMap(({ side, of }) => of.versions.map((version) => ({ side, ...version })))
    const rows = [...Map.groupBy(named, ({ kind, version }) => `${kind} ${version}`).values()].map((of) => {
      const [{ kind, version }] = of as [(typeof named)[number]]
      const count = (name: 'a' | 'b') => sum(of.filter(({ side }) => side === name).map(({ events }) => events))
      return { kind, version, a: count('a'), b: count('b'), last: Math.max(...of.map(({ lastTime }) => lastTime)) }
    })
    return inOrder(rows, ({ kind, last, version }) => [kind, -last, version]).map(({ last, ...row }) => row)
  }
  const sideOf = (side: 'a' | 'b', of: readonly Host[], isKnown: boolean): SideStretches['sides'][number] => {
    const times = of.flatMap(({ of: { firstTime, lastTime } }) => [firstTime ?? [], lastTime ?? []].flat())
    const runs = of.flatMap(({ of: { stretches } }) => stretches.map(({ after, missing, ...run }) => run))
    return {
      side,
      dest: of.map((each) => each.of.dest).sort(compare)[0] ?? '',
      isUntold: isUntold(of),
      records: sum(of.map((each) => each.of.records)),
      events: sum(of.map(eventsOn)),
      firstTime: times.length === 0 ? null : Math.min(...times),
      lastTime: times.length === 0 ? null : Math.max(...times),
      runs: isKnown ? runs : [],
    }
  }
  const sides = (): SideStretches[] => {
    const rows = [...byHost].map(([key, of]) => {
      const bySide = [...Map.groupBy(of, ({ side }) => side)].sort(compare)
      return { key, sides: bySide.map(([side, own]) => sideOf(side, own, !isUntold(of))) }
    })
    return inOrder(rows, ({ key, sides }) => [-sides.length, key])
  }
  const countUntold = (): number => [...byHost.values()].filter(isUntold).length
  return { heldCounts, versions, sides, countUntold, ofPlace }
}
