import type { openCalls } from './calls.ts'
import type { openStorage } from './storage.ts'

/** Events in one transaction at most; more begin a new one. */
const groupEvents = 131_072
/** A group of calls is committed after this many milliseconds at the latest. */
const longestGroup = 2000
/** A group that nobody waits for, as the batches of a large log, is committed after this many milliseconds. */
const longestBulk = 15_000
/** A group with this many events shows that a lot is being stored: the next one is gathered for as long as it may take. */
const busyGroup = 4096
/** Commits may take this share of the time: after a costly one, more calls are gathered for the next. */
const commitShare = 0.1
/** A group of so few calls shows that nobody else is sending: what one sender waits for is committed at once. */
const fewCalls = 4

/** How long a call may wait for others that share its commit: not at all, a moment, or as long as its events are many. */
export type Wait = 'urgent' | 'soon' | 'bulk'
type Storage = ReturnType<typeof openStorage>
type Group = { opened: number; events: number; wait: Wait; done: (() => void)[]; failed: ((error: unknown) => void)[] }

/** What a group needs of the store. */
export type Grouped = Pick<ReturnType<typeof openCalls>, 'db' | 'begin' | 'settle' | 'confirm' | 'forget'> & {
  storage: Pick<Storage, 'explain' | 'isTight'>
}

/** Calls that share one transaction, of which there is one at most: opened by the first call, and committed when it is worth it. */
export function openGroups({ db, begin, settle, confirm, forget, storage }: Grouped) {
  const { explain, isTight } = storage
  let group: Group | null = null
  /** Times before which a group is not committed: one for calls that somebody waits for, one for bulk calls. */
  let next = { soon: 0, bulk: 0 }

  function rollBack(): void {
    if (db.inTransaction) db.exec('ROLLBACK')
    forget()
  }

  function open(): Group {
    if (group !== null) return group
    try {
      db.exec('BEGIN IMMEDIATE')
      begin()
    } catch (error) {
      rollBack()
      throw explain(error)
    }
    group = { opened: Date.now(), events: 0, wait: 'bulk', done: [], failed: [] }
    return group
  }

  /** Commits the group, if there is one; returns why it could not be, after telling its calls. */
  function commit(): Error | null {
    const committed = group
    if (committed === null) return null
    group = null
    const started = Date.now()
    try {
      settle()
      db.exec('COMMIT')
      confirm()
    } catch (error) {
      rollBack()
      const reason = explain(error)
      for (const fail of committed.failed) fail(reason)
      return reason as Error
    }
    const now = Date.now()
    const isAlone = committed.done.length <= fewCalls
    const cost = isAlone ? 0 : Math.min((now - started) / commitShare, longestGroup)
    const isBusy = committed.events >= busyGroup
    next = { soon: now + (isBusy ? longestGroup : cost), bulk: now + (isBusy ? longestBulk : cost) }
    for (const done of committed.done) done()
    return null
  }

  /** Rolls the group back, and fails its calls with the reason. */
  function lose(error: unknown): void {
    const lost = group
    group = null
    rollBack()
    for (const fail of lost?.failed ?? []) fail(error)
  }

  return {
    isOpen: (): boolean => group !== null,
    open,
    commit,
    lose,
    isFull: (): boolean => {
      if (group === null) return false
      const longest = group.wait === 'bulk' ? longestBulk : longestGroup
      return group.events >= (isTight() ? 1 : groupEvents) || Date.now() - group.opened >= longest
    },
    /** Milliseconds that the group may still wait for further calls. */
    rest: (): number => (group === null || group.wait === 'urgent' ? 0 : next[group.wait] - Date.now()),
  }
}
