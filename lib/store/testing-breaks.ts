import { dayLength } from '#lib/asr/hours.ts'
import type { EventRow, HostBreak, Page } from '#lib/model/rows.ts'
import { pageOf } from '#lib/params/page.ts'
import type { HostBreakQuestion } from './reads.ts'
import { type Host, hostsOf } from './testing-continuity.ts'
import { inOrder } from './testing-order.ts'
import type { Log } from './testing-receipts.ts'

type Break = HostBreak & { key: string; ids: string }

/** Breaks of one kind within the log of a host. */
const within = (kind: 'cleared' | 'silence', { key, log, of }: Host): Break[] =>
  of.stretches.flatMap(({ after, firstId, firstTime: until }, place) => {
    const before = of.stretches[place - 1]
    if (before === undefined || after !== kind || (kind === 'silence' && of.verdict !== 'unbroken')) return []
    return [{ key, ids: `${before.lastId} ${firstId}`, dest: of.dest, time: before.lastTime, until, upload: log.id }]
  })

/** A host whose log ends a day before that of another host ends, if nothing newer of it is known from anywhere. */
function ofStopped({ key, log, of }: Host, hosts: readonly Host[], events: readonly EventRow[]): Break[] {
  const { lastTime: time, verdict, dest } = of
  const until = Math.max(...log.continuity.dests.map(({ lastTime }) => lastTime ?? -Infinity))
  if (time === null || verdict !== 'unbroken' || time >= until - dayLength) return []
  const isNewer = (other: number | null): boolean => other !== null && other > time
  const others = hosts.filter((host) => host.key === key).map((host) => host.of.lastTime)
  const own = events.filter((event) => event.dest.toLowerCase() === key).map(({ _time }) => _time)
  return [...others, ...own].some(isNewer) ? [] : [{ key, ids: '', dest, time, until, upload: log.id }]
}

/** Breaks in the records of hosts, each once, from whichever of its uploads has the first id. */
export function breaksOf(
  logs: readonly Log[],
  events: readonly EventRow[],
  question: HostBreakQuestion,
): Page<HostBreak> {
  const { kind, dest, range, page } = question
  const done = logs.filter(({ state }) => state === 'done')
  const hosts = done.flatMap((log) => hostsOf([log], log.id))
  const all = hosts.flatMap((host) => (kind === 'stopped' ? ofStopped(host, hosts, events) : within(kind, host)))
  const asked = all.filter(({ key }) => dest === null || key === dest.toLowerCase())
  const groups = Map.groupBy(
    asked,
    ({ key, ids, time, until }) => `${key} ${ids} ${time} ${kind === 'stopped' || until}`,
  )
  const rows = [...groups.values()].map((of): HostBreak => {
    const first = (texts: string[]): string => inOrder(texts, (text) => [text])[0] ?? ''
    return {
      dest: first(of.map((each) => each.dest)),
      time: of[0]?.time ?? 0,
      until: Math.max(...of.map(({ until }) => until)),
      upload: first(of.map(({ upload }) => upload)),
    }
  })
  const inRange = rows.filter(({ time, until }) => until >= (range.from ?? -Infinity) && time <= (range.to ?? Infinity))
  return pageOf(
    inOrder(inRange, (row) => [-row.time, row.dest, row.until]),
    page,
  )
}
