import type * as Rows from '#lib/model/rows.ts'
import { inOrder } from './testing-order.ts'
import { type Log, nameOf, partsOf, sum } from './testing-receipts.ts'

/** The hosts of an upload and its logs, or one of them. `key` is its name in lower case. */
export const hostsOf = (all: readonly Log[], id: string, dest: string | null = null) =>
  partsOf(all, id)
    .flatMap((log) => log.continuity.dests.map((of) => ({ log, of, key: of.dest.toLowerCase() })))
    .filter(({ key }) => dest === null || key === dest.toLowerCase())
export type Host = ReturnType<typeof hostsOf>[number]
/** Events that a log has of a host, duplicates included. */
export const eventsOn = ({ log, key }: Host): number => log.dests.filter((dest) => dest === key).length

/** The lists that tell how whole an upload is. What is missing is known if it is whole but for its breaks. */
export const continuityListsOf: {
  [List in keyof Rows.ContinuityLists]: (hosts: Host[]) => Rows.ContinuityLists[List][]
} = {
  dests: (hosts) => {
    const rows = hosts.map((host) => {
      const { stretchCount, stretches, versions, ...sums } = host.of
      const unknown = sums.verdict === 'whole' ? {} : { gaps: null, missing: null, silences: null }
      return { log: nameOf(host.log), events: eventsOn(host), ...sums, ...unknown }
    })
    return inOrder(rows, (row) => [-row.clears - row.clockJumps, -(row.missing ?? 0), -row.records, row.dest, row.log])
  },
  breaks: (hosts) => {
    const rows = hosts.flatMap(({ log, of: { dest, verdict, stretches } }) =>
      stretches.flatMap(({ after: kind, missing, firstId, firstTime }, place) => {
        const before = stretches[place - 1]
        const isTold = verdict === 'whole'
        if (before === undefined || kind === null || (!isTold && kind !== 'cleared' && kind !== 'clock')) return []
        const [ids, times] = [
          { beforeId: before.lastId, afterId: firstId },
          { beforeTime: before.lastTime, afterTime: firstTime },
        ]
        return [{ log: nameOf(log), dest, kind, missing: isTold ? missing : null, ...ids, ...times }]
      }),
    )
    const kinds = ['cleared', 'clock', 'missing', 'silence']
    return inOrder(rows, ({ kind, missing, beforeTime, afterTime, ...row }) => [
      ...[kinds.indexOf(kind), -(missing ?? -1), beforeTime - afterTime, row.dest, row.log, beforeTime, row.beforeId],
    ])
  },
  versions: (hosts) => {
    const named = hosts.flatMap(({ key, of }) => of.versions.map((version) => ({ key, ...version })))
    const rows = [...Map.groupBy(named, ({ kind, version }) => `${kind} ${version}`).values()].map((of) => ({
      ...{ kind: of[0]?.kind ?? 'engine', version: of[0]?.version ?? '' },
      ...{ dests: new Set(of.map(({ key }) => key)).size, events: sum(of.map(({ events }) => events)) },
      firstTime: Math.min(...of.map(({ firstTime }) => firstTime)),
      lastTime: Math.max(...of.map(({ lastTime }) => lastTime)),
    }))
    return inOrder(rows, ({ kind, lastTime, version }) => [kind, -lastTime, version])
  },
}
