import type { Actor } from '#lib/access/actor.ts'
import type { WallData } from '#lib/model/rows.ts'
import { withoutLogged, withoutPath, withoutPathInHost, withoutText } from '#lib/text/redact.ts'

/** Whether an actor is an unattended screen, which is shown no path and no name of a user. */
export const isDisplay = (actor: Actor): boolean => actor.kind === 'token' && actor.scope === 'display'

const atHost = <Row extends { dest: string }>(row: Row): Row => ({ ...row, dest: withoutPathInHost(row.dest) })

const changed = <Row extends WallData['disabledRules'][number]>(row: Row): Row => ({
  ...atHost(row),
  from: withoutText(row.from),
  to: withoutText(row.to),
  words: withoutLogged(row.words),
})

/** What the wall shows on an unattended screen: the same figures, with paths, user names, exclusions and contents of settings hidden. */
export const redacted = (data: WallData): WallData => ({
  ...data,
  hostsByRisk: data.hostsByRisk.map(atHost),
  disabledRules: data.disabledRules.map(changed),
  weakenedRules: data.weakenedRules.map((row) => ({
    ...changed(row),
    Exclusion: row.Exclusion === null ? null : '•••',
  })),
  clearedLogs: data.clearedLogs.map(atHost),
  stoppedHosts: data.stoppedHosts.map(atHost),
  silences: data.silences.map(atHost),
  rareStacks: data.rareStacks.map((stack) => ({
    ...stack,
    Process_Name: withoutPath(stack.Process_Name),
    Path: withoutPath(stack.Path),
    dest: stack.dest === null ? null : withoutPathInHost(stack.dest),
  })),
})

/** What the wall shows to an actor. */
export const wallFor = (actor: Actor, data: WallData): WallData => (isDisplay(actor) ? redacted(data) : data)
