import { log as logger } from '#lib/log/log.ts'
import type { By } from '#lib/model/access.ts'
import { getWrites } from '#lib/store/open.ts'
import type { Restored } from '#lib/store/store.ts'
import { accountWrites } from './accounts.ts'
import { decisionWrites } from './decisions.ts'
import { nameRule } from './rules.ts'
import { removeUpload, undoUpload, upload } from './uploads.ts'

/** What a request may change. The log and the audit log say which actor changed what; both have the id of the request. */
export function writesOf(by: By) {
  const actor = by.actor.name
  return {
    /** See `upload` of uploads.ts. */
    upload: async (...[log, ...bytes]: Parameters<typeof upload>): ReturnType<typeof upload> => {
      const ending = await upload({ ...log, by }, ...bytes)
      logger.info('An upload has ended.', { actor, upload: log.id, name: log.name, state: ending.state })
      return ending
    },
    /** See `undoUpload` of uploads.ts. */
    undoUpload: async (id: string): Promise<boolean> => {
      const isThere = await undoUpload(id, by)
      if (isThere) logger.info('An upload was undone.', { actor, upload: id })
      return isThere
    },
    /** Begins to restore an upload that was undone. */
    restoreUpload: async (id: string): Promise<Restored> => {
      const restored = await (await getWrites()).restoreUpload(id, by)
      if (restored === 'restoring') logger.info('An undone upload is being restored.', { actor, upload: id })
      return restored
    },
    removeUpload: (id: string): Promise<boolean> => removeUpload(id),
    ...decisionWrites(by),
    ...accountWrites(by),
    /** See `nameRule` of rules.ts. */
    nameRule: async (ID: string, name: string): Promise<boolean> => {
      const isNamed = await nameRule(ID, name, by)
      if (isNamed) logger.info('A rule was named.', { actor, rule: ID, name })
      return isNamed
    },
  }
}
