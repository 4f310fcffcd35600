import { codes, type Mode } from '#lib/asr/codes.ts'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { dayLength, dayOf } from '#lib/asr/hours.ts'
import { foldDest } from '#lib/asr/key-text.ts'
import { stackKey } from '#lib/asr/stack-key.ts'
import { dispositions } from '#lib/hunting/decision.ts'
import { type By, hasLadder, ladders, type StackColumn, type Step } from '#lib/hunting/definition.ts'
import { formOf } from '#lib/hunting/forms/form.ts'
import { formVersion } from '#lib/hunting/forms/rules.ts'
import { type HintKey, hintNames } from '#lib/hunting/hints/hints.ts'
import { hintsOf } from '#lib/hunting/hints/hints-of.ts'
import { continuityOf } from '#lib/ingest/testing.ts'
import type { Continuity } from '#lib/model/continuity.ts'
import type { EventRow, StackMembers, StackPage, StackRow } from '#lib/model/rows.ts'
import { pageOf } from '#lib/params/page.ts'
import { fits, readPattern, wildcard } from '#lib/params/pattern.ts'
import type { Asked, EventReads, Range, Sorted, StackAsked, StackMemberQuestion, StackQuestion } from './reads.ts'
import { compare, sorted } from './testing-order.ts'

/** Parts that a spark has. */
const sparkParts = 24

/** What counting needs to know besides the events: the uploads, in the order in which they were made, and how many hosts reported anything. */
type Surroundings = { uploads: readonly { id: string; createdAt: number }[]; reportingHosts: number }

type Decided = { row: EventRow; decision: StackAsked['decisions'][number] | null; isSince: boolean; isHidden: boolean }

/** The value of an event in a column, at a step; null if nothing was logged. */
export function fieldOf(
  row: EventRow,
  column: StackColumn,
  step: Step,
  { groups }: Pick<StackAsked, 'groups'>,
): string | null {
  const code = codes[row.EventCode]
  if (column === 'EventCode') return String(row.EventCode)
  if (column === 'mode') return code?.mode ?? null
  if (column === 'feature') return code?.feature ?? null
  if (column === 'group')
    return groups.find(({ patterns }) => patterns.some((pattern) => fits(pattern, row.dest)))?.name ?? null
  const value = (row as unknown as Record<string, string | null | undefined>)[column] ?? null
  return value === null || !hasLadder(column) ? value : formOf(step, ladders[column], value)
}

/** Whether a decision fits an event. */
export function isFit(
  row: EventRow,
  decision: StackAsked['decisions'][number],
  asked: Pick<StackAsked, 'groups'>,
): boolean {
  const { scope, patterns } = decision
  if (scope !== null && !scope.some((each) => fits(readPattern(each), row.dest))) return false
  return patterns.every(({ column, step, value, isWildcard }) => {
    const logged = fieldOf(row, column, step, asked)
    if (logged === null || value === null) return logged === value
    return isWildcard ? fits(wildcard(value), logged) : logged.toLowerCase() === value.toLowerCase()
  })
}

/** Whether an event fits the filters that only stacks have. */
const isFiltered = (row: EventRow, asked: StackAsked): boolean =>
  asked.stackFilters.every(({ by: { column, step }, patterns }) => {
    const value = fieldOf(row, column, step, asked) ?? 'NULL'
    const included = patterns.filter(({ exclude }) => !exclude)
    return (
      (included.length === 0 || included.some((pattern) => fits(pattern, value))) &&
      !patterns.some((pattern) => pattern.exclude && fits(pattern, value))
    )
  })

function decide(rows: readonly EventRow[], asked: StackAsked, { uploads }: Surroundings): Decided[] {
  const { since } = asked
  const places = new Map(uploads.map(({ id }, place) => [id, place]))
  const placeOf = (upload: string): number => places.get(upload) ?? Infinity
  return rows.map((row) => {
    const decision = asked.decisions.find((each) => isFit(row, each, asked)) ?? null
    const isSince =
      since !== null && ('time' in since ? row._time >= since.time : placeOf(row.upload) >= placeOf(since.upload))
    return {
      row,
      decision,
      isSince,
      isHidden: asked.hides && decision !== null && dispositions[decision.disposition].hides,
    }
  })
}

