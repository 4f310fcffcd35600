import type { By } from '#lib/model/access.ts'

/** How an upload ended: read to the end, or not, and why. `code` is that of the error, such as `STALLED`. */
export type Ending =
  | { state: 'done' }
  | { state: 'failed' | 'cancelled' | 'unknown-format'; message: string; code?: string }

/** The upload was undone while it was being read. */
export class Cancelled extends Error {
  override name = 'Cancelled'
  readonly by: By | undefined
  constructor(by?: By) {
    super('The upload was cancelled.')
    this.by = by
  }
}

/** No further upload is taken in at the moment. */
export class Busy extends Error {
  override name = 'Busy'
  code = 'BUSY'
  constructor(most: number) {
    super(`${most} uploads are open already. Try again when one of them has ended.`)
  }
}

/** The server is being stopped, and what was sent is not kept. */
export class Stopping extends Error {
  override name = 'Stopping'
  code = 'STOPPING'
  constructor() {
    super('The server was stopped before this upload was read. Nothing of it was kept. Upload it again.')
  }
}

/** The server is being stopped, and the bytes are kept: they are read again at the next start. */
export class Parked extends Error {
  override name = 'Parked'
  code = 'PARKED'
  constructor() {
    super('The server was stopped while this upload was read. It is read again at the next start.')
  }
}

/** The code of an error as a property, or none. */
export function codeOf(error: Error): { code?: string } {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? { code } : {}
}
