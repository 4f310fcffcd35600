import { log } from '#lib/log/log.ts'
import type { Reads } from '#lib/store/reads.ts'
import { notFoundAnswer } from './answer.ts'
import { writeReceipt } from './serve-upload.ts'

/** A removal that takes longer is answered before it is complete. */
const longestWait = 20_000

/**
 * Answers an undo: 204 when everything is removed, 404 if there is no such upload. If that takes longer than `wait`
 * milliseconds, 202 with the receipt, whose state is `removing`; the removal goes on.
 */
export async function undoAnswer(
  reads: Reads,
  id: string,
  undone: Promise<boolean>,
  wait = longestWait,
): Promise<Response> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, wait, 'late')
  })
  const ending = await Promise.race([undone, late]).finally(() => clearTimeout(timer))
  if (ending === false) return notFoundAnswer(`upload ${id}`)
  if (ending === true) return new Response(null, { status: 204 })
  undone.catch((error) => log.error('An undo failed after it was answered.', { upload: id, error }))
  const receipt = await reads.upload(id)
  return receipt === null ? new Response(null, { status: 204 }) : Response.json(writeReceipt(receipt), { status: 202 })
}
