import type { ServerResponse } from 'node:http'
import type { Actor } from '#lib/access/actor.ts'
import { isStillValid, onChange } from '#lib/access/identities.ts'
import { requestId } from '#lib/log/request.ts'

type Open = { actor: Actor; request: string | undefined; patience: number }

/**
 * Keeps the answers that are open, and closes those whose actor may not have them any more, as soon as that changes: after `patience`
 * milliseconds, in which what answers can say so. The request that made the change is still answered.
 */
export function openEnded() {
  const answers = new Map<ServerResponse, Open>()

  onChange(() => {
    const changing = requestId()
    const now = Date.now()
    for (const [response, { actor, request, patience }] of answers) {
      if (isStillValid(actor, now) || (request !== undefined && request === changing)) continue
      answers.delete(response)
      if (patience === 0) response.destroy()
      else setTimeout(() => response.destroy(), patience).unref()
    }
  })

  return {
    /** Keeps an answer while it is open. What comes by the local socket need not be kept: its user can read the files anyway. */
    add: (response: ServerResponse, actor: Actor, patience = 0): void => {
      answers.set(response, { actor, request: requestId(), patience })
      response.once('close', () => answers.delete(response))
    },
  }
}