const keyOf = (values: readonly (string | null)[], by: readonly By[]): string => {
  const isExact = by.every(({ step }) => step === 'exact')
  const level = isExact ? {} : { step: by.map(({ step }) => step).join(','), ruleVersion: formVersion }
  return stackKey(
    by.map(({ column }) => column),
    values,
    level,
  )
}

const valuesOf = (row: EventRow, asked: StackAsked) =>
  asked.by.map(({ column, step }) => fieldOf(row, column, step, asked))

/** Days between the first and the last of some events, at least one. */
const daysOf = (of: readonly Decided[]): number => {
  const times = of.map(({ row }) => row._time)
  return Math.max(1, times.length === 0 ? 0 : (Math.max(...times) - Math.min(...times)) / dayLength)
}

type Frame = { from: number; to: number; daysBefore: number; daysSince: number; reportingHosts: number }

const known = new WeakMap<EventRow, HintKey[]>()

/** The hints of an event, in their order. */
function hintsIn(row: EventRow): HintKey[] {
  const found = known.get(row)
  if (found !== undefined) return found
  const own = hintsOf(row).map(({ hint }) => hint)
  const all = hintNames.filter((hint) => own.includes(hint))
  known.set(row, all)
  return all
}

function stackOf(of: readonly Decided[], asked: StackAsked, frame: Frame): StackRow {
  const { by } = asked
  const rows = of.map(({ row }) => row)
  const first = rows[0] as EventRow
  const times = rows.map(({ _time }) => _time)
  const hosts = new Set(rows.map(({ dest }) => foldDest(dest)))
  const ofMode = (mode: Mode) => rows.filter(({ EventCode }) => codes[EventCode]?.mode === mode).length
  const spark = Array.from({ length: sparkParts }, () => 0)
  const width = (frame.to - frame.from + 1) / sparkParts
  for (const time of times) {
    const part = Math.floor((time - frame.from) / width)
    spark[part] = (spark[part] ?? 0) + 1
  }
  const merged = by.filter(({ step }) => step !== 'exact')
  const exact = rows.map((row) => JSON.stringify(merged.map(({ column }) => fieldOf(row, column, 'exact', asked))))
  const [since = [], before = []] = [true, false].map((isSince) => of.filter((each) => each.isSince === isSince))
  const old = new Set(before.map(({ row }) => foldDest(row.dest)))
  const isSplit = asked.since !== null
  const hinted = rows.map(hintsIn)
  const decided = Map.groupBy(of, ({ decision }) => decision?.disposition ?? null)
  return {
    stack: keyOf(valuesOf(first, asked), by),
    by: valuesOf(first, asked),
    ASR_Rule: by.some(({ column }) => column === 'ID') ? first.ASR_Rule : null,
    events: of.length,
    hosts: hosts.size,
    share: hosts.size / Math.max(1, frame.reportingHosts),
    users: new Set(rows.flatMap(({ User }) => User ?? [])).size,
    ...{ firstTime: Math.min(...times), lastTime: Math.max(...times) },
    activeDays: new Set(times.map(dayOf)).size,
    spark,
    ...{
      blocked: ofMode('block'),
      audited: ofMode('audit'),
      overridden: ofMode('override'),
      changed: ofMode('configuration'),
    },
    variants: new Set(exact).size,
    before: isSplit ? before.length : 0,
    newHosts: isSplit ? new Set(since.map(({ row }) => foldDest(row.dest)).filter((dest) => !old.has(dest))).size : 0,
    ratio: isSplit && before.length > 0 ? since.length / frame.daysSince / (before.length / frame.daysBefore) : null,
    hints: hintNames.filter((hint) => hinted.some((own) => own.includes(hint))),
    mixedHints: new Set(hinted.map((own) => own.join())).size > 1,
    dispositions: [...decided]
      .map(([disposition, { length: events }]) => ({ disposition, events }))
      .sort((a, b) => compare([-a.events, a.disposition], [-b.events, b.disposition])),
  }
}

function frameOf(all: readonly Decided[], asked: StackAsked, { reportingHosts }: Surroundings): Frame {
  const times = all.map(({ row }) => row._time)
  return {
    from: asked.range.from ?? Math.min(...times),
    to: asked.range.to ?? Math.max(...times),
    daysBefore: daysOf(all.filter(({ isSince }) => !isSince)),
    daysSince: daysOf(all.filter(({ isSince }) => isSince)),
    reportingHosts,
  }
}

