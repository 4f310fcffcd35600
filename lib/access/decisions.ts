import { randomBytes } from 'node:crypto'
import { log } from '#lib/log/log.ts'
import type { By } from '#lib/model/access.ts'
import type {
  Decision,
  HostGroup,
  IfMatch,
  Imported,
  NewDecision,
  Signed,
  StoredDecision,
} from '#lib/model/decisions.ts'
import { getWrites } from '#lib/store/open.ts'

/** A stable id: 128 bits at random. */
export const newDecisionId = (): string => `d${randomBytes(16).toString('base64url')}`

/** Who decides: an account, or on a server without accounts the name that the browser said. */
function signedBy(by: By, said: string, at: number): Signed {
  const isSigned = by.actor.kind === 'account'
  return { author: isSigned ? by.actor.name : said, isSigned, at, by }
}

/** A decision as it is stored. */
export const decisionOf = (
  made: NewDecision,
  id: string,
  { author, isSigned, at }: Pick<Signed, 'author' | 'isSigned' | 'at'>,
): Decision => ({ id, ...made, author, isSigned, createdAt: at })

/** What an actor may change of decisions and host groups, at the moment of a request. The log says who changed what. */
export function decisionWrites(by: By) {
  const actor = by.actor.name
  const signed = (author: string, at: number) => signedBy(by, author, at)
  return {
    /** Stores new decisions, the last as the newest, and returns them. @throws TooMany, NoSpace */
    decide: async (made: readonly NewDecision[], now: number): Promise<StoredDecision[]> => {
      const decisions = made.map((each) => decisionOf(each, newDecisionId(), signed(each.author, now)))
      const author = made[0]?.author ?? actor
      const etags = await (await getWrites()).decide(decisions, signed(author, now))
      log.info('Stacks were decided.', { actor, author, decisions: decisions.map(({ id }) => id) })
      return decisions.map((each, at) => ({ ...each, etag: etags[at] ?? '' }))
    },
    /** Changes a decision; false if there is none of this id. @throws NoSpace, Changed */
    redecide: async (id: string, made: NewDecision, now: number, match: IfMatch): Promise<boolean> => {
      const own = signed(made.author, now)
      const isThere = await (await getWrites()).redecide(decisionOf(made, id, own), own, match)
      if (isThere) log.info('A decision was changed.', { actor, author: made.author, decision: id })
      return isThere
    },
    /** Deletes a decision; false if there is none. Its history stays. @throws Changed */
    forgetDecision: async (id: string, author: string, now: number, match: IfMatch): Promise<boolean> => {
      const isThere = await (await getWrites()).forgetDecision(id, signed(author, now), match)
      if (isThere) log.info('A decision was deleted.', { actor, author, decision: id })
      return isThere
    },
    /** Restores the state before a step, by default the newest; false if there is no such step. @throws TooMany, Changed */
    undoDecision: async (
      id: string,
      step: number | null,
      author: string,
      now: number,
      match: IfMatch,
    ): Promise<boolean> => {
      const isThere = await (await getWrites()).undoDecision(id, step, signed(author, now), match)
      if (isThere) log.info('A decision was undone.', { actor, author, decision: id })
      return isThere
    },
    /** Stores an exported list, or counts what that would do. @throws TooMany */
    importDecisions: async (
      made: readonly Decision[],
      author: string,
      now: number,
      isApplied: boolean,
    ): Promise<Imported> => {
      const unsigned = made.map((each) => ({ ...each, isSigned: false }))
      const imported = await (await getWrites()).importDecisions(unsigned, signed(author, now), isApplied)
      if (isApplied) log.info('Decisions were imported.', { actor, author, ...imported })
      return imported
    },
    /** Stores the complete list of host groups. @throws Changed */
    setGroups: async (groups: readonly HostGroup[], author: string, now: number, match: IfMatch): Promise<void> => {
      await (await getWrites()).setGroups(groups, signed(author, now), match)
      log.info('The host groups were changed.', { actor, author, groups: groups.length })
    },
  }
}
