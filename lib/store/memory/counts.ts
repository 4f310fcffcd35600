import { detections, riskDetections } from '#lib/asr/detections.ts'
import { dayLength, hourLength, hourOf } from '#lib/asr/hours.ts'
import type * as Rows from '#lib/model/rows.ts'
import { rowColumns } from '#lib/params/columns.ts'
import type { Bucket, DetectionQuestion, FleetQuestion, RiskAsked } from '../reads.ts'
import { inOrder } from '../testing-order.ts'
import { fitting, groupsOf, type Hit, hitsOf, isFit, rules, type Stored, sumsOf } from './stored.ts'

/** The rows of a detection and the sums of both modes. */
export function detectionOf(all: readonly Stored[], question: DetectionQuestion) {
  const { numbers, family } = detections[question.detection]
  const hits = hitsOf(all, numbers).filter(
    (hit) => isFit(hit, question, hit.stack.rule) && (!question.isWeakened || hit.stack.weakened),
  )
  const complete = hits.filter(({ stack }) => question.detection === family || stack.isComplete)
  const faithful = hits.filter(({ stack }) => stack.faithful)
  const dropped = complete.filter(({ stack }) => !stack.faithful)
  const shown = question.mode === 'faithful' ? faithful : complete
  const asked = shown.filter(({ stack }) => [null, Number(stack.faithful)].includes(question.faithful))
  const rows = groupsOf(asked, ({ stack }) => stack.key).map(({ row: { EventCode }, stack, sums }) => {
    const { events: count, firstTime, lastTime } = sums
    const { key, ASR_Rule, exclusion: Exclusion } = stack
    const by = [...stack.fields].map(([field, value]) => [field, value ?? 'NULL'])
    const own = { EventCode, count, firstTime, lastTime, ASR_Rule, Exclusion, weakened: Number(stack.weakened) }
    const cells = { ...Object.fromEntries(by), ...own }
    const columns = rowColumns[question.detection].map((column) => [column, cells[column]])
    return { stack: key, faithful: Number(stack.faithful), ...Object.fromEntries(columns) } as Rows.DetectionRow
  })
  return { rows, events: complete.length, faithfulEvents: faithful.length, droppedEvents: dropped.length }
}

const scores = new Map(riskDetections.map(({ number, riskScore }) => [number, riskScore ?? 0]))
const scoreOf = (of: Hit[]): number => of.reduce((sum, { stack }) => sum + (scores.get(stack.detection) ?? 0), 0)

/** The risk of each host in a range. A risk event is a result row in a clock hour, and of the day of its last event. */
export function riskOf(all: readonly Stored[], { range, ...asked }: RiskAsked, isLeftOut: (hit: Hit) => boolean) {
  const eventsIn = (from: number, to: number) => {
    const found = hitsOf(fitting(all, { ...asked, range: { from, to } }), [...scores.keys()])
    const hits = found.filter((hit) => !isLeftOut(hit))
    const counted = hits.filter(({ stack }) => (asked.mode === 'faithful' ? stack.faithful : stack.isComplete))
    return groupsOf(counted, ({ row, stack }) => `${stack.key} ${hourOf(row._time)}`)
  }
  const before = eventsIn(range.from - 7 * dayLength, range.from - 1)
  return [...Map.groupBy(eventsIn(range.from, range.to), ({ row }) => row.dest)].map(([dest, events]) => {
    const { firstTime, lastTime } = sumsOf(events.flatMap(({ of }) => of))
    const daysAgo = Map.groupBy(events, ({ sums }) => Math.trunc((range.to - 1 - sums.lastTime) / dayLength))
    const byDay = [6, 5, 4, 3, 2, 1, 0].map((day) => scoreOf(daysAgo.get(day) ?? []))
    const previousScore = scoreOf(before.filter(({ row }) => row.dest === dest))
    const kinds = groupsOf(events, ({ stack }) => `${stack.detection} ${stack.ASR_Rule}`)
    const parts = kinds.map(({ stack: { detection, ASR_Rule }, of }) => ({ detection, ASR_Rule, events: of.length }))
    return { dest, score: scoreOf(events), count: events.length, firstTime, lastTime, byDay, previousScore, parts }
  })
}