const grouped = (of: readonly Decided[], asked: StackAsked): Decided[][] => [
  ...Map.groupBy(of, ({ row }) => keyOf(valuesOf(row, asked), asked.by)).values(),
]

/** The columns that stacks are sorted by: their own, and the fields. */
const cellsOf =
  ({ by }: StackAsked) =>
  (row: StackRow): object => ({
    ...row,
    hints: row.hints.length,
    ...Object.fromEntries(by.map(({ column }, place) => [column, row.by[place] ?? null])),
  })

function isKept(row: StackRow, { rare, newness, minRatio, hint }: StackQuestion): boolean {
  if (minRatio !== null && !(row.ratio !== null && row.ratio >= minRatio)) return false
  if (hint !== null && !(hint === 'any' ? row.hints.length > 0 : row.hints.some((own) => own === hint))) return false
  const isRare =
    row.hosts <= (rare.hosts ?? Infinity) &&
    row.events <= (rare.events ?? Infinity) &&
    row.share <= (rare.share ?? Infinity)
  if (newness === 'new') return isRare && row.before === 0
  if (newness === 'new-on-host') return isRare && row.newHosts > 0
  return isRare && (newness === null || row.events === row.before)
}

/** Counts stacks one by one: what any store must answer about events that fit a question. */
function stacksOf(rows: readonly EventRow[], question: StackQuestion, around: Surroundings): StackPage {
  const all = decide(rows, question, around)
  const frame = frameOf(all, question, around)
  const shown = all.filter(({ isHidden }) => !isHidden)
  const hidden = all.filter(({ isHidden }) => isHidden)
  const stacks = grouped(shown, question).map((of) => stackOf(of, question, frame))
  const kept = stacks.filter((row) => isKept(row, question))
  const left = stacks.filter((row) => !isKept(row, question))
  const ordered = sorted(
    kept.toSorted((a, b) => compare(a.stack, b.stack) * (question.sort.at(-1)?.descending ? -1 : 1)),
    question.sort,
    cellsOf(question) as (row: StackRow) => object,
  )
  const { since } = question
  return {
    ...pageOf(ordered, question.page),
    events: all.length,
    stacks: stacks.length,
    leftOut: { stacks: left.length, events: left.reduce((sum, { events }) => sum + events, 0) },
    hidden: {
      stacks: grouped(hidden, question).length,
      events: hidden.length,
      dispositions: new Set(hidden.map(({ decision }) => decision?.id)).size,
    },
    hosts: new Set(rows.map(({ dest }) => foldDest(dest))).size,
    reportingHosts: around.reportingHosts,
    since:
      since === null
        ? null
        : 'time' in since
          ? since.time
          : (around.uploads.find(({ id }) => id === since.upload)?.createdAt ?? null),
  }
}

/** The events of one stack. */
function membersIn(rows: readonly EventRow[], asked: StackMemberQuestion, around: Surroundings): EventRow[] {
  return decide(rows, asked, around)
    .filter(({ row, isHidden }) => !isHidden && keyOf(valuesOf(row, asked), asked.by) === asked.stack)
    .map(({ row }) => row)
}

