import { log as logger } from '#lib/log/log.ts'
import type { Actor } from './actor.ts'
import { decisionWrites } from './decisions.ts'
import { nameRule } from './rules.ts'
import { removeUpload, undoUpload, upload } from './uploads.ts'

/** What a request may change. The log says which actor changed what; the line has the id of the request. */
export const writesOf = ({ name: actor }: Actor) => ({
  /** See `upload` of uploads.ts. */
  upload: async (...[log, ...bytes]: Parameters<typeof upload>): ReturnType<typeof upload> => {
    const ending = await upload(log, ...bytes)
    logger.info('An upload has ended.', { actor, upload: log.id, name: log.name, state: ending.state })
    return ending
  },
  /** See `undoUpload` of uploads.ts. */
  undoUpload: async (id: string): Promise<boolean> => {
    const isThere = await undoUpload(id)
    if (isThere) logger.info('An upload was undone.', { actor, upload: id })
    return isThere
  },
  removeUpload,
  ...decisionWrites(actor),
  /** See `nameRule` of rules.ts. */
  nameRule: async (ID: string, name: string): Promise<boolean> => {
    const isNamed = await nameRule(ID, name)
    if (isNamed) logger.info('A rule was named.', { actor, rule: ID, name })
    return isNamed
  },
})
