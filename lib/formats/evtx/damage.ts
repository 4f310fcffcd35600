import type { RejectReason } from '#lib/formats/outcome.ts'

/** What is wrong with a record, and where in its chunk. Thrown within this folder only: readEvtx makes a reject of it. */
export class Damage extends Error {
  readonly reason: RejectReason
  readonly at: number

  constructor(reason: RejectReason, at: number, detail: string) {
    super(detail)
    this.reason = reason
    this.at = at
  }
}

/** Runs `read` and gives the damage it met, or null. Anything but damage is a bug and is thrown on. */
export function damageOf(read: () => void): Damage | null {
  try {
    read()
    return null
  } catch (error) {
    if (error instanceof Damage) return error
    throw error
  }
}
