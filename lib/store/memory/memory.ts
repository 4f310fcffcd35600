import type { LoggedEvent } from '#lib/asr/event.ts'
import { foldDest } from '#lib/asr/key-text.ts'
import { openContinuity } from '#lib/continuity/continuity.ts'
import { loggedSections, prepareEvent } from '#lib/model/prepare.ts'
import type { EventDetail, Page } from '#lib/model/rows.ts'
import type { PageRange } from '#lib/params/page.ts'
import type { Sort } from '#lib/params/params.ts'
import { readAttack } from '../lookups.ts'
import type { Found, Reads } from '../reads.ts'
import { comparison } from './compare.ts'
import { continuityOf, hostsOf } from './continuity.ts'
import { detectionOf, fleetOf, riskEvents, riskOf, ruleStatesOf, rulesOf, scoreOf, timelineOf } from './counts.ts'
import { type Log, partsOf, receiptOf, rejectsOf } from './logs.ts'
import { compare, fitting, rules, type Stored, storedOf, sumsOf } from './stored.ts'

/** Rows by the columns of an order; equal ones as they come, or the other way round if the last column descends. */
function sorted<Row extends object>(
  rows: readonly Row[],
  sort: readonly Sort[],
  names: Record<string, string> = {},
): Row[] {
  const come = sort.at(-1)?.descending ? rows.toReversed() : [...rows]
  const cell = (row: object, column: string) => (row as Record<string, unknown>)[names[column] ?? column]
  const difference = (a: Row, b: Row, { column, descending }: Sort) =>
    compare(cell(a, column), cell(b, column)) * (descending ? -1 : 1)
  return come.sort((a, b) => sort.map((each) => difference(a, b, each)).find((order) => order !== 0) ?? 0)
}

const page = <Row>(rows: readonly Row[], { offset, limit }: PageRange): Page<Row> => ({
  total: rows.length,
  rows: rows.slice(offset, offset + limit),
})

/** A log that was read: its events, and of its upload what is not as usual. */
export type ReadLog = { id: string; events: LoggedEvent[] } & Partial<Omit<Log, 'times' | 'dests' | 'stored'>>

const nothing = { bytesRead: 0, records: 0, otherCodes: {}, rejects: [], unread: 0 }

function continuityOfEvents(events: readonly LoggedEvent[]) {
  const continuity = openContinuity()
  for (const event of events) continuity.event(event)
  return continuity.close()
}

