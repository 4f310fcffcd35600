import type { Reads } from '#lib/store/reads.ts'
import type { Sql } from '../sql.ts'
import { accounts, audit, auditRows, passkeys, sessions, tokens } from './access.ts'
import { comparedVersions, countUnknown, heldCounts } from './compare/compare.ts'
import { comparedSides } from './compare/dests.ts'
import { comparedEventRows, comparedEvents } from './compare/events.ts'
import { continuity, continuityRows } from './continuity.ts'
import { decision, decisionHistory, decisions, groupCounts, groupHistory, hostGroups } from './control.ts'
import { findRows } from './decided/known-good.ts'
import { reach } from './decided/reach.ts'
import { detection, detectionRows } from './detection.ts'
import { event, eventRows, events } from './events.ts'
import { countFleet, fleet } from './fleet.ts'
import { find, stacksOfKey } from './found.ts'
import { hostBreaks } from './host-breaks.ts'
import { hasHost, hosts, hostsByLabel, ruleStates } from './hosts.ts'
import { modeCounts, version } from './mode-counts.ts'
import { recomputing } from './recomputing.ts'
import { removedUploads, undoSize } from './removed.ts'
import { countOver24h, leftOutRisk, risk, tactics } from './risk.ts'
import { ruleNames, rules } from './rules.ts'
import { span } from './span.ts'
import { stackEvents, stackMembers, stackRows, stacks } from './stacks.ts'
import { timeline } from './timeline.ts'
import {
  archiveOf,
  comparableWith,
  countWithoutDest,
  logs,
  newestUpload,
  rejectRows,
  rejects,
  removing,
  storedCodes,
  upload,
  uploadNamed,
  uploads,
  uploadTotals,
} from './uploads.ts'
import { values } from './values.ts'

/** Answers questions from a SQLite database. */
export function openReads(sql: Sql): Reads {
  return {
    span: () => span(sql),
    find: (filter) => find(sql, filter),
    hasStack: async (key) => (await stacksOfKey(sql, key)).length > 0,
    detection: (question) => detection(sql, question),
    detectionRows: (question) => detectionRows(sql, question),
    values: (question) => values(sql, question),
    events: (question) => events(sql, question),
    eventRows: (question) => eventRows(sql, question),
    event: (key) => event(sql, key),
    hosts: (question) => hosts(sql, question),
    ruleStates: (dest) => ruleStates(sql, dest),
    hasHost: (dest) => hasHost(sql, dest),
    hostsByLabel: (labels) => hostsByLabel(sql, labels),
    rules: (question) => rules(sql, question),
    ruleNames: () => ruleNames(sql),
    tactics: () => tactics(sql),
    risk: (question) => risk(sql, question),
    countOver24h: (asked) => countOver24h(sql, asked),
    findRows: (decided) => findRows(sql, decided),
    leftOutRisk: (asked) => leftOutRisk(sql, asked),
    reach: (decided, mine) => reach(sql, decided, mine),
    timeline: (question) => timeline(sql, question),
    fleet: (question) => fleet(sql, question),
    countFleet: (within) => countFleet(sql, within),
    stacks: (question) => stacks(sql, question),
    stackRows: (question) => stackRows(sql, question),
    stackMembers: (question) => stackMembers(sql, question),
    stackEvents: (question) => stackEvents(sql, question),
    hostBreaks: (question) => hostBreaks(sql, question),
    counts: (range) => modeCounts(sql, range),
    version: () => version(sql),
    uploads: (question) => uploads(sql, question),
    upload: (id) => upload(sql, id),
    newestUpload: () => newestUpload(sql),
    uploadTotals: () => uploadTotals(sql),
    comparableWith: (id) => comparableWith(sql, id),
    uploadNamed: (prefix) => uploadNamed(sql, prefix),
    removing: () => removing(sql),
    archiveOf: (id) => archiveOf(sql, id),
    removed: () => removedUploads(sql),
    undoSize: (id) => undoSize(sql, id),
    logs: (id) => logs(sql, id),
    rejects: (id, page) => rejects(sql, id, page),
    rejectRows: (id) => rejectRows(sql, id),
    countWithoutDest: (id) => countWithoutDest(sql, id),
    storedCodes: (id) => storedCodes(sql, id),
    continuity: (list, id, asked) => continuity(sql, list, id, asked),
    continuityRows: (list, id, dest) => continuityRows(sql, list, id, dest),
    heldCounts: (pair) => heldCounts(sql, pair),
    comparedVersions: (pair) => comparedVersions(sql, pair),
    countUnknown: (pair) => countUnknown(sql, pair),
    comparedSides: (pair, page) => comparedSides(sql, pair, page),
    comparedEvents: (pair, place, page) => comparedEvents(sql, pair, place, page),
    comparedEventRows: (pair, place) => comparedEventRows(sql, pair, place),
    decisions: () => decisions(sql),
    decision: (id) => decision(sql, id),
    decisionHistory: (id, page) => decisionHistory(sql, id, page),
    hostGroups: () => hostGroups(sql),
    groupHistory: (page) => groupHistory(sql, page),
    groupCounts: (groups) => groupCounts(sql, groups),
    accounts: (now) => accounts(sql, now),
    sessions: (account, now) => sessions(sql, account, now),
    passkeys: (account) => passkeys(sql, account),
    tokens: () => tokens(sql),
    audit: (filter, page) => audit(sql, filter, page),
    auditRows: (filter) => auditRows(sql, filter),
    recomputing: () => recomputing(sql),
    close: () => sql.close(),
  }
}
