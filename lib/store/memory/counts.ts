import { detections, riskDetections } from '#lib/asr/detections.ts'
import { dayLength, hourLength, hourOf } from '#lib/asr/hours.ts'
import type * as Rows from '#lib/model/rows.ts'
import { rowColumns } from '#lib/params/columns.ts'
import { fits } from '#lib/params/pattern.ts'
import type { Bucket, DetectionQuestion, FleetQuestion, RiskAsked, Sorted, ValueQuestion } from '../reads.ts'
import { compare, fitting, type Hit, hitsOf, rules, type Stack, type Stored, sumsOf } from './stored.ts'

/** The events in the rows of a detection, and those of them that its mode shows. */
function hitsShown(all: readonly Stored[], question: Omit<DetectionQuestion, keyof Sorted>) {
  const { detection: key, mode, faithful } = question
  const hits = hitsOf(all, question, detections[key].numbers)
  const isComplete = ({ stack }: Hit) => key === detections[key].family || stack.isComplete
  const isFaithful = ({ stack }: Hit) => stack.faithful
  const shown = hits
    .filter(mode === 'faithful' ? isFaithful : isComplete)
    .filter((hit) => faithful === null || isFaithful(hit) === (faithful === 1))
  return { hits, shown, isComplete, isFaithful }
}

/** The values of a field, in whatever case, the most frequent first. */
export function valuesOf(all: readonly Stored[], question: ValueQuestion): Rows.ValuePage {
  const { field, find, limit } = question
  const texts = hitsShown(all, question)
    .shown.map(({ event: { row }, stack }) => String((field === 'ID' ? stack.rule : row[field]) ?? 'NULL'))
    .filter((text) => find.length === 0 || find.some((pattern) => fits(pattern, text)))
  const rows = [...Map.groupBy(texts, (text) => text.toLowerCase())].map(([key, of]) => ({ key, value: of.sort(compare)[0] ?? '', count: of.length }))
  const ordered = rows.sort((a, b) => compare([-a.count, a.key], [-b.count, b.key])).map(({ value, count }) => ({ value, count }))
  return { total: rows.length, events: texts.length, rows: ordered.slice(0, limit) }
}

/** The rows of a detection and the sums of both modes. */
export function detectionOf(all: readonly Stored[], question: DetectionQuestion): Rows.DetectionPage {
  const { detection: key } = question
  const { family } = detections[key]
  const { hits, shown, isComplete, isFaithful } = hitsShown(all, question)
  const rows = [...Map.groupBy(shown, ({ stack }) => stack.key).values()].map((of) => {
    const [{ event, stack }] = of as [Hit]
    const { events: count, firstTime, lastTime } = sumsOf(of.map((hit) => hit.event))
    const by = detections[family].by.map((field, place) => [field, stack.by[place] ?? 'NULL'])
    const { dest, EventCode } = event.row
    const change = { Exclusion: stack.exclusion, weakened: stack.weakened ? 1 : 0 }
    const { ASR_Rule } = stack
    const cells = { ...Object.fromEntries(by), dest, EventCode, count, firstTime, lastTime, ASR_Rule, ...change }
    const columns = rowColumns[key].map((column) => [column, cells[column]])
    return { stack: stack.key, faithful: stack.faithful ? 1 : 0, ...Object.fromEntries(columns) } as Rows.DetectionRow
  })
  const dropped = hits.filter((hit) => isComplete(hit) && !isFaithful(hit))
  const sums = { events: hits.filter(isComplete).length, faithfulEvents: hits.filter(isFaithful).length }
  return { total: rows.length, rows, ...sums, droppedEvents: dropped.length }
}

type RiskEvent = { dest: string; stack: Stack; score: number; firstTime: number; lastTime: number }
/** The risk events of a range: one for each result row and clock hour of the events that fit. */
export function riskEvents(all: readonly Stored[], asked: RiskAsked): RiskEvent[] {
  const scores = new Map(riskDetections.map(({ number, riskScore }) => [number, riskScore ?? 0]))
  const hits = fitting(all, asked)
    .flatMap((event) => event.stacks.map((stack) => ({ event, stack })))
    .filter(({ stack }) => scores.has(stack.detection))
    .filter(({ stack }) => (asked.mode === 'faithful' ? stack.faithful : stack.isComplete))
  const hours = Map.groupBy(hits, ({ event, stack }) => `${stack.key} ${hourOf(event.row._time)}`)
  return [...hours.values()].map((of) => {
    const [{ event, stack }] = of as [Hit]
    const { firstTime, lastTime } = sumsOf(of.map((hit) => hit.event))
    return { dest: event.row.dest, stack, score: scores.get(stack.detection) ?? 0, firstTime, lastTime }
  })
}

export const scoreOf = (events: readonly RiskEvent[]): number => events.reduce((sum, { score }) => sum + score, 0)