/** A store in memory, which counts one by one. It has what `add` is given, and says what it has of it. */
export function openMemory() {
  const logs: Log[] = []
  const stored = new Map<string, Stored & Pick<EventDetail, 'fields'>>()
  const names = new Map<string, string>()
  const own: Found = { foundBy: logs }
  const events = () => [...stored.values()]
  const asked = <Asked extends { found: Found }>(question: Asked): Asked => {
    if (question.found === own) return question
    throw new TypeError('What another store found cannot be read by this one.')
  }

  function add({ id, events, counts = { ...nothing, records: events.length }, ...given }: ReadLog): void {
    const usual = {
      name: id,
      tz: 'UTC',
      bytes: null,
      format: 'xml',
      state: 'done',
      error: null,
      createdAt: Date.now(),
    } as const
    const read = { times: events.map(({ time }) => time), dests: events.map(({ dest }) => foldDest(dest)), counts }
    const log: Log = { ...usual, id, continuity: continuityOfEvents(events), ...given, ...read, stored: [] }
    const seen = new Map<string, number>()
    for (const logged of events) {
      const dest = names.get(foldDest(logged.dest)) ?? logged.dest
      names.set(foldDest(dest), dest)
      const event = { ...prepareEvent(logged), dest }
      const ordinal = event.hash === null ? null : (seen.get(event.hash) ?? 0)
      if (event.hash !== null) seen.set(event.hash, (ordinal ?? 0) + 1)
      const made = storedOf(event, ordinal, id)
      if (stored.has(made.row.id)) continue
      const fields = loggedSections(logged).flatMap(([section, of]) =>
        of.map(([name, value]) => ({ section, name, value })),
      )
      stored.set(made.row.id, { ...made, fields })
      log.stored.push(made)
    }
    logs.push(log)
  }

  const receipts = (where: (log: Log) => boolean) => logs.filter(where).map((log) => receiptOf(logs, log))
  const rowsOf = (of: readonly Stored[]) => of.map(({ row }) => row)
  const ofHost = (dest: string) => events().filter(({ row }) => foldDest(row.dest) === foldDest(dest))
  const reads: Reads = {
    span: async () => {
      const { events: count, firstTime, lastTime } = sumsOf(events())
      return count === 0 ? { oldest: null, newest: null } : { oldest: firstTime, newest: lastTime }
    },
    find: async () => own,
    hasStack: async (key) => events().some(({ stacks }) => stacks.some((stack) => stack.key === key)),
    detection: async (question) => {
      const { rows, ...sums } = detectionOf(events(), asked(question))
      return { ...sums, rows: page(sorted(rows, question.sort), question.page).rows }
    },
    detectionRows: async function* (question) {
      yield (await reads.detection(question)).rows
    },
    events: async (question) => page(sorted(rowsOf(fitting(events(), asked(question))), question.sort), question.page),
    eventRows: async function* (question) {
      yield (await reads.events(question)).rows
    },
    event: async (key) => {
      const found = stored.get(key)
      if (found === undefined) return null
      const stack = found.stacks.find(({ family }) => family === 'stacking')?.key ?? ''
      const format = logs.find(({ id }) => id === found.row.upload)?.format ?? null
      return { ...found.row, format, stack, fields: found.fields }
    },
    hosts: async (question) => {
      const risk = riskEvents(events(), asked(question.risk))
      const hosts = Map.groupBy(fitting(events(), asked(question)), ({ row }) => row.dest)
      const rows = [...hosts].map(([dest, of]) => {
        const { dests, ...sums } = sumsOf(of)
        const own = risk.filter((each) => each.dest === dest)
        return { dest, ...sums, score: scoreOf(own), riskEvents: own.length }
      })
      return page(sorted(rows, question.sort), question.page)
    },
    ruleStates: async (dest) => ruleStatesOf(ofHost(dest)),
    hasHost: async (dest) => ofHost(dest).length > 0,
    rules: async (question) => sorted(rulesOf(fitting(events(), asked(question))), question.sort),
    ruleNames: async () => [...rules.values()].map(({ ID, ASR_Rule: name, short }) => ({ ID, name, short })),
    tactics: async () => readAttack().map(({ technique, tactic }) => ({ technique, tactic })),
    risk: async (question) => {
      const rows = riskOf(events(), asked(question)).map((row) => ({ ...row, score24h: row.byDay[6] }))
      const { total, rows: shown } = page(
        sorted(rows, question.sort, { normalized_risk_object: 'dest' }),
        question.page,
      )
      return { total, rows: shown.map(({ score24h, ...row }) => row) }
    },
    timeline: async (question) => timelineOf(fitting(events(), asked(question)), question.bucket),
    fleet: async (question) => fleetOf(events(), question),
    totals: async () => {
      const { rules: _, firstTime, lastTime: newestEvent, ...sums } = sumsOf(events())
      const seen = new Set(
        events()
          .map(({ row }) => row.ID)
          .filter((ID) => rules.has(ID ?? '')),
      ).size
      const span = stored.size === 0 ? { firstTime: null, newestEvent: null } : { firstTime, newestEvent }
      return { ...sums, rules: seen, rulesKnown: rules.size, ...span }
    },
    counts: async (range) => {
      const within = fitting(events(), { filter: { fields: {}, text: null, stack: null }, range })
      const { rules: _, firstTime, lastTime, ...sums } = sumsOf(within)
      return sums
    },
    version: async () => `${logs.length} ${stored.size}`,
    uploads: async ({ sort, page: range }) =>
      page(
        sorted(
          receipts(({ parent }) => parent === undefined),
          sort,
        ),
        range,
      ),
    upload: async (id) => receipts((log) => log.id === id)[0] ?? null,
    newestUpload: async () => receipts(({ parent }) => parent === undefined).at(-1) ?? null,
    uploadNamed: async (prefix) =>
      receipts(({ id, state }) => id.startsWith(prefix) && state === 'done').at(-1) ?? null,
    removing: async () => logs.find(({ state }) => state === 'removing')?.name ?? null,
    logs: async (id) => receipts(({ parent }) => parent === id),
    rejects: async (id, range) => page(rejectsOf(logs, id), range),
    rejectRows: async function* (id) {
      yield rejectsOf(logs, id)
    },
    countWithoutDest: async (id) => rejectsOf(logs, id).filter(({ reason }) => reason === 'no-dest').length,
    storedCodes: async (id) => {
      const of = partsOf(logs, id).flatMap((log) => log.stored)
      const codes = [...Map.groupBy(of, ({ row }) => row.EventCode)].sort(compare)
      return codes.map(([EventCode, { length: count }]) => ({ EventCode, count }))
    },
    continuity: async (list, id, asked) => page(continuityOf[list](hostsOf(logs, id, asked.dest)), asked),
    continuityRows: async function* (list, id, dest) {
      yield continuityOf[list](hostsOf(logs, id, dest))
    },
    heldCounts: async (pair) => comparison(logs, events(), pair).heldCounts(),
    comparedVersions: async (pair) => comparison(logs, events(), pair).versions(),
    countUntold: async (pair) => comparison(logs, events(), pair).countUntold(),
    comparedSides: async (pair, range) => page(comparison(logs, events(), pair).sides(), range),
    comparedEvents: async (pair, place, range) => {
      const rows = rowsOf(comparison(logs, events(), pair).ofPlace(place))
      return page(sorted(rows, [{ column: '_time', descending: true }]), range)
    },
    comparedEventRows: async function* (pair, place) {
      yield (await reads.comparedEvents(pair, place, { offset: 0, limit: Number.MAX_SAFE_INTEGER })).rows
    },
    recomputing: async () => null,
    close: async () => {},
  }
  return { reads, add }
}
