import {
  type Decision,
  etagOf,
  type HostGroup,
  type IfMatch,
  type Imported,
  mostDecisions,
  type Signed,
} from '#lib/model/decisions.ts'
import { Changed, TooMany } from '../errors.ts'
import type { Audit } from './audit.ts'
import type { Connection } from './database.ts'
import { type DecisionRow, decisionOf, decisionSql, groupsOf, groupsSql, type Placed } from './decision-rows.ts'

type Kept = { seq: number; at: number; before: string | null; after: string | null }
type Version = Pick<Kept, 'seq' | 'at'>

/** A decision with its place, as the history keeps it: a decision that comes back has the place it had. */
const written = (placed: Placed | null): string | null => (placed === null ? null : JSON.stringify(placed))

/** Opens what writes decisions and host groups. Each call must run inside a transaction, and adds to the history what it changes. */
export function openDecisions(db: Connection, audit: Audit) {
  const find = db.prepare<[string], DecisionRow>(`${decisionSql} WHERE id = ?`)
  const count = db.prepare<[], number>('SELECT count(*) FROM decision').pluck()
  const top = db.prepare<[], number>('SELECT coalesce(max(place), 0) FROM decision').pluck()
  const remove = db.prepare('DELETE FROM decision WHERE id = ?')
  const insert = db.prepare(
    `INSERT INTO decision (id, place, disposition, patterns, scope, reason, author, signed, created_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const addStep = db.prepare(
    'INSERT INTO decision_history (decision, action, before, after, undoes, author, signed, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const newest = db.prepare<[string], Kept>(
    'SELECT seq, at, before, after FROM decision_history WHERE decision = ? ORDER BY seq DESC LIMIT 1',
  )
  const step = db.prepare<[string, number], Kept>(
    'SELECT seq, at, before, after FROM decision_history WHERE decision = ? AND seq = ?',
  )
  const newestOfGroups = db.prepare<[], Version>('SELECT seq, at FROM host_group_history ORDER BY seq DESC LIMIT 1')
  const isTaken = db.prepare<[number], number>('SELECT 1 FROM decision WHERE place = ?').pluck()

  const current = (id: string): Placed | null => {
    const row = find.get(id)
    return row === undefined ? null : { place: row.place, decision: decisionOf(row) }
  }

  function put({ place, decision: made }: Placed): void {
    const { id, disposition, patterns, scope, reason, author, isSigned, createdAt, expiresAt } = made
    remove.run(id)
    insert.run(
      ...[id, place, disposition, JSON.stringify(patterns), scope === null ? null : JSON.stringify(scope)],
      ...[reason, author, isSigned ? 1 : 0, createdAt, expiresAt],
    )
  }

  /** @throws Changed if the version is none of those that are expected. What was never there has none. */
  function expect({ seq, at }: Version = { seq: 0, at: 0 }, match: IfMatch): void {
    if (match !== null && !match.includes(etagOf(seq, at))) throw new Changed()
  }

  /** Brings a decision to a state, with its step of the history. Returns its version. @throws TooMany */
  function change(id: string, action: string, after: Placed | null, by: Signed, undoes: number | null = null): string {
    const before = current(id)
    if (after === null) remove.run(id)
    else put(after)
    if (before === null && (count.get() ?? 0) > mostDecisions) throw new TooMany(mostDecisions)
    const step = addStep.run(id, action, written(before), written(after), undoes, by.author, by.isSigned ? 1 : 0, by.at)
    if (by.by !== undefined && action !== 'imported')
      audit(by.by, 'decided', id, before && { ...before.decision }, after && { ...after.decision })
    return etagOf(Number(step.lastInsertRowid), by.at)
  }

  const nextPlace = (): number => (top.get() ?? 0) + 1

  return {
    /** Stores new decisions, the last as the newest, and returns their versions. @throws TooMany */
    decide: (made: readonly Decision[], by: Signed): string[] =>
      made.map((decision) => change(decision.id, 'created', { place: nextPlace(), decision }, by)),
    /** Changes a decision; false if there is none of its id. Its place and the time it was made stay. @throws Changed */
    redecide: (made: Decision, by: Signed, match: IfMatch): boolean => {
      expect(newest.get(made.id), match)
      const before = current(made.id)
      if (before === null) return false
      const { createdAt } = before.decision
      change(made.id, 'changed', { place: before.place, decision: { ...made, createdAt } }, by)
      return true
    },
    /** Deletes a decision; false if there is none. @throws Changed */
    forgetDecision: (id: string, by: Signed, match: IfMatch): boolean => {
      expect(newest.get(id), match)
      if (current(id) === null) return false
      change(id, 'deleted', null, by)
      return true
    },
    /**
     * Restores the state before a step of a decision's history, by default the newest; an undo can be undone. False if there is no such
     * step. @throws TooMany, Changed
     */
    undoDecision: (id: string, seq: number | null, by: Signed, match: IfMatch): boolean => {
      expect(newest.get(id), match)
      const undone = seq === null ? newest.get(id) : step.get(id, seq)
      if (undone === undefined) return false
      const before = undone.before === null ? null : (JSON.parse(undone.before) as Placed)
      const after = before && { ...before, place: placeFor(id, before.place) }
      change(id, 'undone', after, by, undone.seq)
      return true
    },
    /** Stores an exported list, the newest first; `isApplied` false only counts. What is stored already as it is is left alone. */
    importDecisions: (made: readonly Decision[], by: Signed, isApplied: boolean): Imported => {
      const sum = { added: 0, changed: 0, unchanged: 0 }
      for (const each of made.toReversed()) {
        const before = current(each.id)
        const isSame = before !== null && JSON.stringify(before.decision) === JSON.stringify(each)
        sum[before === null ? 'added' : isSame ? 'unchanged' : 'changed']++
        if (isApplied && !isSame)
          change(each.id, 'imported', { place: before?.place ?? nextPlace(), decision: each }, by)
      }
      if (isApplied && by.by !== undefined) audit(by.by, 'decided', null, null, { imported: sum })
      return sum
    },
    /** Stores the complete list of host groups. @throws Changed */
    setGroups: (groups: readonly HostGroup[], by: Signed, match: IfMatch): void => {
      expect(newestOfGroups.get(), match)
      const before = groupsOf(db.prepare<[], { name: string; patterns: string }>(groupsSql).all())
      db.prepare('DELETE FROM host_group').run()
      const add = db.prepare('INSERT INTO host_group (name, place, patterns) VALUES (?, ?, ?)')
      for (const [place, { name, patterns }] of groups.entries()) add.run(name, place, JSON.stringify(patterns))
      db.prepare('INSERT INTO host_group_history (before, after, author, signed, at) VALUES (?, ?, ?, ?, ?)').run(
        ...[JSON.stringify(before), JSON.stringify(groups), by.author, by.isSigned ? 1 : 0, by.at],
      )
      if (by.by !== undefined) audit(by.by, 'groups-changed', null, { groups: before }, { groups })
    },
  }

  /** The place a decision had, or the top if another one has it since. */
  function placeFor(id: string, place: number): number {
    return current(id)?.place === place || isTaken.get(place) === undefined ? place : nextPlace()
  }
}