/** The score of each host with a risk event in the range. An event belongs to the day of its last one. */
export function riskOf(all: readonly Stored[], asked: RiskAsked): Rows.RiskCounts[] {
  const { from, to } = asked.range
  const before = riskEvents(all, { ...asked, range: { from: from - 7 * dayLength, to: from - 1 } })
  return [...Map.groupBy(riskEvents(all, asked), ({ dest }) => dest)].map(([dest, events]) => {
    const dayOf = ({ lastTime }: RiskEvent) => Math.trunc((to - 1 - lastTime) / dayLength)
    const parts = Map.groupBy(events, ({ stack }) => `${stack.detection} ${stack.ASR_Rule}`)
    return {
      ...{ dest, score: scoreOf(events), count: events.length },
      firstTime: Math.min(...events.map((each) => each.firstTime)),
      lastTime: Math.max(...events.map((each) => each.lastTime)),
      byDay: [6, 5, 4, 3, 2, 1, 0].map((day) => scoreOf(events.filter((each) => dayOf(each) === day))),
      previousScore: scoreOf(before.filter((each) => each.dest === dest)),
      parts: [...parts.values()].map((of) => {
        const [{ stack }] = of as [RiskEvent]
        return { detection: stack.detection, ASR_Rule: stack.ASR_Rule, events: of.length }
      }),
    }
  })
}

/** Every rule of the lookup and every other GUID of some events, with their counts. */
export function rulesOf(events: readonly Stored[]): Rows.RuleRow[] {
  return [...new Set([...rules.keys(), ...events.flatMap(({ row }) => row.ID ?? [])])].sort().map((ID) => {
    const { ASR_Rule = 'NULL', short = ID, standard = false, warnMode = false, techniques = '' } = rules.get(ID) ?? {}
    const of = events.filter(({ row }) => row.ID === ID)
    const { rules: _, ...sums } = sumsOf(of)
    const span = of.length === 0 ? { firstTime: null, lastTime: null } : {}
    return {
      ID,
      ASR_Rule,
      short,
      known: rules.has(ID),
      standard,
      warnMode,
      techniques: techniques.split(' ').filter(Boolean),
      ...sums,
      ...span,
    }
  })
}

const ofCode: Record<number, Rows.RuleState> = { 1121: 'block', 1122: 'audit', 1129: 'warn' }
const ofName: Record<string, Rows.RuleState> = { Block: 'block', Audit: 'audit', Warn: 'warn' }

/** The state of each rule on a host: warn if nothing but a 1121 came after it proved warn, else that of the newest. */
export function ruleStatesOf(events: readonly Stored[]): Rows.RuleStateRow[] {
  const seen = events.flatMap(({ row: { ID, EventCode, _time: time }, stacks }) => [
    ...(ofCode[EventCode] === undefined ? [] : [{ ID, time, state: ofCode[EventCode], isEvent: true }]),
    ...stacks.flatMap(({ family, rule, by: [, , , before, after] }) => {
      if (family !== 'registry' || (before === null && after === null)) return []
      return [{ ID: rule, time, state: ofName[after ?? ''] ?? 'off', isEvent: false }]
    }),
  ])
  const states = [...rules.values()].map(({ ID, ASR_Rule }) => {
    const own = seen.filter((each) => each.ID === ID).sort((a, b) => a.time - b.time)
    const ending = own.findLast(({ state, isEvent }) => state !== 'warn' && !(isEvent && state === 'block'))
    const warned = own.findLast(({ state }) => state === 'warn')
    const isWarn = warned !== undefined && warned.time >= (ending?.time ?? warned.time)
    const count = own.filter(({ isEvent }) => isEvent).length
    return { ID, ASR_Rule, state: isWarn ? 'warn' : (own.at(-1)?.state ?? 'unknown'), count }
  })
  return states.sort((a, b) => compare(a.ASR_Rule, b.ASR_Rule))
}

/** Events by mode in each hour or day that has one. */
export function timelineOf(events: readonly Stored[], bucket: Bucket): Rows.TimelinePoint[] {
  const length = bucket === 'hour' ? hourLength : dayLength
  const buckets = Map.groupBy(events, ({ row }) => Math.floor(row._time / length) * length)
  return [...buckets].sort(compare).map(([time, of]) => {
    const { blocked: block, audited: audit, overridden: override, changed: configuration } = sumsOf(of)
    return { time, block, audit, override, configuration }
  })
}

/** Events of all hosts by process, path, rule and code. */
export function fleetOf(all: readonly Stored[], { order, within, limit }: FleetQuestion): Rows.FleetStack[] {
  const events = all.filter(({ row }) => row.EventCode !== 5007)
  const groups = Map.groupBy(events, ({ row }) => JSON.stringify([row.Process_Name, row.Path, row.ID, row.EventCode]))
  const stacks = [...groups.values()].map((of) => {
    const [{ row }] = of as [Stored]
    const { events: count, dests, firstTime, lastTime } = sumsOf(of)
    const { ID, ASR_Rule, Process_Name, Path, EventCode } = row
    const texts = Object.entries({ ID, ASR_Rule, Process_Name, Path }).map(([name, text]) => [name, text ?? 'NULL'])
    return { ...Object.fromEntries(texts), EventCode, dests, count, firstTime, lastTime } as Rows.FleetStack
  })
  const keysOf = ({ dests, count, firstTime, lastTime }: Rows.FleetStack): number[] =>
    order === 'rarest' ? [dests, count, -lastTime] : order === 'new' ? [dests, -firstTime] : [-count]
  return stacks
    .filter((stack) => {
      const time = within?.time === 'first' ? stack.firstTime : stack.lastTime
      return within === null || (time > within.after && time <= within.to)
    })
    .sort((a, b) => compare(keysOf(a), keysOf(b)))
    .slice(0, limit)
}
