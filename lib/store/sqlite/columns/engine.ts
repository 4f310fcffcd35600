import { hash, randomInt } from 'node:crypto'
import type { Step } from '#lib/model/progress.ts'
import type { EventRow, Page, StackMembers, StackPage, StackRow } from '#lib/model/rows.ts'
import type { Sorted, StackAsked, StackMemberQuestion, StackQuestion } from '#lib/store/reads.ts'
import { type Connection, openForReading } from '../database.ts'
import { openColumns } from './columns.ts'
import { bytesOf, type Caches, type ColumnsAsked, type Counted, countStacks } from './counted.ts'
import { openDeciding } from './deciding.ts'
import { eventsAt } from './events.ts'
import { openFilters } from './filters.ts'
import { openFoundGroups } from './found-groups.ts'
import { openFurtherLimits } from './further-limits.ts'
import { openGroupings } from './groupings.ts'
import { openLadders } from './ladders.ts'
import { listed } from './list.ts'
import { update } from './load.ts'
import { membersOf } from './members.ts'
import { keptGroups, pageOfGroups } from './order.ts'
import { openPace, type Turn } from './pace.ts'
import type { Reading, Upload } from './parts.ts'
import { openReporting } from './reporting.ts'
import { keptRows, type Making, rowsOf } from './rows.ts'
import type { Since } from './selection.ts'
import { type Source, sourceOf } from './source.ts'
import { openStackFilters } from './stack-filters.ts'
import { openHintMasks } from './text-masks.ts'

type Asked = ColumnsAsked & Pick<StackAsked, 'stackFilters'>
type Limits = Pick<StackQuestion, 'rare' | 'newness' | 'minRatio' | 'hint' | 'sort' | 'page'>
type Member = Pick<StackMemberQuestion, 'stack' | 'limit'>

/** Bytes that counted questions may keep, besides the newest. */
const keptBytes = 96_000_000
/** Rows handed over at once by an export, rows made at once for that, and exports that may be open. */
const chunkRows = 500
const madeRows = 10_000
const openExports = 16

type Export = { making: Making; order: Uint32Array; next: number; made: StackRow[] }
type Known = { key: string; version: number; counted: Counted }

export type Engine = ReturnType<typeof openEngine>

/**
 * Answers questions about stacks from columns in memory, which SQL brings up to date before each question. `open`: how the database
 * is opened. `report` is called with what a question does, if it takes long.
 */
