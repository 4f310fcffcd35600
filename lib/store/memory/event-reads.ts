import { foldDest } from '#lib/asr/key-text.ts'
import { readAttack } from '../lookups.ts'
import type { Found, Reads } from '../reads.ts'
import { detectionOf, fleetOf, riskEvents, riskOf, ruleStatesOf, rulesOf, scoreOf, timelineOf } from './counts.ts'
import { pageOf, sorted } from './pages.ts'
import { compare, fitting, rules, type Stored, sumsOf } from './stored.ts'
import type { UploadReads } from './upload-reads.ts'

type EventReads = Omit<Reads, keyof UploadReads | 'event'>

/** Answers questions about events by counting them. `found` is what this store has looked up: nothing. */
export function eventReads(events: () => Stored[], found: Found): EventReads {
  /** @throws if the question is one for another store */
  const own = <Question extends { found: Found }>(question: Question): Question => {
    if (question.found === found) return question
    throw new TypeError('What another store found cannot be read by this one.')
  }
  const ofHost = (dest: string) => events().filter(({ row }) => foldDest(row.dest) === foldDest(dest))
  const reads: EventReads = {
    span: async () => {
      const { events: count, firstTime: oldest, lastTime: newest } = sumsOf(events())
      return count === 0 ? { oldest: null, newest: null } : { oldest, newest }
    },
    find: async () => found,
    hasStack: async (key) => events().some(({ stacks }) => stacks.some((stack) => stack.key === key)),
    detection: async (question) => {
      const { rows, ...sums } = detectionOf(events(), own(question))
      return { ...sums, rows: pageOf(sorted(rows, question.sort), question.page).rows }
    },
    detectionRows: async function* (question) {
      yield (await reads.detection(question)).rows
    },
    events: async (question) => {
      const rows = fitting(events(), own(question)).map(({ row }) => row)
      return pageOf(sorted(rows, question.sort), question.page)
    },
    eventRows: async function* (question) {
      yield (await reads.events(question)).rows
    },
    hosts: async (question) => {
      const risk = riskEvents(events(), own(question.risk))
      const hosts = Map.groupBy(fitting(events(), own(question)), ({ row }) => row.dest)
      const rows = [...hosts].map(([dest, of]) => {
        const { dests, ...sums } = sumsOf(of)
        const ofDest = risk.filter((each) => each.dest === dest)
        return { dest, ...sums, score: scoreOf(ofDest), riskEvents: ofDest.length }
      })
      return pageOf(sorted(rows, question.sort), question.page)
    },
    ruleStates: async (dest) => ruleStatesOf(ofHost(dest)),
    hasHost: async (dest) => ofHost(dest).length > 0,
    hostsByLabel: async (labels) => {
      const hosts = new Map(events().map(({ row }) => [foldDest(row.dest), row.dest]))
      return labels.toSorted(compare).flatMap((label) => {
        const found = [...hosts].filter(([key]) => key === label || key.startsWith(`${label}.`)).sort(compare)
        return found.slice(0, 4).map(([, dest]) => ({ label, dest, total: found.length }))
      })
    },
    rules: async (question) => sorted(rulesOf(fitting(events(), own(question))), question.sort),
    ruleNames: async () => [...rules.values()].map(({ ID, ASR_Rule: name, short }) => ({ ID, name, short })),
    tactics: async () => readAttack().map(({ technique, tactic }) => ({ technique, tactic })),
    risk: async (question) => {
      const rows = riskOf(events(), own(question)).map((row) => ({ ...row, score24h: row.byDay[6] }))
      const names = { normalized_risk_object: 'dest' }
      const { total, rows: shown } = pageOf(sorted(rows, question.sort, names), question.page)
      return { total, rows: shown.map(({ score24h, ...row }) => row) }
    },
    timeline: async (question) => timelineOf(fitting(events(), own(question)), question.bucket),
    fleet: async (question) => fleetOf(events(), question),
    totals: async () => {
      const { firstTime, lastTime: newestEvent, ...sums } = sumsOf(events())
      const known = rulesOf(events()).filter((rule) => rule.known)
      const span = sums.events === 0 ? { firstTime: null, newestEvent: null } : { firstTime, newestEvent }
      return { ...sums, rules: known.filter((rule) => rule.events > 0).length, rulesKnown: known.length, ...span }
    },
    counts: async (range) => {
      const within = fitting(events(), { filter: { fields: {}, text: null, stack: null }, range })
      const { rules: _, firstTime, lastTime, ...sums } = sumsOf(within)
      return sums
    },
    recomputing: async () => null,
    close: async () => {},
  }
  return reads
}
