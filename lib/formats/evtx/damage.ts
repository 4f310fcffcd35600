import type { RejectReason } from '#lib/model/reject.ts'

/**
 * What is wrong with a record, and where in its chunk. Thrown within this folder only: readEvtx makes a reject of it.
 * It is not an Error, for a log of nothing but damage would then be mostly stack traces.
 */
export class Damage {
  readonly reason: RejectReason
  readonly at: number
  readonly message: string

  constructor(reason: RejectReason, at: number, message: string) {
    this.reason = reason
    this.at = at
    this.message = message
  }
}

/** Runs `read` and returns the damage it met, or null. Anything but damage is a bug and is thrown on. */
export function damageOf(read: () => void): Damage | null {
  try {
    read()
    return null
  } catch (error) {
    if (error instanceof Damage) return error
    throw error
  }
}