/** Every rule of the lookup and every other GUID of some events, with their counts. */
export function rulesOf(events: readonly Stored[]): Rows.RuleRow[] {
  return [...new Set([...rules.keys(), ...events.flatMap(({ row }) => row.ID ?? [])])].sort().map((ID) => {
    const { ASR_Rule = 'NULL', short = ID, standard = false, warnMode = false, techniques = '' } = rules.get(ID) ?? {}
    const { rules: _, ...sums } = sumsOf(events.filter(({ row }) => row.ID === ID))
    const span = sums.events === 0 ? { firstTime: null, lastTime: null } : {}
    const known = { known: rules.has(ID), standard, warnMode, techniques: techniques.split(' ').filter(Boolean) }
    return { ID, ASR_Rule, short, ...known, ...sums, ...span }
  })
}

const states: Record<string, Rows.RuleState> = { Block: 'block', Audit: 'audit', Warn: 'warn' }
const statesByCode: Record<number, Rows.RuleState> = { 1121: 'block', 1122: 'audit', 1129: 'warn' }

/** The state that a result row of an event proves for its rule; none if it is of something else. */
function stateOf({ row, stack: { family, fields } }: Hit): Rows.RuleState | undefined {
  if (family === 'stacking') return statesByCode[row.EventCode]
  const [before, after] = [fields.get('Old_Registry_Value'), fields.get('New_Registry_Value')]
  return (before ?? after) ? (states[after ?? ''] ?? 'off') : undefined
}

/** The state of each rule on a host: warn if nothing but a 1121 came after what proved warn, else that of the newest. */
export function ruleStatesOf(events: readonly Stored[]): Rows.RuleStateRow[] {
  const hits = hitsOf(events, [...detections.stacking.numbers, ...detections.registry.numbers])
  const proofs = hits.map((hit) => ({ ...hit, state: stateOf(hit) })).filter(({ state }) => state !== undefined)
  return inOrder([...rules.values()], ({ ASR_Rule }) => [ASR_Rule]).map(({ ID, ASR_Rule }) => {
    const ofRule = proofs.filter(({ stack }) => stack.rule === ID)
    const own = inOrder(ofRule, ({ row, state }) => [row._time, Number(state === 'warn')])
    const ending = own.findLast(({ row }) => row.EventCode !== 1121)
    const { state = 'unknown' } = (ending?.state === 'warn' ? ending : own.at(-1)) ?? {}
    return { ID, ASR_Rule, state, count: own.filter(({ stack }) => stack.family === 'stacking').length }
  })
}

/** Events by mode in each hour or day that has one. */
export function timelineOf(events: readonly Stored[], bucket: Bucket): Rows.TimelinePoint[] {
  const length = bucket === 'hour' ? hourLength : dayLength
  const buckets = Map.groupBy(events, ({ row }) => Math.floor(row._time / length) * length)
  return inOrder([...buckets], ([time]) => [time]).map(([time, of]) => {
    const { blocked: block, audited: audit, overridden: override, changed: configuration } = sumsOf(of)
    return { time, block, audit, override, configuration }
  })
}

/** Events of all hosts by process, path, rule and code. */
export function fleetOf(all: readonly Stored[], { order, within }: Omit<FleetQuestion, 'page'>): Rows.FleetStack[] {
  const events = all.filter(({ row }) => row.EventCode !== 5007)
  const groups = groupsOf(events, ({ row }) => JSON.stringify([row.Process_Name, row.Path, row.ID, row.EventCode]))
  const isIn = (time: number) => within === null || (time > within.after && time <= within.to)
  const asked = groups.filter(({ of, sums }) =>
    within?.time === 'first' ? isIn(sums.firstTime) : of.some(({ row }) => isIn(row._time)),
  )
  const stacks = asked.map(({ row: { ID, ASR_Rule, Process_Name, Path, EventCode, dest: host }, sums }) => {
    const texts = Object.entries({ ID, ASR_Rule, Process_Name, Path }).map(([name, text]) => [name, text ?? 'NULL'])
    const { events: count, dests, firstTime, lastTime } = sums
    const dest = dests === 1 ? host : null
    return { ...Object.fromEntries(texts), EventCode, dests, count, firstTime, lastTime, dest } as Rows.FleetStack
  })
  const keysOf = ({ dests, count, firstTime, lastTime }: Rows.FleetStack): number[] =>
    order === 'rarest' ? [dests, count, -lastTime] : order === 'new' ? [dests, -firstTime] : [-count]
  return inOrder(stacks, keysOf)
}
