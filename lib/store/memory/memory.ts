import type { LoggedEvent } from '#lib/asr/event.ts'
import { foldDest } from '#lib/asr/key-text.ts'
import type { RiskCounts } from '#lib/model/rows.ts'
import { pageOf } from '#lib/params/page.ts'
import { readAttack } from '../lookups.ts'
import type { Asked, EventReads, Found, RiskAsked } from '../reads.ts'
import { decidedIn, sumOfRisk } from '../testing-decided.ts'
import { hostsOfLabels } from '../testing-labels.ts'
import { pageIn, sorted } from '../testing-order.ts'
import { type LogSpans, openStackReads } from '../testing-stacks.ts'
import { isOver24h, valuesOf } from '../testing-values.ts'
import { detectionOf, fleetOf, riskOf, ruleStatesOf, rulesOf, timelineOf } from './counts.ts'
import { fitting, groupsOf, rules, type Stored, storedOf, sumsOf } from './stored.ts'

/** The events of a log, and its format. */
export type EventLog = { id: string; events: readonly LoggedEvent[]; format?: string } & LogSpans

/** A store in memory, for tests: it answers questions about events by counting, one by one, those that `add` was given. */
export function openMemory() {
  const stored = new Map<string, Stored>()
  const names = new Map<string, string>()
  const found: Found = { foundBy: stored }
  const events = (): Stored[] => [...stored.values()]

  /** Adds a log. What has the identity of a stored event is a duplicate. */
  function add(log: EventLog): void {
    const { id: upload, events, format = 'xml' } = log
    const ordinals = new Map<string, number>()
    ofStacks.add(log)
    for (const logged of events) {
      const dest = names.get(foldDest(logged.dest)) ?? logged.dest
      names.set(foldDest(dest), dest)
      const event = storedOf({ ...logged, dest }, ordinals, upload, format)
      if (!stored.has(event.row.id)) stored.set(event.row.id, event)
    }
  }

  /** The events that a question is about. @throws if it is one for another store */
  const asked = <Question extends { found: Found }>(question: Question): Stored[] => {
    if (question.found === found) return events()
    throw new TypeError('What another store found cannot be read by this one.')
  }
  const ofHost = (dest: string) => events().filter(({ row }) => foldDest(row.dest) === foldDest(dest))
  const decided = decidedIn(events)
  const risksOf = (question: RiskAsked, isIn = false) =>
    riskOf(asked(question), question, decided.leavesOut(question, isIn))
  const rowsOf = (question: Omit<Asked, 'mode'>) => fitting(asked(question), question).map(({ row }) => row)
  const ofStacks = openStackReads(rowsOf)
  const reads: EventReads = {
    span: async () => {
      const { events: count, firstTime: oldest, lastTime: newest } = sumsOf(events())
      return count === 0 ? { oldest: null, newest: null } : { oldest, newest }
    },
    find: async () => found,
    hasStack: async (key) => events().some(({ stacks }) => stacks.some((stack) => stack.key === key)),
    detection: async (question) => {
      const { rows, ...sums } = detectionOf(asked(question), question)
      return { ...sums, ...pageIn(rows, question) }
    },
    detectionRows: async function* (question) {
      yield (await reads.detection(question)).rows
    },
    values: async (question) => valuesOf(asked(question), question),
    events: async (question) =>
      pageIn(
        fitting(asked(question), question).map(({ row }) => row),
        question,
      ),
    eventRows: async function* (question) {
      yield (await reads.events(question)).rows
    },
    event: async (key) => stored.get(key)?.detail ?? null,
    hosts: async (question) => {
      const risk = new Map(risksOf(question.risk).map((row) => [row.dest, row]))
      const hosts = groupsOf(fitting(asked(question), question), ({ row }) => row.dest)
      const rows = hosts.map(({ row: { dest }, sums: { dests, ...sums } }) => {
        return { dest, ...sums, score: risk.get(dest)?.score ?? 0, riskEvents: risk.get(dest)?.count ?? 0 }
      })
      return pageIn(rows, question)
    },
    ruleStates: async (dest) => ruleStatesOf(ofHost(dest)),
    hasHost: async (dest) => ofHost(dest).length > 0,
    hostsByLabel: async (labels) => hostsOfLabels(names, labels),
    rules: async (question) => sorted(rulesOf(fitting(asked(question), question)), question.sort),
    ruleNames: async () => [...rules.values()].map(({ ID, ASR_Rule: name, short }) => ({ ID, name, short })),
    tactics: async () => readAttack().map(({ technique, tactic }) => ({ technique, tactic })),
    risk: async (question) => {
      const cellsOf = (row: RiskCounts) => ({ ...row, normalized_risk_object: row.dest, score24h: row.byDay.at(-1) })
      return pageIn(risksOf(question), question, cellsOf)
    },
    countOver24h: async (question) => risksOf(question).filter(isOver24h).length,
    ...decided.reads,
    leftOutRisk: async (question) => sumOfRisk(risksOf(question, true)),
    timeline: async (question) => timelineOf(fitting(asked(question), question), question.bucket),
    fleet: async (question) => pageOf(fleetOf(events(), question), question.page).rows,
    ...ofStacks.reads,
    countFleet: async (within) => fleetOf(events(), { order: 'new', within }).length,
    counts: async (range) => {
      const within = fitting(events(), { filter: { fields: {}, text: null, stack: null }, range })
      const { firstTime, lastTime, ...sums } = sumsOf(within)
      return { ...sums, rules: rulesOf(within).filter((rule) => rule.known && rule.events > 0).length }
    },
  }
  return { reads, add }
}