export function openEngine(
  file: string,
  open = (db: Connection): Source => sourceOf(db),
  report?: (step: Step) => void,
) {
  let columns = openColumns()
  let db: Connection | null = null
  let source: Source | null = null
  let known: Known[] = []
  let ruleNames = ''
  let last: Promise<unknown> = Promise.resolve()
  // An export that outlives its process must not be taken for one of the next process.
  let opened = randomInt(2 ** 40)
  const exports = new Map<number, Export>()
  const pace = openPace(report)
  /** Turns of questions that somebody waits for. */
  const waited = new Set<Turn>()
  const ladders = openLadders()
  const caches: Caches = { filter: openFilters(), decide: openDeciding(), groupings: openGroupings() }
  const narrow = openStackFilters()
  const further = openFurtherLimits()
  const found = openFoundGroups()
  const countReporting = openReporting()
  const hints = openHintMasks()

  /** Does one thing after another. */
  function inTurn<Result>(turn: Turn, work: () => Promise<Result>): Promise<Result> {
    const done = last.then(() => {
      pace.begin(turn)
      return work()
    })
    last = done.catch(() => {})
    return done
  }

  /** Answers in its turn what somebody waits for, which can be given up. */
  function answer<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn: Turn = { isCancelled: false, isReported: true }
    waited.add(turn)
    return inTurn(turn, work).finally(() => waited.delete(turn))
  }

  /** A rule can be named at any time, and a filter can look for its name. */
  function noteRuleNames(from: Source): void {
    const names = JSON.stringify(from.rows('SELECT "ID", "ASR_Rule", short FROM asr_rule ORDER BY "ID"'))
    if (names === ruleNames) return
    ruleNames = names
    columns.version += 1
    columns.edits += 1
  }

  /** Runs work on one state of the data, in a transaction. */
  function withReading<Result>(
    groups: Reading['groups'],
    work: (reading: Reading) => Promise<Result>,
  ): Promise<Result> {
    return answer(async () => {
      db ??= openForReading(file)
      source ??= open(db)
      db.exec('BEGIN')
      try {
        columns = await update(columns, source, pace)
        noteRuleNames(source)
        const uploads = source.records<Upload>(
          'SELECT seq, id, state, created_at AS "createdAt" FROM upload ORDER BY seq',
        )
        return await work({ columns, source, pace, ladders, groups, uploads })
      } finally {
        db.exec('COMMIT')
      }
    })
  }

  const sinceOf = ({ since }: ColumnsAsked, { uploads }: Reading): Since => {
    if (since === null || 'time' in since) return since
    return { upload: uploads.find(({ id }) => id === since.upload)?.seq ?? Number.POSITIVE_INFINITY }
  }

  /** Counts a question, unless nothing was stored or removed since it was counted. */
  async function count(reading: Reading, asked: Asked): Promise<Counted> {
    const { by, groups, since, decisions, hides, range, filter, codes, stackFilters } = asked
    const { version } = reading.columns
    const key = hash(
      'sha256',
      JSON.stringify([by, groups, since, decisions, hides, range, filter, codes, stackFilters]),
    )
    known = known.filter((each) => each.version === version)
    const narrowed: Caches = {
      ...caches,
      filter: async (...given) => narrow(reading, stackFilters, await caches.filter(...given)),
    }
    const counted =
      known.find((each) => each.key === key)?.counted ??
      (await pace.during('counting', null, () => countStacks(reading, asked, sinceOf(asked, reading), narrowed)))
    const rest = known.filter((each) => each.key !== key)
    let bytes = 0
    known = [
      { key, version, counted },
      ...rest.filter((each) => {
        bytes += bytesOf(each.counted)
        return bytes <= keptBytes
      }),
    ]
    return counted
  }

  function makingOf(reading: Reading, asked: ColumnsAsked, counted: Counted): Making {
    const names = reading.source.rows<[ID: string, name: string]>('SELECT "ID", "ASR_Rule" FROM asr_rule')
    const reportingHosts = countReporting(reading, asked.range, counted.selection.reporting)
    return { reading, asked, counted, reportingHosts, hints, ruleNames: new Map(names) }
  }

  async function ordered(reading: Reading, asked: Asked & Limits) {
    const counted = await count(reading, asked)
    const making = makingOf(reading, asked, counted)
    const { reportingHosts } = making
    const { kept, left } = await further.limit(making, keptGroups(counted, { ...asked, reportingHosts }), asked)
    if (asked.sort.some(({ column }) => column === 'hints')) await further.rankHints(making)
    return { making, kept, left, order: await pageOfGroups(reading, counted, kept, asked.sort, asked.page) }
  }

  /** Looks at the hints and then the forms of texts in advance, a little at a time, between questions. */
  async function lookAhead(): Promise<void> {
    const look = async (): Promise<boolean> => {
      if (source === null) return false
      if (await hints.lookAhead({ columns, source, pace })) return true
      const { events, stacks, length, stackLength } = columns
      for (const step of ['normalised', 'folder', 'name'] as const) {
        const at = { source, pace, step }
        for (const column of [stacks.process, stacks.path])
          if (await ladders.lookAhead({ ...at, kind: 'path', column, length: stackLength })) return true
        if (await ladders.lookAhead({ ...at, kind: 'command', column: stacks.command, length: stackLength }))
          return true
        if (await ladders.lookAhead({ ...at, kind: 'command', column: events.target, length })) return true
      }
      return false
    }
    // What stops it, such as a database that is closed, is said by the next question.
    // A question that is given up does not end it: it is a turn of its own.
    const turn: Turn = { isCancelled: false, isReported: false }
    while (await inTurn(turn, look).catch(() => false))
      await new Promise<void>((resolve) => void setTimeout(resolve, 5).unref())
  }

  /** The events of one stack; null if it has none. */
  async function memberOf(reading: Reading, asked: Asked & Pick<Member, 'stack'>) {
    const counted = await count(reading, asked)
    const group = await found.find(pace, asked.by, counted, asked.stack)
    if (group === null) return null
    const { groups, selection, sums } = counted
    const chosen = Uint32Array.of(group)
    const { places } = await listed(reading, groups, selection, chosen, sums.events[group] as number).events()
    return { counted, chosen, places }
  }

  return {
    /** Loads the columns, and looks at the hints and forms of their texts while nobody asks. */
    warm: async (): Promise<void> => {
      await withReading([], async () => {})
      void lookAhead()
    },
    page: (asked: Asked & Limits): Promise<StackPage> =>
      withReading(asked.groups, async (reading) => {
        const { making, kept, left, order } = await ordered(reading, asked)
        const { selection, groups } = making.counted
        const { since } = asked
        const rows = await keptRows(making, order)
        for (const [at, { stack }] of rows.entries())
          found.remember(asked.by, making.counted, order[at] as number, stack)
        return {
          ...{ total: kept.length, rows, events: selection.events, stacks: groups.shown, leftOut: left },
          hidden: { stacks: groups.hidden, events: selection.hidden, dispositions: selection.deciding },
          ...{ hosts: selection.hosts, reportingHosts: making.reportingHosts },
          since:
            since === null
              ? null
              : 'time' in since
                ? since.time
                : (reading.uploads.find(({ id }) => id === since.upload)?.createdAt ?? null),
        }
      }),
    /** Opens an export of every row of a page as they are now. */
    openRows: (asked: Asked & Limits): Promise<number> =>
      withReading(asked.groups, async (reading) => {
        const { making, order } = await ordered(reading, asked)
        // Events that are removed or edited before the export ends are in it as they are now.
        columns.isShared = true
        const frozen = { ...making, reading: { ...reading, columns: { ...columns, events: { ...columns.events } } } }
        const [oldest] = exports.size >= openExports ? exports.keys() : []
        if (oldest !== undefined) exports.delete(oldest)
        opened += 1
        exports.set(opened, { making: frozen, order, next: 0, made: [] })
        return opened
      }),
    /** The next rows of an export; null after the last. @throws if it was closed to make room for others */
    nextRows: (number: number): Promise<StackRow[] | null> =>
      answer(async () => {
        const open = exports.get(number)
        if (open === undefined) throw new Error('The export was ended, since too many others were begun. Try again.')
        const { making, order } = open
        if (open.made.length === 0) {
          if (open.next >= order.length) return null
          open.made = await rowsOf(making, order.subarray(open.next, open.next + madeRows))
          open.next += madeRows
        }
        return open.made.splice(0, chunkRows)
      }),
    closeRows: (number: number): void => void exports.delete(number),
    members: (asked: Asked & Member): Promise<StackMembers | null> =>
      withReading(asked.groups, async (reading) => {
        const member = await memberOf(reading, asked)
        if (member === null) return null
        const { counted, chosen, places } = member
        const [row] = await keptRows(makingOf(reading, asked, counted), chosen)
        return { row: row as StackRow, ...(await membersOf(reading, places, counted.parts, asked.limit)) }
      }),
    events: (asked: Asked & Pick<Member, 'stack'> & Sorted): Promise<Page<EventRow>> =>
      withReading(asked.groups, async (reading) => {
        const member = await memberOf(reading, asked)
        return member === null ? { total: 0, rows: [] } : eventsAt(reading, member.places, asked)
      }),
    /** Gives up the questions that are being answered. */
    cancel: (): void => {
      for (const turn of waited) turn.isCancelled = true
    },
    close: (): void => void db?.close(),
  }
}