/** What one stack consists of, counted one by one; null if it has no events. */
function stackMembersOf(
  rows: readonly EventRow[],
  asked: StackMemberQuestion,
  around: Surroundings,
): StackMembers | null {
  const all = decide(rows, asked, around)
  const of = all.filter(({ row, isHidden }) => !isHidden && keyOf(valuesOf(row, asked), asked.by) === asked.stack)
  if (of.length === 0) return null
  const events = of.map(({ row }) => row)
  const list = <Item extends { events: number }>(items: Item[], tie: (item: Item) => unknown) => {
    const ordered = items.toSorted((a, b) => compare([-a.events, tie(a)], [-b.events, tie(b)]))
    return { total: ordered.length, rows: ordered.slice(0, asked.limit) }
  }
  const hostsIn = (some: readonly EventRow[]) => new Set(some.map(({ dest }) => foldDest(dest))).size
  const by = <Key>(key: (row: EventRow) => Key) => [...Map.groupBy(events, key)]
  const merged = asked.by.filter(({ step }) => step !== 'exact').map(({ column }) => column)
  const ofMode = (some: readonly EventRow[], mode: Mode) =>
    some.filter((row) => codes[row.EventCode]?.mode === mode).length
  return {
    row: stackOf(of, asked, frameOf(all, asked, around)),
    hosts: list(
      by(({ dest }) => foldDest(dest)).map(([, some]) => ({
        dest: some[0]?.dest ?? '',
        events: some.length,
        firstTime: Math.min(...some.map(({ _time }) => _time)),
        lastTime: Math.max(...some.map(({ _time }) => _time)),
      })),
      ({ dest }) => dest,
    ),
    users: list(
      by(({ User }) => User).map(([User, some]) => ({ User, events: some.length, hosts: hostsIn(some) })),
      ({ User }) => User,
    ),
    variants: list(
      merged.flatMap((column) =>
        by((row) => fieldOf(row, column, 'exact', asked)).map(([value, some]) => ({
          ...{ column, value, events: some.length },
          hosts: hostsIn(some),
        })),
      ),
      ({ column, value }) => [column, value],
    ),
    days: by(({ _time }) => dayOf(_time))
      .toSorted(([a], [b]) => a - b)
      .map(([day, some]) => ({
        time: day * dayLength,
        ...{ blocked: ofMode(some, 'block'), audited: ofMode(some, 'audit') },
        ...{ overridden: ofMode(some, 'override'), changed: ofMode(some, 'configuration') },
      })),
  }
}

/** One page of the events of a stack. */
function stackEventsOf(rows: readonly EventRow[], asked: StackMemberQuestion & Sorted, around: Surroundings) {
  return pageOf(sorted(membersIn(rows, asked, around), asked.sort), asked.page)
}

/** What a log says of the time of its hosts: what continuity says, or else its events. Of a log that is still being read nothing is known. */
export type LogSpans = { continuity?: Continuity | null; state?: string }
type Log = { id: string; events: readonly LoggedEvent[] } & LogSpans

/** Hosts that have an event in a range, or a log with records on both sides of its ends or within. */
function reportingIn(rows: readonly EventRow[], logs: readonly Log[], { from, to }: Range): number {
  const spans = logs.flatMap(({ events, state, continuity }) =>
    state === 'reading' ? [] : (continuity ?? continuityOf([...events])).dests,
  )
  const overlapping = spans.filter(
    ({ firstTime, lastTime }) =>
      firstTime !== null && lastTime !== null && lastTime >= (from ?? -Infinity) && firstTime <= (to ?? Infinity),
  )
  return new Set([...rows, ...overlapping].map(({ dest }) => foldDest(dest))).size
}

type StackReads = Pick<EventReads, 'stacks' | 'stackRows' | 'stackMembers' | 'stackEvents'>

/** Answers questions about stacks by counting the events that `rowsOf` returns one by one. */
export function stackReadsOf(
  rowsOf: (question: Asked) => Promise<EventRow[]>,
  around: (question: Asked) => Promise<Surroundings>,
): StackReads {
  const fittingOf = async (question: StackAsked): Promise<EventRow[]> =>
    (await rowsOf(question)).filter((row) => isFiltered(row, question))
  const reads: StackReads = {
    stacks: async (question) => stacksOf(await fittingOf(question), question, await around(question)),
    stackRows: async function* (question) {
      yield (await reads.stacks(question)).rows
    },
    stackMembers: async (question) => stackMembersOf(await fittingOf(question), question, await around(question)),
    stackEvents: async (question) => stackEventsOf(await fittingOf(question), question, await around(question)),
  }
  return reads
}

/** Answers questions about stacks from events in memory, of the logs that `add` was given. */
export function openStackReads(rowsOf: (question: Omit<Asked, 'mode'>) => EventRow[]) {
  const logs: Log[] = []
  async function around({ found, range }: Asked): Promise<Surroundings> {
    const all = rowsOf({ found, range, filter: { fields: {}, text: null, stack: null } })
    const uploads = logs.map(({ id }, createdAt) => ({ id, createdAt }))
    return { uploads, reportingHosts: reportingIn(all, logs, range) }
  }
  return {
    reads: stackReadsOf(async (question) => rowsOf(question), around),
    add: (log: Log): void => void logs.push(log),
  }
}
